// JSON beside or inside a model, told apart by its keys: a configuration that maps to code, a tokenizer with a chat template,
// a Keras model, a skops schema. Vocabulary is data, however dangerous its words look.
import { leavesFolder } from '../containers/names.ts'
import { kerasValue } from '../graphs/keras.ts'
import { operator } from '../graphs/tensorflow.ts'
import { baseName, type Piece, report, whole } from '../piece.ts'
import { rule } from '../pickle/policy.ts'
import { dangerOf } from '../pickle/stdlib.ts'
import { utf8 } from '../source.ts'
import { instantiates } from './targets.ts'
import { jsonShape } from './json-shape.ts'
import { localCode } from './local-code.ts'
import { templates } from './templates.ts'

const MOST_DEPTH = 500
const MOST_SKOPS = 500_000

export function json(piece: Piece): void {
  const text = utf8(whole(piece)).replace(/^\uFEFF/, '')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Many lines of JSON are data; anything else that is called JSON and is not is worth a look only where models are configured.
    if (
      /^(?:(?:tokenizer|generation|adapter|preprocessor|processor)_)?config\.json$|^schema\.json$|^model\.json$|^chat_template\.json$/.test(
        baseName(piece.name),
      )
    )
      report(piece, 'not-read', { why: 'it is not JSON' })
    return
  }
  if (typeof value !== 'object' || value === null) return
  const shape = jsonShape(text)
  if (shape.depth > MOST_DEPTH) report(piece, 'header-bomb', { why: `it nests ${shape.depth} levels deep` })
  if (Array.isArray(value)) {
    if (baseName(piece.name) === 'modules.json') modules(piece, value)
    else instantiates(piece, value)
    return
  }
  const object = value as Record<string, unknown>
  if ('auto_map' in object || 'custom_pipelines' in object) autoMap(piece, object)
  if ('auto_mapping' in object) adapter(piece, object['auto_mapping'])
  templates(piece, object)
  if ('__loader__' in object || '__module__' in object) skops(piece, object)
  if ('class_name' in object || 'modelTopology' in object || 'config' in object || 'layers' in object)
    kerasValue(piece, object)
  instantiates(piece, object)
  if ('weight_map' in object) weightMap(piece, object['weight_map'])
  if (isDiffusers(piece, object)) pipeline(piece, object)
  if ('modelTopology' in object || 'weightsManifest' in object) tensorflowJs(piece, object)
}

/** `auto_map`: class names to code beside the model, or to that of another repository. */
function autoMap(piece: Piece, object: Record<string, unknown>): void {
  const targets: string[] = []
  const collect = (value: unknown, depth: number) => {
    if (typeof value === 'string') targets.push(value)
    else if (typeof value === 'object' && value !== null && depth < 4)
      for (const child of Object.values(value)) collect(child, depth + 1)
  }
  collect(object['auto_map'], 0)
  const pipelines =
    typeof object['custom_pipelines'] === 'object' && object['custom_pipelines'] !== null
      ? Object.values(object['custom_pipelines'])
      : []
  for (const entry of pipelines)
    if (typeof entry === 'object' && entry !== null && 'impl' in entry && typeof entry.impl === 'string')
      targets.push(entry.impl)
  for (const target of new Set(targets.slice(0, 100))) {
    if (target.includes('--')) report(piece, 'remote-code', { why: `it maps to ${target.slice(0, 100)}` })
    else localCode(piece, target.split('.').slice(0, -1).join('.'), `it maps to ${target}`)
  }
}

/** sentence-transformers lists the classes of its parts. */
function modules(piece: Piece, parts: readonly unknown[]): void {
  for (const part of parts.slice(0, 1000)) {
    const type = typeof part === 'object' && part !== null && 'type' in part ? part.type : undefined
    if (typeof type === 'string') instantiates(piece, { _target_: type })
  }
}

/** PEFT imports the class that a module of any name has. */
function adapter(piece: Piece, mapping: unknown): void {
  const { parent_library: library, base_model_class: name } = (
    typeof mapping === 'object' && mapping !== null ? mapping : {}
  ) as Record<string, unknown>
  if (typeof library === 'string')
    instantiates(piece, { _target_: `${library}.${typeof name === 'string' ? name : ''}` })
}

/** skops writes what to import and how to build it. */
function skops(piece: Piece, root: Record<string, unknown>): void {
  const queue: unknown[] = [root]
  for (let seen = 0; queue.length > 0; seen++) {
    if (seen > MOST_SKOPS) return report(piece, 'not-read', { why: `more than ${MOST_SKOPS} nodes` })
    const node = queue.pop()
    if (typeof node !== 'object' || node === null) continue
    if (!Array.isArray(node)) skopsNode(piece, node as Record<string, unknown>)
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) queue.push(child)
  }
}

function skopsNode(piece: Piece, node: Record<string, unknown>): void {
  const { __class__: name, __module__: module, __loader__: loader } = node
  if (typeof name !== 'string' || typeof module !== 'string') return
  const path = `${module}.${name}`
  const ruling = rule(module, name, 4)
  const isCall =
    typeof loader === 'string' && /^(?:OperatorFuncNode|MethodNode|PartialNode|ReduceNode|FunctionNode)$/.test(loader)
  if (ruling.imported && ruling.imported.technique !== 'pickle-unknown-global')
    report(piece, 'config-imports', { why: `the schema asks for ${path}` })
  else if (!ruling.allowed)
    report(piece, dangerOf(path) || isCall ? 'config-imports' : 'config-unknown', {
      why: `the schema asks for ${path}`,
    })
  const content = node['content']
  if (
    loader === 'MethodNode' &&
    typeof content === 'object' &&
    content !== null &&
    'func' in content &&
    typeof content.func === 'string' &&
    content.func.startsWith('__')
  )
    report(piece, 'config-imports', { why: `the schema takes the method ${content.func.slice(0, 60)}` })
  if (loader === 'OperatorFuncNode' && !/^(?:_?operator)$/.test(module))
    report(piece, 'config-imports', { why: `the schema calls ${path} as an operator` })
  if (loader === 'OperatorFuncNode' && /^(?:methodcaller|attrgetter|call)$/.test(name))
    report(piece, 'config-imports', { why: `the schema calls ${path}` })
}

const isDiffusers = (piece: Piece, object: Record<string, unknown>) =>
  ('_diffusers_version' in object || baseName(piece.name) === 'model_index.json') &&
  /^(?:string|object)$/.test(typeof object['_class_name'])

/** A diffusers pipeline names the library of each part; a library that is not one is a module beside it. */
function pipeline(piece: Piece, object: Record<string, unknown>): void {
  for (const [part, value] of Object.entries(object)) {
    if (!Array.isArray(value) || typeof value[0] !== 'string') continue
    if (part === '_class_name') {
      localCode(piece, value[0], `its class comes from the module ${value[0]}`)
      continue
    }
    const [library, name] = value as [string, unknown]
    instantiates(piece, { _target_: `${library}.${typeof name === 'string' ? name : ''}` })
    if (!/^(?:diffusers|transformers|onnxruntime|flax|k_diffusion|stable_diffusion|null|optimum|peft)\b/.test(library))
      report(piece, 'local-code', { why: `${part} comes from the module ${library.slice(0, 80)}` })
  }
}

/** The index of a model in several files, which a loader opens by the names that stand here. */
function weightMap(piece: Piece, map: unknown): void {
  if (typeof map !== 'object' || map === null) return
  for (const file of new Set(Object.values(map)))
    if (typeof file === 'string' && leavesFolder(file))
      report(piece, 'external-data-escapes', { why: `its weights are in ${file.slice(0, 120)}` })
}

/** The graph of TensorFlow.js, its operators by name, and the files that hold its weights. */
function tensorflowJs(piece: Piece, { modelTopology, weightsManifest }: Record<string, unknown>): void {
  const queue: unknown[] = [modelTopology]
  for (let seen = 0; queue.length > 0 && seen < MOST_SKOPS; seen++) {
    const node = queue.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('op' in node && typeof node.op === 'string') operator(piece, node.op, `the graph has ${node.op}`)
    for (const child of Object.values(node)) if (typeof child === 'object' && child !== null) queue.push(child)
  }
  for (const group of Array.isArray(weightsManifest) ? weightsManifest.slice(0, 1000) : []) {
    const { paths } = (typeof group === 'object' && group !== null ? group : {}) as Record<string, unknown>
    for (const path of Array.isArray(paths) ? paths.slice(0, 10_000) : [])
      if (typeof path === 'string' && leavesFolder(path))
        report(piece, 'external-data-escapes', { why: `its weights are in ${path.slice(0, 120)}` })
  }
}
