// Where the name of a model is only spoken of: words for people, tables of prices and limits, images of containers.
import { entryOf, type Expr, field, lastName, type MapOf, textField, type Unit } from '../../syntax/expr.ts'
import { providerNamed } from '../../knowledge/providers.ts'
import { modelName } from './names.ts'
import { type Around, MAPS, visitUnit } from '../visit.ts'

const LABELS =
  /^(?:label|title|(?:display|readable|friendly|pretty|human)[_-]?name|description|placeholder|help|helpText|hint|tooltip|comment|summary|message|content|text|prompt|docs?|example|examples|alt|caption|alias|aliases|info|notes?|reason|error|className|class|href|icon|image|src|logo|tag|tags|keywords|changelog)$/i
const TABLE =
  /pric(?:e|ing)|cost|token[_-]?limit|context[_-]?(?:window|length|size|limit)|max[_-]?(?:input|output|context)?[_-]?tokens|rate[_-]?limit|tokens?_?per|encoding|tokenizer|model_?info|usage_?multiplier|exclud|conflict|unsupported|(?:^|_)not_support|^no_\w+_models?$|_(?:famil(?:y|ies)|prefix(?:es)?|substrings?|patterns?|keywords|markers)$|[a-z](?:Family|Families|Prefix|Prefixes|Substrings?|Patterns?|Keywords|Markers)$|^(?:no_?)?supports?_\w*models?$|deprecated/i
/** Names and ids of what is no model, whatever it was called after. */
const OF_OTHERS =
  /(?:^|[_-]|[a-z](?=[A-Z]))(?:pipeline|index|collection|table|bucket|topic|queue|dataset|experiment|namespace|job|release|cluster|container|stack|service)[_-]?(?:id|name)$/i
/** What a cluster calls what runs in it. */
const WORKLOADS =
  /^(?:app|app_?name|release|(?:fullname|name)Override|namespace|component|instance|host(?:name|Alias)?|subdomain|network|claimName|volumeName|nodeName)$/i
const NOT_CODE = /^(?:name|label|title|display_name|displayName|modelName|model_name)$/

export const lastWord = (key: string) => key.slice(key.lastIndexOf('.') + 1)

export function described(text: string, around: Around): boolean {
  const { keys, parents, unit } = around
  const key = lastWord(keys.at(-1) ?? '')
  const [parent] = parents
  if (LABELS.test(key) && !isKeyOf(text, parent)) return true
  if (unit.format !== 'code' ? aliasesIn(unit).has(text) : besideModel(keys.at(-1) ?? '', text, parent)) return true
  if (OF_OTHERS.test(key)) return true
  // What a cluster calls an object, and the labels that it finds it by, are nobody's but its own.
  if (key === 'name' && keys.at(-2) === 'metadata') return true
  // A workload is called after the model in it, in the letters that the name of a host may have.
  if (unit.format === 'yaml' && WORKLOADS.test(key) && /^[a-z\d-]+$/.test(text)) return true
  if (unit.format === 'yaml' && /^(?:labels|matchLabels|annotations|selector|nodeSelector)$/.test(keys.at(-2) ?? ''))
    return true
  if (keys.some((one) => ALIASES.test(lastWord(one))) && !meantByAlias(text, around)) return true
  if (unit.format === 'toml' && key === 'name' && PROJECTS.has(keys.at(-2) ?? '')) return true
  // `"acme-2": { name: "Acme 2" }`: the key is the model.
  if (NOT_CODE.test(key) && modelName(keys.at(-2) ?? '') && parent?.kind === 'map')
    return unit.format === 'code' || /[A-Z]/.test(text) || keys.at(-2) === text
  if (NOT_CODE.test(key) && parent?.kind === 'map') {
    const ids = ['id', 'value', 'model', 'modelId', 'model_id', 'key', 'slug'].flatMap(
      (one) => field(parent, one) ?? [],
    )
    const id = ids.find((one) => one.kind === 'text') ?? ids[0]
    return id !== undefined && (id.kind === 'text' ? id.value !== text : /[A-Z]/.test(text))
  }
  return (
    unit.format !== 'code' &&
    keys.some((one) => /^(?:scripts|keywords|classifiers|dependencies|devDependencies|extras)$/.test(one))
  )
}

const ALIASES = /^(?:(?:\w+_)?alias(?:es)?|examples?|placeholder)$/i

/** What a project calls itself, after the model that it is about. */
const PROJECTS: ReadonlySet<string> = new Set(['project', 'package', 'poetry'])

/** `aliases = { acme: "acme-2-large" }`: of a table in code, what the shorter name stands for. */
const meantByAlias = (text: string, { keys, parents, unit }: Around): boolean =>
  unit.format === 'code' &&
  parents[0]?.kind === 'map' &&
  ALIASES.test(lastWord(keys.at(-2) ?? '')) &&
  text.length > (keys.at(-1) ?? text).length &&
  modelName(text)?.weak === false

/** `slug: fast`, `model: acme-2`: the short name that people use, beside the one that counts. */
const besideModel = (key: string, text: string, parent: Expr | undefined): boolean =>
  parent?.kind === 'map' &&
  ((key === 'model_name' && modelName(textField(field(parent, 'litellm_params'), 'model') ?? '') !== undefined) ||
    (/^(?:slug|id|key|name|value|alias)$/i.test(key) && besideIt(key, text, parent)))

const besideIt = (key: string, text: string, parent: MapOf): boolean =>
  parent.entries.some(
    ([other, held]) =>
      other.kind === 'text' &&
      other.value !== key &&
      /model|^(?:type|target|upstream)$/i.test(other.value) &&
      held.kind === 'text' &&
      held.value !== text &&
      modelName(held.value) !== undefined,
  )

const aliases = new WeakMap<Unit, ReadonlySet<string>>()

/** All such short names of a file of settings: what else it says, it says with them. */
export function aliasesIn(unit: Unit): ReadonlySet<string> {
  const known = aliases.get(unit)
  if (known) return known
  const found = new Set<string>()
  visitUnit(
    unit,
    (expr) => {
      if (expr.kind !== 'map') return
      for (const [key, { kind, value }] of expr.entries.flatMap(([key, held]) =>
        held.kind === 'text' ? [[key, held] as const] : [],
      ))
        if (kind === 'text' && key.kind === 'text' && besideModel(key.value, value, expr)) found.add(value)
    },
    MAPS,
  )
  aliases.set(unit, found)
  return found
}

const isKeyOf = (text: string, parent: Expr | undefined) =>
  parent?.kind === 'map' && entryOf(parent, text) !== undefined

/** A table that says something about models: what they cost, how much they take. */
export function tabled(text: string, { keys, parents, unit }: Around): boolean {
  if (keys.some((key) => TABLE.test(key))) return true
  const [parent] = parents
  if (parent?.kind === 'call' && /(?:Pricing|Prices?|Costs?|TokenRates?)$/.test(lastName(parent.callee))) return true
  if (parent?.kind !== 'map') return false
  const entry = entryOf(parent, text)
  if (!entry) return false
  const [, value] = entry
  // `{ "acme-2": "a2" }.get(name)`: what a name is shortened to, where it is met.
  if (isLookedUp(parents) && value.kind === 'text' && modelName(value.value) === undefined) return true
  // `fast-gemini: { provider: …, model: acme-2 }`: a name that somebody gave it.
  const meant = textField(value, 'model', 'model_id', 'modelId', 'model_name', 'url')
  // `"acme-2": ModelConfig(id="acme:acme-2-20250101")`
  const id = value.kind === 'call' ? modelName(textField(value, 'id') ?? '')?.name : undefined
  if (id !== undefined && !id.endsWith(text)) return true
  const called = unit.format === 'code' ? undefined : textField(value, 'name')
  for (const one of [meant, /[A-Z]/.test(called ?? '') ? undefined : called])
    if (one !== undefined && one !== text && modelName(one) !== undefined) return true
  const settings = unit.format !== 'code' && keys.some((key) => /models?$/i.test(key))
  if (value.kind === 'number' || isTrait(value, parent)) return true
  if (value.kind !== 'map') return value.kind === 'constant' && !settings
  const fields = value.entries.map(([key]) => (key.kind === 'text' ? key.value : ''))
  if (fields.some((one) => /cost|price/i.test(one))) return true
  return !settings && value.entries.length > 0 && value.entries.every(([, held]) => held.kind === 'number')
}

const isLookedUp = ([map, by]: readonly Expr[]): boolean =>
  (by?.kind === 'member' && by.name === 'get') || (by?.kind === 'index' && by.of === map)

/** `{ "acme-2": "user", "acme-3": "user" }`: several share it, so it is no name of theirs; who serves them may be. A
 * function that gives settings is none either. */
const isTrait = (value: Expr, parent: MapOf): boolean =>
  (value.kind === 'function' && /^(?:map|number|constant)$/.test(value.gives?.kind ?? '')) ||
  (value.kind === 'text' &&
    value.value.length < MOST_OF_TRAIT &&
    providerNamed(value.value) === undefined &&
    modelName(value.value) === undefined &&
    (traitsOf(parent).get(value.value) ?? 0) >= FEWEST_OF_TRAIT)

const traits = new WeakMap<MapOf, ReadonlyMap<string, number>>()

/** How many models of a table have what its values say. */
function traitsOf(table: MapOf): ReadonlyMap<string, number> {
  const known = traits.get(table)
  if (known) return known
  const found = new Map<string, number>()
  for (const [key, value] of table.entries)
    if (key.kind === 'text' && value.kind === 'text' && modelName(key.value) !== undefined)
      found.set(value.value, (found.get(value.value) ?? 0) + 1)
  traits.set(table, found)
  return found
}

const FEWEST_OF_TRAIT = 3
const MOST_OF_TRAIT = 30

/** `{ type: huggingface, repository: … }` */
export const ofHub = (parent: Expr | undefined): boolean =>
  /^(?:hf|hugging_?face)$/i.test(textField(parent, 'type', 'source', 'provider') ?? '')

/** `image: ollama/llama3` is a container; `url: hf://acme/acme-2` is where a model is fetched from. */
export const imagePlace = (text: string, { keys, parents }: Around) =>
  !text.includes('://') &&
  !ofHub(parents[0]) &&
  /^(?:image|FROM|container|uses|url|href|path|file|filename|version|\$schema|homepage|repository)$/.test(
    lastWord(keys.at(-1) ?? ''),
  )
