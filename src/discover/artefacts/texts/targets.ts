// Keys under which configurations name what a framework imports and calls: Hydra's `_target_`, Lightning's `class_path`,
// MLflow's `loader_module`, spaCy's `@…`. The name is judged like one in a pickle.
import { type Piece, report } from '../piece.ts'
import { isLibrary } from '../pickle/allow.ts'
import { rule } from '../pickle/policy.ts'
import { dangerOf, STANDARD_LIBRARY } from '../pickle/stdlib.ts'
import { fileOf, localCode, localFile } from './local-code.ts'

const KEYS = new Set([
  '_target_',
  'target',
  'class_path',
  '_instantiator',
  'loader_module',
  'cls',
  '_cls_',
  '_partial_target_',
  'python_class',
  'callable',
  '__target__',
  '_component_',
  'entrypoint',
  'init_function',
  'handler',
])
/** These name code whatever they hold; the others are words that configurations use for much else. */
const SURE = new Set([
  '_target_',
  'class_path',
  '_instantiator',
  'loader_module',
  '_component_',
  '_cls_',
  '__target__',
  '_partial_target_',
])
const HARMLESS =
  /^(?:hydra\.utils\.(?:instantiate|call)|builtins\.(?:list|dict|tuple|set|int|float|str|bool|range|slice|frozenset|len|sum|min|max)|torch\.(?:optim|nn|utils\.data)\.[\w.]+|collections\.\w+|datetime\.\w+|pathlib\.\w*Path)$/
const MOST_NODES = 500_000

export function instantiates(piece: Piece, root: unknown): void {
  const queue: unknown[] = [root]
  for (let seen = 0; queue.length > 0 && seen < MOST_NODES; seen++) {
    const node = queue.pop()
    if (typeof node !== 'object' || node === null) continue
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'string') {
        if (key === 'model_code_path') localFile(piece, value, `the model is the code of ${value}`)
        else if (KEYS.has(key) && !Array.isArray(node)) target(piece, key, value.trim())
        else if (/^\$\{(?:oc\.(?:env|create|decode)|eval|exec|python)\b/.test(value) && /exec|eval|python/.test(value))
          report(piece, 'config-imports', { why: `${key} is an expression that is evaluated` })
      } else if (typeof value === 'object' && value !== null) queue.push(value)
    }
  }
}

function target(piece: Piece, key: string, value: string): void {
  const path = value.replace(':', '.')
  if (!/^[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*$/.test(path) || HARMLESS.test(path)) return
  const dot = path.lastIndexOf('.')
  const [module, name] = dot < 0 ? [path, ''] : [path.slice(0, dot), path.slice(dot + 1)]
  const [root = ''] = path.split('.')
  if (key === 'loader_module') return loader(piece, path)
  if (name === '') return
  const ruling = rule(module, name, 4)
  const isDangerous =
    (ruling.imported && ruling.imported.technique !== 'pickle-unknown-global') || dangerOf(path) !== undefined
  if (isDangerous && (SURE.has(key) || STANDARD_LIBRARY.has(root))) {
    // Hydra resolves a path through modules, so that `a.os.system` is one too.
    report(piece, 'config-imports', { why: `${key} names ${path.slice(0, 100)}` })
  } else if (SURE.has(key) && STANDARD_LIBRARY.has(root) && !ruling.allowed)
    report(piece, 'config-imports', { why: `${key} names ${path.slice(0, 100)}` })
  else if (SURE.has(key) && key !== '_component_' && !ruling.allowed) {
    report(piece, 'config-unknown', { why: `${key} names ${path.slice(0, 100)}` })
    if (fileOf(piece, module)) localCode(piece, module, `${key} names ${path}`)
  }
}

function loader(piece: Piece, module: string): void {
  const [root = ''] = module.split('.')
  if (isLibrary(root)) return
  if (STANDARD_LIBRARY.has(root) || dangerOf(module))
    report(piece, 'config-imports', { why: `loader_module is ${module}` })
  else {
    report(piece, 'config-unknown', { why: `loader_module is ${module}` })
    localCode(piece, module, `loader_module is ${module}`)
  }
}
