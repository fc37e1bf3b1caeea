// Names that only those beside them tell: members of an enumeration, entries of a list, words among names.
import { ORGANISATIONS } from '../../knowledge/models.ts'
import { AMBIGUOUS, providerNamed } from '../../knowledge/providers.ts'
import { type Expr, field, lastName, textField, type Unit } from '../../syntax/expr.ts'
import { asksDirectly } from './direct.ts'
import type { Evidence } from '../evidence.ts'
import { lastWord, ofHub, tabled } from './mentions.ts'
import { isBareName, modelName, plausibleName } from './names.ts'
import type { Around } from '../visit.ts'

/** What a place is called that holds the name of a model. */
export const SLOT =
  /^(?:(?:default|ai|chat|llm|embed(?:ding)?s?|base|small|fast|large|main|primary|fallback|completion|vision|image|rerank(?:er)?|tts|stt|foundation|agent|planner|judge|summar\w*|eval\w*)[_-]?)*(?:models?|model[_-]?(?:name|id|names|ids|type|version|uri|key|arn)|modelName|modelId|deployment(?:[_-]?name|Name|Id)?|azure_deployment|engine|repo_id|llm|checkpoint|pretrained_model_name_or_path)$/i

/** Variables of the environment that choose a model: `OLLAMA_CHAT_MODEL`. */
export const VARIABLE =
  /^(?:(?:[A-Z0-9]+_)+(?:MODELS?|MODEL_(?:NAME|ID)S?|DEPLOYMENT(?:_NAME)?|LLM|EMBEDDINGS?)|MODEL(?:_(?:NAME|ID))?)$/

/** `{ name: "model", default: "acme-2" }`: a field of a form, and what stands in it at first. */
export const isDefaultOf = (parent: Expr | undefined, key: string): boolean =>
  /^(?:default(?:[_-]?value)?|initial[_-]?value|value)$/i.test(lastWord(key)) &&
  SLOT.test(textField(parent, 'name', 'Name', 'key', 'Key', 'id') ?? '')

/** `ENV.fetch("ACME_MODEL", "acme-2")` */
export const isFallback = (parent: Expr | undefined): boolean =>
  parent?.kind === 'call' && parent.args[0]?.kind === 'text' && VARIABLE.test(parent.args[0].value)

/** `<option value="acme-2">`: a page offers it. */
export const isOffered = ([attribute, tag]: readonly Expr[]): boolean =>
  beginsWith(attribute) === 'value' && /^option$|(?:Item|Option|Radio)$/.test(beginsWith(tag))

const beginsWith = (expr: Expr | undefined): string =>
  expr?.kind === 'other' && expr.parts[0] ? lastName(expr.parts[0]) : ''

/** A member of an enumeration of models, whatever it is called: `class OpenAIModelName(StrEnum)`. */
export function amongNames(text: string, { unit, scope, parents }: Around): boolean {
  const owner = lastWord(scope)
  if (parents.length > 0 || !/(?:Model|LLM|Llm)(?:Name|Id|ID|Type|Enum)?s?$/.test(owner)) return false
  if (!/\d/.test(text) || !plausibleName(text)) return false
  const enumerated = unit.statements.some(
    (one) => one.kind === 'class' && one.name === owner && one.bases.some((base) => lastName(base).endsWith('Enum')),
  )
  if (enumerated && /(?:Model|LLM|Llm)(?:Name|Id|ID)s?$/.test(owner)) return true
  return unit.statements.some(
    (one) =>
      one.kind === 'assign' &&
      one.scope === scope &&
      one.value.kind === 'text' &&
      modelName(one.value.value)?.weak === false,
  )
}

/** Of a list, for each of what stands in it: so many tell what it is a list of. */
const LOOKED_AT = 200

/** The text that stands in a list before this one, as the option of a command before what it is given. */
export function textBefore(list: Expr | undefined, text: string): string | undefined {
  if (list?.kind !== 'list') return undefined
  const first = list.items.slice(0, LOOKED_AT)
  const before = first[first.findIndex((item) => item.kind === 'text' && item.value === text) - 1]
  return before?.kind === 'text' ? before.value : undefined
}

/** One of a list of which half are models: what stands beside them, as a hub would call it, is one as well. */
export function amongModels(text: string, around: Around): boolean {
  const { parents, keys } = around
  const last = lastWord(keys.at(-1) ?? '')
  const called = parents[0]?.kind === 'list' && /(?:^|_|[a-z])models$/i.test(last)
  // `[{ model: "acme-2" }, { model: "ada" }]`: in the same place as theirs, three letters are enough.
  const entered = parents[0]?.kind === 'map' && last === 'model' && /^[a-z][\w.:-]{2,60}$/.test(text)
  const bare = entered || (called && isBareName(text))
  if (!HUB.test(text) && !(bare && !around.asked && !tabled(text, around))) return false
  const [parent, above] = parents
  const key = parent?.kind === 'map' ? (keys.at(-1) ?? '') : undefined
  const list = key === undefined ? parent : SLOT.test(key) || /^(?:id|name|value)$/.test(key) ? above : undefined
  if (list?.kind !== 'list' || list.items.length < MOST_ALONE) return false
  const first = list.items.slice(0, LOOKED_AT)
  const known = first.filter((item) => {
    const said = key === undefined ? (item.kind === 'text' ? item.value : '') : (textField(item, key) ?? '')
    return modelName(said)?.weak === false
  })
  return known.length * 2 >= first.length
}

/** What is fetched from a hub, and the place says that it is a model: `chat_model_repo`. */
export const ofRepository = (text: string, { keys, parents }: Around): boolean =>
  HUB.test(text) &&
  /\d|-/.test(text) &&
  (ofHub(parents[0]) ? /^repo(?:sitory|_?id)?$/i : REPOSITORY).test(lastWord(keys.at(-1) ?? ''))

/** `replicate_model="acme/picture-2"`: who serves it stands before the word. */
export function atServer(text: string, { keys, asked }: Around): boolean {
  const [, server = ''] = SERVED.exec(lastWord(keys.at(-1) ?? '')) ?? []
  if (server === '' || asked || !/\d|\//.test(text) || !plausibleName(text)) return false
  const word = server.toLowerCase()
  return (
    /^(?:provider|upstream)$/.test(word) ||
    (providerNamed(word) !== undefined && (HUB.test(text) || !AMBIGUOUS.has(word)))
  )
}

const SERVED = /^([a-z]\w*?)_?models?(?:_?(?:name|id))?$/i

/** `{ "model": "acme/Bird_2" }`: settings for a library, which calls it as a hub does; a store that embeds is told likewise. */
export const fromHub = (text: string, { keys, parents, asked }: Around, ai: boolean): boolean =>
  !asked &&
  parents[0]?.kind === 'map' &&
  (ai || keys.at(-2) === 'model_config') &&
  /^model(?:_?name|_?id|Name|Id)?$/.test(keys.at(-1) ?? '') &&
  HUB.test(text) &&
  /\d|-/.test(text) &&
  plausibleName(text)

/** `{ owner: "acme", model: "paint" }`: a hub calls it by both. */
export function ofOwner(text: string, { keys, parents, asked }: Around): string | undefined {
  const owner = lastWord(keys.at(-1) ?? '') === 'model' && !asked ? textField(parents[0], 'owner') : undefined
  return owner !== undefined && ORGANISATIONS.has(owner.toLowerCase()) && isBareName(text)
    ? `${owner}/${text}`
    : undefined
}

/** Of Replicate, a model may be asked for by the hash of its version alone. */
export const byVersion = (text: string, { keys, parents, unit }: Around, evidence: Evidence): boolean =>
  /^[0-9a-f]{64}$/.test(text) &&
  lastWord(keys.at(-1) ?? '') === 'version' &&
  parents[0]?.kind === 'map' &&
  field(parents[0], 'input') !== undefined &&
  (asksDirectly(unit) || evidence.packages(unit).some(({ pack }) => pack.provider === 'replicate'))

const REPOSITORY =
  /models?[_-]?(?:repo|repository|repo[_-]?id|hub[_-]?id)$|(?:hf|hugging[_-]?face)[_-]?(?:model|repo)(?:[_-]?(?:id|name))?$/i

const HUB = /^[\w.-]{2,60}\/[\w.:-]{2,90}$/
const MOST_ALONE = 3

/** `{ model: "house-blend", messages }`: the body of a request, in which nothing but a model can stand. */
export function inRequest(text: string, { parents, keys, unit }: Around): boolean {
  const [body] = parents
  if (keys.at(-1) !== 'model' || body?.kind !== 'map' || !(isBareName(text) || plausibleName(text))) return false
  const messages = field(body, 'messages')
  if (messages)
    return messages.kind === 'list' ? messages.items.some(({ kind }) => kind !== 'text') : !isSaidOut(messages)
  const asked = field(body, 'prompt', 'input')
  return asked !== undefined && (field(body, 'stream', 'temperature', 'max_tokens') !== undefined || asksDirectly(unit))
}

const isSaidOut = ({ kind }: Expr): boolean => kind === 'text' || kind === 'number' || kind === 'constant'

/** `IMAGE_MODEL = "house-blend-2"`: of a program that asks models, what a constant says that is called for one of a kind. */
export const byVariable = (text: string, { parents, keys }: Around, evidence: Evidence): boolean =>
  parents.length === 0 &&
  OF_A_KIND.test(lastWord(keys.at(-1) ?? '')) &&
  /\d|\//.test(text) &&
  plausibleName(text) &&
  evidence.anyAi()

const OF_A_KIND =
  /^(?:[A-Z]+_)*(?:TEXT|CHAT|LLM|GPT|AI|IMAGE|VISION|VIDEO|AUDIO|SPEECH|VOICE|TTS|STT|TRANSCRIPTION|EMBED(?:DING)?S?|COMPLETION|REASONING|RERANK(?:ER|ING)?)_MODEL(?:_NAME|_ID)?$/

/** A member of a class whose other members are models for the most part: an enumeration, whatever it is called. */
function amongMembers(text: string, scope: string, unit: Unit): boolean {
  if (scope === '') return false
  const others = unit.statements.flatMap((one) => {
    if (one.kind !== 'assign' || one.scope !== scope) return []
    // `GPT_4 = "gpt-4", 8192`: the name comes first.
    const said = one.value.kind === 'list' ? one.value.items[0] : one.value
    return said?.kind === 'text' && said.value !== text ? [said.value] : []
  })
  return others.length > 0 && others.filter((one) => modelName(one)?.weak === false).length * 2 >= others.length
}

/** In a list with others of its kind, or in one of its entries where theirs stand in the same place. */
export function beside(text: string, { parents, keys, scope, unit }: Around): boolean {
  const [parent, above] = parents
  if ((!parent || (parent.kind === 'list' && !above)) && amongMembers(text, scope, unit)) return true
  const key = keys.at(-1)
  const near =
    parent?.kind === 'map' && above?.kind === 'list' && key !== undefined && textField(parent, key) === text
      ? above.items.flatMap((item) => field(item, key) ?? [])
      : parent?.kind === 'list'
        ? parent.items
        : parent?.kind === 'call'
          ? parent.args
          : parent?.kind === 'map'
            ? parent.entries.map(([key]) => key)
            : []
  return near.some((one) => one.kind === 'text' && one.value !== text && modelName(one.value)?.weak === false)
}
