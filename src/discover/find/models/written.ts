// Texts that are the name of a model. Whether one is used there, or only spoken of, is told by what surrounds it.
import { splitHubName } from '../../knowledge/models.ts'
import { type Expr, field, lastName, pathOf } from '../../syntax/expr.ts'
import { askedFor, connectedTo, hostedAt, resourceIn } from './addresses.ts'
import { asksDirectly } from './direct.ts'
import { amongTitles, inCatalogue, isSchemaChoice } from './catalogues.ts'
import { commandedIn, writtenOut } from './commanded.ts'
import { described, imagePlace, lastWord, tabled } from './mentions.ts'
import { modelName, nameOfConstant, plausibleName } from './names.ts'
import type { Evidence } from '../evidence.ts'
import {
  amongModels,
  amongNames,
  atServer,
  beside,
  byVariable,
  byVersion,
  fromHub,
  inRequest,
  isDefaultOf,
  isFallback,
  isOffered,
  ofOwner,
  ofRepository,
  SLOT,
  textBefore,
  VARIABLE,
} from './siblings.ts'
import type { Around } from '../visit.ts'
import { MODEL_CALLS } from './calls-told.ts'
import { add } from './add-model.ts'

/** Whatever kind of model it is, a name of one can stand there. */
const ENDS_IN_MODEL = /[a-z\d][_-]models?(?:[_-](?:name|id|type)s?)?$|[a-z]Models?(?:Name|Id|Type)?s?$/

/** `EmbeddingModelAcmeLarge = "acme-large"`: of Go, a constant begins with what its others begin with. */
const CONSTANT_OF_MODELS = /^(?:[A-Z][a-z]+)*Model[A-Z]\w+$/

/** `${LLM_MODEL:gpt-4o}` and `${LLM_MODEL:-gpt-4o}`: what is taken when nothing is set. */
const PLACEHOLDER = /^\$\{[\w.-]+(?::-?|=)([^{}]+)\}$/

/** `!php/const Acme\\Gpt::GPT_4O`: settings say a constant of the library. */
const OF_CLASS = /^\\?(?:\w+\\)+\w+::([A-Z][A-Z\d_]+)$/

/** `- OPENAI_MODEL=o3`: a variable of a container, as compose may write it. */
const ASSIGNED = /^([A-Z][A-Z0-9_]*)=(\S+)$/

/** What a server is told to fetch from a hub besides. */
const FETCHED = /^--(?:[a-z]+-)*(?:model|adapter|lora)s?(?:-(?:name|id|path|repo))?$/

const MOST_COMMAND = 4_000
/** What these are told is a file or a package. */
const REQUIRES = /^(?:require|require_relative|require_once|autoload)$/

export function literal(written: string, line: number, around: Around, ai: boolean, evidence: Evidence) {
  const { unit, keys, parents } = around
  const script = unit.format !== 'code' || unit.language === 'docker' || unit.language === 'shell'
  if (!script && !around.asked && written.length <= MOST_COMMAND && written.includes('"model"'))
    for (const name of writtenOut(written)) if (modelName(name)) add(name, line, around, evidence, 0.85)
  if (written.length > (script ? MOST_COMMAND : 160)) return
  const [, variable = '', given] = unit.format === 'yaml' ? (ASSIGNED.exec(written) ?? []) : []
  if (given !== undefined && VARIABLE.test(variable) && keys.some((key) => /^env(?:ironment)?$/.test(key))) {
    if (modelName(given)) add(given, line, around, evidence, 0.9)
    return
  }
  const [, spelled = ''] = unit.format === 'yaml' ? (OF_CLASS.exec(written) ?? []) : []
  const constant = spelled === '' ? undefined : nameOfConstant(spelled)
  if (constant !== undefined) return add(constant, line, around, evidence, 0.85)
  const text = PLACEHOLDER.exec(written)?.[1] ?? written
  if (/(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/.test(unit.file) && keys.includes('models')) {
    // What compose names by itself is a key; the model is what stands in it.
    if (keys[0] === 'models' && keys[2] === 'model' && /^[\w./:@-]+$/.test(text))
      add(text, line, around, evidence, 0.95)
    return
  }
  const commanded = keys.some((key) => /^examples?$/.test(key)) ? [] : commandedIn(text, unit)
  for (const name of commanded) add(name, line, around, evidence, 0.85)
  if (commanded.length > 0) return
  const hosted = hostedAt(text)
  if (hosted !== undefined && !around.asked && !described(text, around))
    return add(modelName(hosted) ?? hosted, line, around, evidence, 0.9)
  for (const given of [askedFor(text) ?? [], connectedTo(text)].flat())
    if (modelName(given)) add(given, line, around, evidence, 0.9)
  const resource = resourceIn(text)
  const [parent] = parents
  if (parent?.kind === 'call' && REQUIRES.test(lastName(parent.callee))) return
  const name = modelName(resource ?? text)
  const holder = parents.find((one) => !isConversion(one))
  if (!name) {
    const owned = ofOwner(text, around)
    if (owned !== undefined) return add(owned, line, around, evidence, 0.85)
    const before = textBefore(parent, text)
    const flagged =
      before !== undefined &&
      (/^(?:--model(?:-name|-id|-path)?|-m|serve)$/.test(before) ||
        (FETCHED.test(before) && splitHubName(text) !== undefined))
    const docker =
      unit.language === 'docker' &&
      parent?.kind === 'call' &&
      lastName(parent.callee) === 'FROM' &&
      /modelfile/i.test(unit.file)
    if (
      (flagged && before !== '-m' && plausibleName(text)) ||
      docker ||
      (ai && amongNames(text, around)) ||
      amongModels(text, around) ||
      ofRepository(text, around) ||
      atServer(text, around) ||
      (unit.format === 'code' && fromHub(text, around, ai)) ||
      byVersion(text, around, evidence) ||
      (unit.format === 'code' && (inRequest(text, around) || byVariable(text, around, evidence)))
    )
      add(text, line, around, evidence, 0.8)
    return
  }
  // What is looked up in a table of the project stands there, where more is said of it.
  if (parent?.kind === 'index' && field(evidence.resolver.meaning(parent.of, unit, around.scope).expr, text)) return
  if (around.asked || described(text, around) || tabled(text, around) || imagePlace(text, around)) return
  if (isSchemaChoice(unit, keys) || inCatalogue(unit, parents)) return
  const key = keys.at(-1) ?? ''
  if (amongTitles(text, unit, parents, key)) return
  const slot =
    isDefaultOf(parent, key) ||
    (unit.language === 'go' && parents.length === 0 && CONSTANT_OF_MODELS.test(key)) ||
    isFallback(parent) ||
    keys.slice(-3).some((one) => SLOT.test(lastWord(one)) || ENDS_IN_MODEL.test(lastWord(one)) || VARIABLE.test(one)) ||
    /(?:Chat|LLM|Llm|AI|Ai|GPT|Gpt|Claude|Gemini|Ollama|Embedding)Models?$|[a-z]Model(?:Name|Id|ID)s?$|^Models?(?:Names?|Ids?|IDs?)?$/.test(
      lastWord(around.scope),
    ) ||
    (holder?.kind === 'call' &&
      MODEL_CALLS.test(
        lastName(holder.callee) === 'new' ? pathOf(holder.callee).slice(0, -4) : lastName(holder.callee),
      ))
  if (name.weak && !slot && !beside(text, around)) return
  const certain = slot || ai || name.provider !== undefined || isOffered(parents)
  if (
    !certain &&
    unit.format === 'code' &&
    !/model|llm|gpt|ai/i.test(key + around.scope + unit.file) &&
    !asksDirectly(unit)
  )
    return
  add(name, line, around, evidence, slot ? 0.95 : ai ? 0.85 : 0.7)
}

/** `` `whisper ${file} --model tiny` ``: a command line that is put together, where what is not known may be anything. */
export function commanded(expr: Extract<Expr, { kind: 'join' }>, around: Around, evidence: Evidence) {
  if (around.asked) return
  const text = expr.parts.map((part) => (part.kind === 'text' ? part.value : UNKNOWN)).join('')
  if (text.length > MOST_COMMAND) return
  for (const name of commandedIn(text, around.unit))
    if (!name.includes(UNKNOWN)) add(name, expr.line, around, evidence, 0.8)
}
const UNKNOWN = '\u2026'

/** `"…".to_string()`, `String::from("…")`: what the text is given to stands further out. */
const isConversion = (expr: Expr): boolean =>
  (expr.kind === 'member' && CONVERSIONS.test(expr.name)) ||
  (expr.kind === 'call' && (CONVERSIONS.test(lastName(expr.callee)) || pathOf(expr.callee) === 'String.from'))
const CONVERSIONS = /^(?:to_string|to_owned|into|as_str|to_sym|freeze|toString)$/
