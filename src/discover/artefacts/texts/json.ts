// JSON beside or inside a model, told apart by its keys: a configuration that maps to code, a tokenizer with a chat template,
// a Keras model, a skops schema. Vocabulary is data, however dangerous its words look.
import { scanPython } from '../code/python.ts'
import { scanTemplate } from '../code/template.ts'
import { kerasValue } from '../graphs/keras.ts'
import { baseName, type Piece, report, whole } from '../piece.ts'
import { rule } from '../pickle/policy.ts'
import { dangerOf } from '../pickle/stdlib.ts'
import { utf8 } from '../source.ts'
import { instantiates } from './targets.ts'
import { jsonShape } from './json-shape.ts'

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
  if (isDiffusers(object)) pipeline(piece, object)
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
    else localCode(piece, target)
  }
}

function localCode(piece: Piece, target: string): void {
  const module = target.split('.').slice(0, -1).join('/')
  const file = piece.beside(`${module}.py`)
  if (!file) return report(piece, 'local-code', { why: `it maps to ${target.slice(0, 100)}, which is not beside it` })
  const found = scanPython(utf8(file.read(0, Math.min(file.size, 4 * 1024 * 1024))))
  if (found.length === 0)
    return report(piece, 'local-code', { why: `it maps to ${target.slice(0, 100)}; what was read of it only computes` })
  for (const { technique, why } of found)
    report(piece, technique, { why: `${module}.py: ${why}`, place: `${module}.py` })
}

function templates(piece: Piece, object: Record<string, unknown>): void {
  const texts: [string, string][] = []
  const add = (key: string, value: unknown, depth: number) => {
    if (typeof value === 'string') texts.push([key, value])
    else if (Array.isArray(value) && depth < 3) for (const item of value) add(key, item, depth + 1)
    else if (typeof value === 'object' && value !== null && depth < 3)
      for (const [name, item] of Object.entries(value))
        if (depth === 0 || name === 'template' || typeof item === 'string') add(`${key}.${name}`, item, depth + 1)
  }
  for (const [key, value] of Object.entries(object))
    if (/chat_template|^template$|_template$|_jinja$/.test(key)) add(key, value, 0)
  for (const [key, text] of texts.slice(0, 200)) {
    if (!/\{[{%]/.test(text)) continue
    for (const { technique, why, at } of scanTemplate(text))
      report(piece, technique, { why: `${key}: ${why}`, offset: at, place: key })
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

const isDiffusers = (object: Record<string, unknown>) =>
  typeof object['_class_name'] === 'string' && '_diffusers_version' in object

/** A diffusers pipeline names the library of each part; a library that is not one is a module beside it. */
function pipeline(piece: Piece, object: Record<string, unknown>): void {
  for (const [part, value] of Object.entries(object)) {
    if (!Array.isArray(value) || typeof value[0] !== 'string') continue
    const [library, name] = value as [string, unknown]
    instantiates(piece, { _target_: `${library}.${typeof name === 'string' ? name : ''}` })
    if (!/^(?:diffusers|transformers|onnxruntime|flax|k_diffusion|stable_diffusion|null|optimum|peft)\b/.test(library))
      report(piece, 'local-code', { why: `${part} comes from the module ${library.slice(0, 80)}` })
  }
}
