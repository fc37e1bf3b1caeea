// What is known of a model whose weights lie in a folder: the front matter of its README, its `config.json`, and the heads of
// the weights. Trouble with one of them hides none of the others; what nobody wrote down stays unsaid.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelCard, Named } from '../../model/bom.ts'
import type { Attribute } from '../../model/discovered.ts'
import { list, type Loose, record, word } from '../bom/loose.ts'
import { lean } from '../bom/lean.ts'
import { printable } from '../printable.ts'
import { readYaml } from '../read/yaml.ts'
import type { Expr } from '../syntax/expr.ts'
import type { ModelFolder } from './model-folders.ts'
import { type HeadValues, readHead } from './read-heads.ts'

export interface FoundModel {
  name: string
  card: ModelCard
  attributes: Record<string, Attribute | undefined>
  /** Names of models that it was made from, and of datasets. */
  bases: string[]
  datasets: string[]
  /** Where that stands: the file, and the line of its front matter. */
  saidAt: { file: string; line: number }
  files: string[]
}

const MOST_README = 256 * 1024
const MOST_CONFIG = 1024 * 1024
const MOST_LISTED = 50
const MOST_METRICS = 100
const KNOWN_KEYS =
  /^(?:license|license_name|base_model|datasets|language|tags|metrics|library_name|pipeline_tag|model-index)$/
const SIZES = ['hidden_size', 'num_hidden_layers', 'num_attention_heads', 'vocab_size', 'max_position_embeddings', 'torch_dtype'] // prettier-ignore
const GGUF_SIZES = ['context_length', 'embedding_length', 'block_count', 'attention.head_count']

/** Undefined where nothing says that it is a model. `at`: told before each file is read. */
export function readModelFolder(
  { folder, path, remote, weights }: ModelFolder,
  at: (file: string) => boolean,
): FoundModel | undefined {
  const named = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const read = <T>(name: string, how: (path: string) => T): T | undefined => {
    if (!at(named(name))) return undefined
    try {
      return how(join(path, name))
    } catch {
      return undefined // a file that says nothing usable; whether it is harmful is asked elsewhere
    }
  }
  const readme = read('README.md', (file) => frontMatter(headOf(file, MOST_README)))
  const config = read('config.json', (file) => record(JSON.parse(headOf(file, MOST_CONFIG))))
  const head: HeadValues = new Map()
  for (const name of weights.filter((one) => /\.(?:gguf|safetensors)$/i.test(one)))
    for (const [key, value] of read(name, readHead) ?? []) if (!head.has(key)) head.set(key, value)
  const front = readme?.values ?? {}
  const architectures = texts(config?.['architectures'])
  const architecture = text(head.get('general.architecture'))
  const isCard = Object.keys(front).some((key) => KNOWN_KEYS.test(key))
  const isModel = isCard || architectures.length > 0 || text(config?.['model_type']) !== undefined || architecture
  if (!isModel) return undefined
  const [index] = list(front['model-index']).map(record)
  const name =
    hubName(folder, remote) ??
    text(head.get('general.name')) ??
    text(index?.['name']) ??
    (folder === '' ? readme?.title : folder.split('/').at(-1)) ??
    (weights[0] ?? 'model').replace(/(?:-\d{5}-of-\d{5})?\.\w+$/, '')
  return {
    name,
    card: lean<ModelCard>({
      task: text(front['pipeline_tag']),
      family: text(config?.['model_type']) ?? architecture,
      architecture: architectures.join(', ') || undefined,
      metrics: metricsOf(front, index),
      hyperparameters: sizesOf(config, head, architecture),
    }),
    attributes: {
      role: roleOf(text(front['pipeline_tag'])),
      licence: text(front['license_name']) ?? (texts(front['license']).join(', ') || text(head.get('general.license'))),
      library: text(front['library_name']),
      languages: some(texts(front['language'])),
      tags: some(texts(front['tags'])),
      weights: weights.slice(0, MOST_LISTED).map(printable),
    },
    bases: texts(front['base_model']),
    datasets: texts(front['datasets']),
    saidAt: { file: named(readme === undefined ? (weights[0] ?? '') : 'README.md'), line: readme?.line ?? 1 },
    files: [...(config === undefined ? [] : ['config.json']), ...weights].map(named),
  }
}

/** Cloned from a hub that names each model `owner/name`. */
function hubName(folder: string, remote: string | undefined): string | undefined {
  const [, name] = /^(?:https:\/\/|[\w.-]+@)(?:huggingface\.co|hf\.co)[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(remote ?? '') ?? [] // prettier-ignore
  return folder === '' && name !== undefined && !/^(?:datasets|spaces)\//.test(name) ? name : undefined
}

function roleOf(task: string | undefined): string | undefined {
  if (task === undefined) return undefined
  if (/^(?:text-generation|text2text-generation|image-text-to-text|any-to-any)$/.test(task)) return 'chat'
  if (/^(?:feature-extraction|sentence-similarity)$/.test(task)) return 'embedding'
  return task === 'text-ranking' ? 'rerank' : undefined
}

function sizesOf(config: Loose | undefined, head: HeadValues, architecture: string | undefined): Named[] {
  const own = SIZES.map((name): [string, unknown] => [name, config?.[name]])
  const inside = GGUF_SIZES.map((name): [string, unknown] => [name, head.get(`${architecture}.${name}`)])
  const whole: [string, unknown][] = [
    ['parameters', head.get('parameters') ?? head.get('general.parameter_count') ?? head.get('general.size_label')],
    ['number_types', head.get('types')],
    ['file_type', head.get('general.file_type')],
  ]
  return [...own, ...inside, ...whole].flatMap(([name, value]) => {
    const said = text(value)
    return said === undefined ? [] : [{ name, value: said }]
  })
}

/** Measured ones with their values; of others only the names are known. */
function metricsOf(front: Loose, index: Loose | undefined): Named[] {
  const measured = list(index?.['results']).flatMap((one) => {
    const { dataset, metrics } = record(one)
    const on = text(record(dataset)['name'])
    return list(metrics).flatMap((metric): Named[] => {
      const { type, name, value } = record(metric)
      const called = text(type) ?? text(name)
      const said = text(value)
      return called === undefined || said === undefined
        ? []
        : [{ name: on === undefined ? called : `${called} on ${on}`, value: said }]
    })
  })
  const known = new Set(measured.map(({ name }) => name.split(' on ')[0]))
  const others = texts(front['metrics']).filter((name) => !known.has(name))
  return [...measured, ...others.map((name) => ({ name, value: '' }))].slice(0, MOST_METRICS)
}

interface FrontMatter {
  values: Loose
  title: string | undefined
  line: number
}

function frontMatter(readme: string): FrontMatter {
  const [whole = '', inner = ''] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(readme) ?? []
  const [, title] = /^#[ \t]+(.{1,100})$/m.exec(readme.slice(whole.length)) ?? []
  const [document] = inner === '' ? [] : readYaml(inner)
  return {
    values: record(document === undefined ? {} : plain(document)),
    title: text(title),
    line: inner === '' ? 1 : 2,
  }
}

function plain(expr: Expr): unknown {
  if (expr.kind === 'text' || expr.kind === 'number' || expr.kind === 'constant') return expr.value
  if (expr.kind === 'list') return expr.items.map(plain)
  if (expr.kind !== 'map') return undefined
  return Object.fromEntries(expr.entries.map(([key, value]) => [key.kind === 'text' ? key.value : '', plain(value)]))
}

function headOf(path: string, most: number): string {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
  try {
    if (!fstatSync(descriptor).isFile()) return ''
    const bytes = Buffer.allocUnsafe(most)
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, most, 0))
  } finally {
    closeSync(descriptor)
  }
}

function text(value: unknown): string | undefined {
  const said = word(value)?.toWellFormed().trim().slice(0, 300)
  return said === undefined || said === '' ? undefined : printable(said)
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).slice(0, MOST_LISTED).flatMap((one) => text(one) ?? [])

const some = (all: string[]) => (all.length > 0 ? all : undefined)
