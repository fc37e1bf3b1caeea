// Providers and stores that a project reaches with code of its own: no client is imported, and the address may come from
// the environment. What is left are names, and they count in company alone: a folder with a part for each, an enumeration,
// a table of what makes them. One name by itself is a word like any other.
import { isDocumentation, isTest } from '../../classify.ts'
import { ONLY_VECTORS, storeNamed } from '../../knowledge/infrastructure.ts'
import { AMBIGUOUS, providerNamed, providerOfKey } from '../../knowledge/providers.ts'
import { type Expr, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { type Around, visitUnit } from '../visit.ts'

/** So many of one kind stand together, and so many of them mean nothing else anywhere. */
const FEWEST = 3
const FEWEST_SURE = 2
const FEWEST_SHARE = 0.3
/** A word of everyday life, such as the name of a cloud, needs more company. */
const FEWEST_BESIDE_WORDS = 3
const HIGHEST = 3

/** What places are called that list whom a program can ask. */
const LISTS_PROVIDERS =
  /provider|vendor|llms?(?![a-z])|backend|platform|adapt[eo]r|bridge|channel|(?:ai|model)_?(?:service|source|client|api)|clients?$|embedd|generat|rerank|engines?$|connector|models?$|relay|^ai$|modules?$|integrations?$|api_?(?:type|key)s?$/i
const LISTS_STORES =
  /vector|stores?$|retriev|search|databases?$|(?:^|[._-])dbs?$|index(?:es|ers?)?$|memory|connector|bridge/i
/** In a place that is called for nothing else, one that is sure speaks for the others. */
const PROVIDERS_ALONE = /^(?:(?:llm|ai|model)[_-]?)?(?:providers?|llms|vendors?)$/i
/** And such as only say something about them. */
const TELLS_ABOUT =
  /pric|cost|token|limit|window|icon|logo|colou?r|image|asset|brand|telemetry|instrument|trac(?:e|ing)|benchmark|locale|pattern|regex|secret|detect|scan|pars(?:e|ing)|exclu|block|deny|unsupported|deprecat|alias|cassette|prompt/i

/** What else stands in the name of a part: `openai_provider`, `text2vec-cohere`, `OllamaChatService`. */
const BESIDE = new Set(
  `provider providers client clients api llm llms adapter adaptor handler service model models embedding embeddings embedder
   chat completion completions impl connector backend driver engine bridge text2vec multi2vec img2vec generative generator
   reranker rerank vectorizer ai langchain config factory store vector vectorstore vectordb vectorsearch db database search
   index retriever repository`.split(/\s+/),
)

/** Words that mean a provider among others of its kind, and many things elsewhere. */
const AMONG_OTHERS: ReadonlyMap<string, string> = new Map([
  ['azure', 'azure-openai'],
  ['aws', 'aws-bedrock'],
  ['amazon', 'aws-bedrock'],
  ['ali', 'alibaba'],
  ['aliyun', 'alibaba'],
  ['palm', 'google'],
  ['lingyiwanwu', '01-ai'],
  ['tencent', 'tencent'],
  ['xunfei', 'iflytek'],
  ['oracle', 'oci-generative-ai'],
])
const NEVER_AMONG_OTHERS = new Set(['github', 'gateway', 'vercel', 'copilot', 'gpt', 'exa', 'ai-gateway', 'ai_gateway'])

interface Place {
  file: string
  line: number
}

interface Meant {
  name: string
  trust: 'sure' | 'likely' | 'word'
}
type NameOf = (word: string) => Meant | undefined

function providerAmong(word: string): Meant | undefined {
  if (NEVER_AMONG_OTHERS.has(word)) return undefined
  const among = AMONG_OTHERS.get(word)
  if (among !== undefined) return { name: among, trust: 'word' }
  const name = providerNamed(word)
  return name === undefined ? undefined : { name, trust: AMBIGUOUS.has(word) || name === 'google' ? 'likely' : 'sure' }
}

function storeAmong(word: string): Meant | undefined {
  const name = storeNamed(word)
  return name === undefined ? undefined : { name, trust: ONLY_VECTORS.has(name) ? 'sure' : 'likely' }
}

/** The name that is left of a word when what stands beside it is taken off. */
function named(text: string, nameOf: NameOf): Meant | undefined {
  if (text.length > 60) return undefined
  const words = text
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]{2,})([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_.\s]+/)
    .filter(Boolean)
  while (words.length > 1 && BESIDE.has(words.at(-1) ?? '') && nameOf(words.join('-')) === undefined) words.pop()
  while (words.length > 1 && BESIDE.has(words[0] ?? '') && nameOf(words.join('-')) === undefined) words.shift()
  return nameOf(words.join('-')) ?? nameOf(words.join('_')) ?? nameOf(words.join(''))
}

export function findAdapters(evidence: Evidence) {
  const { collector, project } = evidence
  const units = project.units.filter(
    ({ file, format }) => (format === 'code' || format === 'notebook') && !isTest(file) && !isDocumentation(file),
  )
  const add =
    (kind: 'providers' | 'vectorStores') =>
    (name: string, { file, line }: Place) =>
      collector.add(kind, name, { file, line, confidence: 0.7, stance: 'inferred', attributes: { via: 'code' } })
  inFolders(units, LISTS_PROVIDERS, providerAmong, add('providers'))
  inFolders(units, LISTS_STORES, storeAmong, add('vectorStores'))
  for (const unit of project.units)
    if (unit.format === 'env' && !isTest(unit.file) && evidence.anyAi()) keysIn(unit, add('providers'))
  if (!evidence.anyAi())
    for (const unit of project.units)
      if (isComposed(unit) && !isTest(unit.file) && !isDocumentation(unit.file)) givenKeys(unit, add('providers'))
  for (const unit of units) if (unit.format === 'code' && !ofOneProvider(unit)) listed(unit, add('providers'))
}

/** Variables for the keys of several: whoever fills them in chooses among these. */
function keysIn({ file, documents }: Unit, add: (name: string, place: Place) => void) {
  const found = new Map<string, Place>()
  for (const document of documents)
    for (const [key] of document.kind === 'map' ? document.entries : []) {
      const name = key.kind === 'text' ? providerOfKey(key.value) : undefined
      if (name !== undefined && name !== '') found.set(name, { file, line: key.line })
    }
  if (found.size >= FEWEST) for (const [name, place] of found) add(name, place)
}

const isComposed = ({ file, format }: Unit) =>
  format === 'yaml' && /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(file)

/** Where containers are all that there is, the keys that they are given say whom they ask. */
function givenKeys(unit: Unit, add: (name: string, place: Place) => void) {
  visitUnit(
    unit,
    (expr, { keys }) => {
      if (keys.at(-1) !== 'environment') return
      const words = expr.kind === 'map' ? expr.entries.map(([key]) => key) : expr.kind === 'list' ? expr.items : []
      for (const word of words) {
        const [variable = ''] = word.kind === 'text' ? word.value.split('=') : []
        const name = providerOfKey(variable)
        if (name !== undefined && name !== '') add(name, { file: unit.file, line: word.line })
      }
    },
    LISTS,
  )
}

/** What stands in the folder or the file of a provider lists whom that one asks in turn. */
const ofOneProvider = ({ file }: Unit) => {
  const [word = '', folder = ''] = file.split('/').toReversed()
  return [folder, word.replace(/\.\w+$/, '')].some((one) => named(one, providerAmong)?.trust === 'sure')
}

/** A folder that has a file or a folder for each of them. */
function inFolders(units: readonly Unit[], lists: RegExp, nameOf: NameOf, add: (name: string, place: Place) => void) {
  const folders = new Map<string, Map<string, Place>>()
  for (const { file } of units) {
    if (TELLS_ABOUT.test(file)) continue
    const parts = file.split('/')
    for (let at = Math.max(1, parts.length - HIGHEST); at < parts.length; at++) {
      const folder = parts.slice(0, at).join('/')
      const part = (parts[at] ?? '').replace(/\.\w+$/, '')
      const held = folders.get(folder) ?? new Map<string, Place>()
      if (!held.has(part)) held.set(part, { file, line: 1 })
      folders.set(folder, held)
    }
  }
  for (const [folder, parts] of folders) {
    const called = folder.slice(folder.lastIndexOf('/') + 1)
    if (lists.test(called)) inCompany([...parts], parts.size, nameOf, add, PROVIDERS_ALONE.test(called))
  }
}

/** Names that vouch for each other: enough of them, and not lost among others. */
function inCompany(
  parts: readonly (readonly [string, Place])[],
  all: number,
  nameOf: NameOf,
  add: (name: string, place: Place) => void,
  alone = false,
) {
  const found = parts.flatMap(([word, place]) => {
    const meant = named(word, nameOf)
    return meant ? [{ ...meant, place }] : []
  })
  const sure = new Set(found.flatMap(({ name, trust }) => (trust === 'sure' ? [name] : []))).size
  const likely = new Set(found.flatMap(({ name, trust }) => (trust === 'word' ? [] : [name]))).size
  if (sure < (alone ? 1 : FEWEST_SURE) || likely < FEWEST || found.length < all * FEWEST_SHARE) return
  const words = alone || sure >= FEWEST_BESIDE_WORDS
  for (const { name, trust, place } of found) if (words || trust !== 'word') add(name, place)
}

/** Members of an enumeration, entries of a list, keys of a table. */
function listed(unit: Unit, add: (name: string, place: Place) => void) {
  const { file } = unit
  const groups = new Map<string, [string, Place][]>()
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign') continue
    const { target, value, scope, type = '', line } = statement
    const group = scope === '' ? type : scope
    if (group === '' || !lists(group)) continue
    const word =
      value.kind === 'text'
        ? value.value
        : value.kind === 'constant'
          ? target.slice(target.lastIndexOf('.') + 1)
          : undefined
    if (word === undefined) continue
    const members = groups.get(group) ?? []
    members.push([word, { file, line }])
    groups.set(group, members)
  }
  for (const members of groups.values()) inCompany(members, members.length, providerAmong, add)
  visitUnit(unit, (expr, around) => ofList(expr, around, add), LISTS)
}

const LISTS: ReadonlySet<Expr['kind']> = new Set(['list', 'map'])
const lists = (name: string) => LISTS_PROVIDERS.test(name) && !TELLS_ABOUT.test(name)

function ofList(expr: Expr, around: Around, add: (name: string, place: Place) => void) {
  const size = expr.kind === 'list' ? expr.items.length : expr.kind === 'map' ? expr.entries.length : 0
  if (size < FEWEST || around.asked) return
  const { unit, keys, scope } = around
  const places = [...keys.slice(-2), scope.slice(scope.lastIndexOf('.') + 1)]
  if (!places.some((one) => LISTS_PROVIDERS.test(one)) && !optionOfProviders(expr, around)) return
  if (places.some((one) => TELLS_ABOUT.test(one))) return
  const words = expr.kind === 'list' ? expr.items : expr.kind === 'map' ? expr.entries.flatMap(used) : []
  inCompany(
    words.flatMap((one) => (one.kind === 'text' ? [[one.value, { file: unit.file, line: one.line }] as const] : [])),
    size,
    providerAmong,
    add,
  )
}

/** `add_argument('--provider', choices=[…])` */
function optionOfProviders(expr: Expr, { parents }: Around): boolean {
  const [parent] = expr.kind === 'list' ? parents : []
  return parent?.kind === 'call' && parent.args.some((one) => one.kind === 'text' && lists(one.value))
}

/** The key of an entry, unless it only stands for a number or for how people write it. */
const used = ([key, value]: [Expr, Expr]): Expr[] =>
  value.kind === 'number' || (key.kind === 'text' && value.kind === 'text' && plain(key.value) === plain(value.value))
    ? []
    : [key]
const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z\d]/g, '')
