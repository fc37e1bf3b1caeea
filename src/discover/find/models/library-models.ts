// Models of the lists that libraries keep: `whisper.load_model("base")`, `models.resnet50(weights=…)`. What is called is
// followed to the module that it comes from, since the words themselves mean many things.
import { ADDRESS_OF_LIBRARY, LIBRARY_MODELS, type LibraryModel } from '../../knowledge/library-models.ts'
import { type Call, type Expr, field, pathOf } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'
import { add } from './add-model.ts'

export function libraryModel(call: Call, around: Around, evidence: Evidence) {
  if (around.asked || (around.unit.format !== 'code' && around.unit.format !== 'notebook')) return
  const path = importedPath(call.callee, around, evidence)
  if (path === undefined) return
  for (const row of LIBRARY_MODELS) {
    const [whole, name] = row.path.exec(path) ?? []
    if (whole === undefined) continue
    if (row.named) told(call, row.named, around, evidence)
    else if (name !== undefined && comesTrained(call, row)) add({ name, weak: false }, call.line, around, evidence, 0.8)
    return
  }
}

/** `models.resnet50` where `models` is what `from torchvision import models` brought. */
function importedPath(callee: Expr, { unit }: Around, { project }: Evidence): string | undefined {
  const written = pathOf(callee)
  const [head = ''] = written.split('.')
  const from = project.index(unit).imports.get(head)
  if (!from || project.isLocal(unit, from.module, [from.name])) return undefined
  // `import tensorflow.keras` is called by its first word, and brings all of them.
  const module = from.name === '' && from.module.startsWith(`${head}.`) ? head : from.module
  return [module, ...(from.name === '' ? [] : [from.name]), ...written.split('.').slice(1)].join('.')
}

function told(call: Call, keywords: readonly string[], { unit, scope, ...around }: Around, evidence: Evidence) {
  const value = field(call, ...keywords) ?? call.args[0]
  for (const { text, file, line, fallback } of value ? evidence.resolver.texts(value, unit, scope) : []) {
    const name = ADDRESS_OF_LIBRARY.exec(text)?.[1] ?? text
    if (!isListed(name)) continue
    const place = { ...around, unit: evidence.project.unitOf(file) ?? unit, scope, parents: [], asked: false }
    add({ name, weak: false }, line, place, evidence, fallback ? 0.85 : 0.9)
  }
}

/** No path of a file, and no address. */
const isListed = (text: string): boolean =>
  /^[A-Za-z][\w.@/-]{2,100}$/.test(text) &&
  !/^(?:models?|checkpoints?|weights|outputs?|runs|results|out|data)\/|\.(?:pt|pth|bin|onnx|gguf|h5|json|ya?ml)$/.test(
    text,
  )

function comesTrained(call: Call, { trained }: LibraryModel): boolean {
  const given = trained && field(call, ...trained.by)
  if (!trained || !given) return trained?.otherwise ?? true
  return given.kind !== 'constant' || given.value === true
}
