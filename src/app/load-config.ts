// Puts the configuration together: the file, then the environment, then flags. A secret in the file is a reference to a
// variable or a file and never the secret itself, so that the file can be shown, copied and committed. The same file may
// declare assets: the settings stand in its first document, and what is declared is none of them.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import { Failure } from '../lib/failure.ts'
import { parse } from '../lib/parse.ts'
import { suggest } from '../lib/suggest.ts'
import { parseYaml } from '../lib/yaml.ts'
import { CONFIG_FIELDS, type ConfigField, fieldsWithin } from './config-fields.ts'
import { DECLARATION_KEYS } from '../register/declaration.ts'
import { Config } from './config.ts'

export interface ConfigSources {
  /** `--config`; must exist when given. */
  file?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  /** By path, as in `{ port: 8080 }` or `{ 'log.origin': 'x' }`. */
  flags?: Readonly<Record<string, unknown>> | undefined
  cwd: string
}

export interface LoadedConfig {
  config: Config
  /** The file that was read, if any. */
  file: string | undefined
  /** What looks like a mistake but stops nothing. */
  warnings: string[]
}

const MOST_SECRET_BYTES = 64 * 1024
const REFERENCE = /^\$\{(env|file):([^}]+)\}$/
const NOT_SETTINGS = ['PARAPET_CONFIG', 'PARAPET_URL', 'PARAPET_TOKEN']
const HINT = 'docs/reference/config.md lists every setting'

type Tree = { [key: string]: unknown }

export function loadConfig({ file, env, flags = {}, cwd }: ConfigSources): LoadedConfig {
  const named = file ?? env['PARAPET_CONFIG']
  const path = resolve(cwd, named ?? 'parapet.yaml')
  const found = named !== undefined || existsSync(path)
  const tree = found ? readFile(path) : {}
  const base = found ? dirname(path) : cwd
  for (const key of DECLARATION_KEYS) delete tree[key]
  for (const field of allFields(tree)) resolveReferences(tree, field, { env, base })
  const dataDir = tree['dataDir']
  if (typeof dataDir === 'string' && !isAbsolute(dataDir)) tree['dataDir'] = resolve(base, dataDir)
  for (const field of CONFIG_FIELDS) overrideFrom(env, field, tree)
  for (const [key, value] of Object.entries(flags)) if (value !== undefined) put(tree, key.split('.'), value)
  const config = parse(Config, tree, 'config_invalid', undefined)
  if (config.behindTls && !config.publicUrl?.startsWith('https:')) {
    throw new Failure('config_invalid', 'behindTls needs a publicUrl that begins with https://', {
      hint: 'set publicUrl to the address people type, as in https://parapet.example',
    })
  }
  for (const place of config.log.publish) if ('folder' in place) place.folder = resolve(base, place.folder)
  const { classifier } = config.detect
  if (classifier.model !== undefined) classifier.model = resolve(base, classifier.model)
  if (classifier.vocabulary !== undefined) classifier.vocabulary = resolve(base, classifier.vocabulary)
  return {
    config: { ...config, dataDir: resolve(cwd, config.dataDir) },
    file: found ? path : undefined,
    warnings: strangers(env),
  }
}

/** The configuration for people's eyes. */
export function redactConfig(config: Config): Tree {
  const copy = structuredClone(config) as Tree
  for (const { path, isSecret } of allFields(copy))
    if (isSecret && get(copy, path) !== undefined) put(copy, path, '(set)')
  return copy
}

function readFile(path: string): Tree {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Failure('config_invalid', `${path} cannot be read`, {
      hint: 'check --config and PARAPET_CONFIG, and who may read the file',
      cause,
    })
  }
  const value = parseYaml(text, path)[0]?.value ?? {}
  if (typeof value === 'object' && !Array.isArray(value)) return value as Tree
  throw new Failure('config_invalid', `${path} must be a list of \`setting: value\` lines`, { hint: HINT })
}

function allFields(tree: Tree): ConfigField[] {
  return CONFIG_FIELDS.flatMap((field) => [field, ...fieldsWithin(field, get(tree, field.path))])
}

function resolveReferences(tree: Tree, field: ConfigField, from: { env: ConfigSources['env']; base: string }): void {
  const value = get(tree, field.path)
  const name = field.path.join('.')
  if (!field.isSecret) {
    if (typeof value !== 'string' || !value.includes('${')) return
    throw new Failure('config_invalid', `${name}: references work for secrets only`, {
      hint: `write the value itself, or set ${field.variable ?? 'it'} in the environment`,
    })
  }
  if (typeof value === 'string') put(tree, field.path, dereferenced(value, name, field, from))
  if (!Array.isArray(value)) return
  const all = value.map((one: unknown, i) =>
    typeof one === 'string' ? dereferenced(one, `${name}[${i}]`, field, from) : one,
  )
  put(tree, field.path, all)
}

function dereferenced(
  value: string,
  name: string,
  field: ConfigField,
  { env, base }: { env: ConfigSources['env']; base: string },
): string {
  const [, kind, target = ''] = REFERENCE.exec(value) ?? []
  if (kind === 'env') return fromEnv(name, target, env)
  if (kind === 'file') return fromFile(name, resolve(base, target))
  throw new Failure('config_invalid', `${name}: a secret must not stand in the configuration`, {
    hint: `write \${env:NAME} or \${file:PATH}${field.variable === undefined ? '' : `, or set ${field.variable} in the environment`}`,
  })
}

function fromEnv(name: string, variable: string, env: ConfigSources['env']): string {
  const value = env[variable]
  if (value) return value
  throw new Failure('config_invalid', `${name}: the variable ${variable} is not set`, { hint: `export ${variable}=…` })
}

function fromFile(name: string, path: string): string {
  try {
    if (statSync(path).size > MOST_SECRET_BYTES) throw new Error('too large')
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw new Failure('config_invalid', `${name}: ${path} cannot be read as a secret`, {
      hint: `it must be a readable file of at most ${MOST_SECRET_BYTES} bytes`,
      cause,
    })
  }
}

function overrideFrom(env: ConfigSources['env'], field: ConfigField, tree: Tree): void {
  const text = field.variable === undefined ? undefined : env[field.variable]
  if (text === undefined || text === '') return
  try {
    put(tree, field.path, parse(field.schema, spelled(text, field.kind), 'config_invalid'))
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause
    const what = cause.message.replace(/^input: /, '')
    throw new Failure('config_invalid', `${field.variable}: ${what}`, { hint: field.description, issues: cause.issues })
  }
}

function spelled(text: string, kind: ConfigField['kind']): unknown {
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
  if (kind === 'boolean')
    return ({ true: true, '1': true, false: false, '0': false } as Tree)[text.toLowerCase()] ?? text
  if (kind === 'list') return text.split(',').map((part) => part.trim())
  return text
}

/** A misspelt variable would be ignored in silence; a container platform may set others of its own. */
function strangers(env: ConfigSources['env']): string[] {
  const known = [...NOT_SETTINGS, ...CONFIG_FIELDS.flatMap(({ variable }) => variable ?? [])]
  return Object.keys(env)
    .filter((name) => name.startsWith('PARAPET_') && !known.includes(name))
    .flatMap((name) => {
      const near = suggest(name, known)
      return near === undefined ? [] : [`${name} is not a setting; did you mean ${near}?`]
    })
}

function get(tree: Tree, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isTree(at) ? at[key] : undefined), tree)
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) tree[key] = value
  else {
    const inner = isTree(tree[key]) ? tree[key] : {}
    tree[key] = inner
    put(inner, rest, value)
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
