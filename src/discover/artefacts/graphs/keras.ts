// Keras rebuilds a model from a configuration that names classes and modules, and a Lambda layer carries bytecode. Read as
// its loaders read it, wherever the JSON stands: config.json, HDF5 attributes, SavedModel metadata, model.json of TensorFlow.js.
import { readMarshal } from '../code/marshal.ts'
import { scanPython } from '../code/python.ts'
import { type Piece, report } from '../piece.ts'
import { rule } from '../pickle/policy.ts'
import { dangerOf, STANDARD_LIBRARY } from '../pickle/stdlib.ts'
import { leavesFolder } from '../containers/names.ts'

const OWN =
  /^(?:keras|tf_keras|keras_core|keras_nlp|keras_hub|keras_cv|keras_rs|tensorflow|tensorflow_addons|tensorflow_hub|tensorflow_probability|tensorflow_text|tfm|official|tfjs|numpy|jax|torch\.nn|keras_tuner|keras_applications)(?:\.|$)/
const LOADS =
  /^(?:get_file|load_model|load_weights|enable_unsafe_deserialization|deserialize_keras_object|extract_archive|download|from_pretrained|load|save_model|open|TFSMLayer|TorchModuleWrapper|JaxLayer|FlaxLayer|Hub?KerasLayer|KerasLayer|import_module|pad_and_load)$/
const LOADING_LAYERS: Readonly<Record<string, string>> = {
  TorchModuleWrapper: 'loads a pickled torch module',
  TFSMLayer: 'loads and runs another SavedModel',
  JaxLayer: 'calls a function by name',
  FlaxLayer: 'calls a module by name',
  KerasLayer: 'fetches a model from a hub',
}
const SIDE_EFFECTS =
  /^(?:print|exec|eval|compile|open|input|__import__|getattr|setattr|delattr|globals|locals|vars|breakpoint|exit|quit|help|os|sys|subprocess|system|popen|Popen|socket|shutil|importlib|builtins|requests|urllib|urlopen|pickle|marshal|ctypes|base64|b64decode|codecs|pty|run|check_output|call|write|remove|unlink|rmtree|environ|getenv|io|write_file|read_file|py_function|numpy_function|load_op_library|save|load|__globals__|__builtins__|__class__|__subclasses__|__dict__|fromhex|tofile|fromfile|memmap|WriteFile|ReadFile)$/
const BUILT_IN =
  /^(?:print|exec|eval|compile|open|input|getattr|setattr|delattr|globals|locals|vars|dir|exit|quit|help|breakpoint|map|filter|iter|next|super|property|memoryview|__\w+__)(?:\.|$)/
const MOST_NODES = 1_000_000
const MOST_DEPTH = 200

export function kerasConfig(piece: Piece, text: string, place?: string): boolean {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return false
  }
  kerasValue(piece, value, place)
  return true
}

export function kerasValue(piece: Piece, value: unknown, place?: string): void {
  const queue: [unknown, number][] = [[value, 0]]
  for (let seen = 0; queue.length > 0; seen++) {
    const [node, depth] = queue.pop() ?? []
    if (seen > MOST_NODES || (depth ?? 0) > MOST_DEPTH)
      return report(piece, 'not-read', { why: 'its configuration is too large' })
    if (typeof node !== 'object' || node === null) continue
    if (!Array.isArray(node)) judge(piece, node as Record<string, unknown>, place)
    for (const child of Object.values(node))
      if (typeof child === 'object' && child !== null) queue.push([child, (depth ?? 0) + 1])
  }
}

function judge(piece: Piece, node: Record<string, unknown>, place: string | undefined): void {
  const where = place === undefined ? {} : { place }
  const { class_name: name, module, registered_name: registered } = node
  const config =
    typeof node['config'] === 'object' && node['config'] !== null ? (node['config'] as Record<string, unknown>) : {}
  if (typeof name !== 'string') return
  if (name === 'Lambda' || name === '__lambda__') return lambda(piece, name, config, where)
  const functionName = typeof node['config'] === 'string' ? node['config'] : undefined
  const target =
    functionName !== undefined && /^(?:function|builtin_function_or_method|type|class)$/.test(name)
      ? functionName
      : name
  if (typeof module === 'string' && module !== '' && module !== 'builtins.__main__')
    importsModule(piece, module, target, registered, where)
  const loading = LOADING_LAYERS[name.split('>').at(-1) ?? '']
  if (loading) report(piece, 'config-loads', { why: `the layer ${name}`, effect: loading, ...where })
  files(piece, name, config, where)
  if (config['safe_mode'] === false) report(piece, 'config-loads', { why: `${name} switches safe mode off`, ...where })
}

type Where = { place?: string }

function importsModule(piece: Piece, module: string, target: string, registered: unknown, where: Where): void {
  const path = `${module}.${target}`
  if (OWN.test(module)) {
    if (LOADS.test(target) && !(target in LOADING_LAYERS))
      report(piece, 'config-loads', { why: `it names ${path}`, ...where })
    else if (/(?:^|\.)__\w+__/.test(path) || dangerOf(path))
      report(piece, 'config-imports', { why: `it names ${path}`, ...where })
    return
  }
  const [root = ''] = module.split('.')
  const isBuiltinType =
    module === 'builtins' &&
    /^(?:str|int|float|bool|list|tuple|dict|set|type|NoneType|slice|bytes|object|complex|function)$/.test(target)
  // Functions of the caller's own are written as if they were built in; only what is there can be called.
  if (isBuiltinType || (module === 'builtins' && !BUILT_IN.test(target) && !dangerOf(path))) return
  const ruling = rule(module, target, 4)
  if (
    STANDARD_LIBRARY.has(root) ||
    (ruling.imported && ruling.imported.technique !== 'pickle-unknown-global') ||
    dangerOf(path)
  ) {
    if (ruling.allowed && !dangerOf(path)) return
    report(piece, 'config-imports', { why: `it names ${path}`, ...where })
    return
  }
  // A registered class is found among those that the caller has registered, and nothing is imported.
  if (typeof registered === 'string' && registered.includes('>')) return
  if (!ruling.allowed) report(piece, 'config-unknown', { why: `it names ${path}`, ...where })
}

/** Vocabularies and the like that are files outside of the model. */
function files(piece: Piece, name: string, config: Record<string, unknown>, where: Where): void {
  for (const key of [
    'vocabulary',
    'filepath',
    'file_path',
    'filename',
    'vocabulary_path',
    'url',
    'origin',
    'merges',
    'proto',
    'handle',
    'path',
  ]) {
    const value = config[key]
    if (typeof value !== 'string') continue
    const isOutside = leavesFolder(value) || /^[a-z][\w+.-]*:\/\//i.test(value)
    if (isOutside)
      report(piece, 'config-loads', {
        why: `${key} of ${name} is ${value.slice(0, 80)}`,
        effect: 'reads a file or address of its author’s choice while the model is rebuilt',
        ...where,
      })
  }
}

function lambda(piece: Piece, name: string, config: Record<string, unknown>, where: Where): void {
  const encoded = codeOf(name === '__lambda__' ? config['code'] : (config['function'] ?? config['code']))
  if (encoded === undefined) {
    const { function: called, module } = config
    if (typeof called === 'string' && typeof module === 'string') importsModule(piece, module, called, undefined, where)
    if (name === 'Lambda')
      report(piece, 'layer-code-harmless', { why: 'a Lambda layer that names a function', ...where })
    return
  }
  const bytes = Buffer.from(encoded.replaceAll(/\s/g, ''), 'base64')
  const code = readMarshal(bytes)
  if (!code) {
    report(piece, 'layer-code', { why: 'a Lambda layer whose code could not be read', ...where })
    return
  }
  const effect = code.names.find((used) => SIDE_EFFECTS.test(used) || /^__\w+__$/.test(used))
  const source = code.strings.some(
    (text) => text.length > 6 && scanPython(text).some(({ verdict }) => verdict === 'malicious'),
  )
  const isPath = code.strings.some((text) => /^(?:\/(?:etc|bin|usr|tmp|root|home)\/|https?:\/\/)/.test(text))
  if (effect !== undefined || source || isPath)
    report(piece, 'layer-code', {
      why: `a Lambda layer whose code uses ${effect ?? (source ? 'source text' : 'a path')}`,
      ...where,
    })
  else
    report(piece, 'layer-code-harmless', {
      why: `a Lambda layer whose code uses ${code.names.slice(0, 8).join(', ') || 'no names'}`,
      ...where,
    })
}

/** The places in which versions of Keras keep the bytecode: a list, an object, a plain text. */
function codeOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return codeOf(value[0])
  if (typeof value === 'object' && value !== null) {
    const { config, code, class_name: name } = value as Record<string, unknown>
    if (name === '__lambda__' || code !== undefined)
      return codeOf(code ?? (config as Record<string, unknown> | undefined)?.['code'])
    return undefined
  }
  return typeof value === 'string' && /^[A-Za-z0-9+/=\s]{24,}$/.test(value) ? value : undefined
}
