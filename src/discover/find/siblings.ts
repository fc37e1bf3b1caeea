// Names that only those beside them tell: members of an enumeration, entries of a list, words among names.
import { field, lastName, textField } from '../syntax/expr.ts'
import { lastWord, ofHub } from './mentions.ts'
import { modelName, plausibleName } from './names.ts'
import type { Around } from './visit.ts'

/** What a place is called that holds the name of a model. */
export const SLOT =
  /^(?:(?:default|ai|chat|llm|embed(?:ding)?s?|base|small|fast|large|main|primary|fallback|completion|vision|image|rerank(?:er)?|tts|stt|foundation|agent|planner|judge|summar\w*|eval\w*)[_-]?)*(?:models?|model[_-]?(?:name|id|names|ids|type|version|uri|key|arn)|modelName|modelId|deployment(?:[_-]?name|Name|Id)?|azure_deployment|engine|repo_id|llm|checkpoint|pretrained_model_name_or_path)$/i

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

/** One of a list of which half are models: what stands beside them, as a hub would call it, is one as well. */
export function amongModels(text: string, { parents, keys }: Around): boolean {
  if (!HUB.test(text)) return false
  const [parent, above] = parents
  const key = parent?.kind === 'map' ? (keys.at(-1) ?? '') : undefined
  const list = key === undefined ? parent : SLOT.test(key) || /^(?:id|name|value)$/.test(key) ? above : undefined
  if (list?.kind !== 'list' || list.items.length < MOST_ALONE) return false
  const known = list.items.filter((item) => {
    const said = key === undefined ? (item.kind === 'text' ? item.value : '') : (textField(item, key) ?? '')
    return modelName(said)?.weak === false
  })
  return known.length * 2 >= list.items.length
}

/** What is fetched from a hub, and the place says that it is a model: `chat_model_repo`. */
export const ofRepository = (text: string, { keys, parents }: Around): boolean =>
  HUB.test(text) &&
  /\d|-/.test(text) &&
  (ofHub(parents[0]) ? /^repo(?:sitory|_?id)?$/i : REPOSITORY).test(lastWord(keys.at(-1) ?? ''))

const REPOSITORY =
  /models?[_-]?(?:repo|repository|repo[_-]?id|hub[_-]?id)$|(?:hf|hugging[_-]?face)[_-]?(?:model|repo)(?:[_-]?(?:id|name))?$/i

const HUB = /^[\w.-]{2,60}\/[\w.:-]{2,90}$/
const MOST_ALONE = 3

/** In a list with others of its kind, or in one of its entries where theirs stand in the same place. */
export function beside(text: string, { parents, keys }: Around): boolean {
  const [parent, above] = parents
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
