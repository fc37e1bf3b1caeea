// Models. A name counts where it is used or offered: assigned, configured, given to a call. It does not count where it is
// only asked about, priced, measured or described.
import { isDocumentation } from '../../classify.ts'
import { splitHubName } from '../../knowledge/models.ts'
import { providerNamed } from '../../knowledge/providers.ts'
import { endOf, type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import { connectedTo, hostedAt, resourceIn } from './addresses.ts'
import { providerAsked, providerTold } from './asked-class.ts'
import { asksDirectly } from './direct.ts'
import { asksProvider } from './ai-sdk.ts'
import { inCatalogue, isSchemaChoice } from './catalogues.ts'
import { commandedIn } from './commanded.ts'
import { aliasesIn, described, imagePlace, lastWord, tabled } from './mentions.ts'
import { FLAGS, optionOf } from './flags.ts'
import { implicit } from './implicit-models.ts'
import { mergeSpellings } from './merge-spellings.ts'
import { isBareName, modelName, type ModelName, nameOfConstant, plausibleName } from './names.ts'
import type { Evidence } from '../evidence.ts'
import {
  amongModels,
  amongNames,
  atServer,
  beside,
  byVariable,
  byVersion,
  inRequest,
  isDefaultOf,
  isFallback,
  ofOwner,
  ofRepository,
  SLOT,
  VARIABLE,
} from './siblings.ts'
import { type Around, visitUnit } from '../visit.ts'

/** Keywords that name a model and nothing else. */
const EXACT = /^(?:model|model_?name|model_?id|modelName|modelId|azure_deployment|deployment_?name)$/
const HUB_CALLS =
  /^(?:from_pretrained|pipeline|SentenceTransformer|CrossEncoder|HuggingFace\w*|snapshot_download|hf_hub_download|InferenceClient|AutoModel\w*|AutoTokenizer|LLM|SentenceTransformerEmbeddingFunction|TransformersModel|load_model|FlagModel|FlagReranker|TextEmbedding|from_pretrained_hub|InferenceClientModel|feature_extraction|textGeneration)$/
const MODEL_CALLS =
  /(?:Chat|chat|LLM|Llm|Embedding|Embeddings|Model|Completion|Agent|create|generate|completion|completions|invoke|converse|stream|parse|query|transcribe|languageModel|chatModel|textEmbeddingModel|embedding|OpenAI|Anthropic|Ollama|Bedrock|Gemini|acompletion|init_chat_model|modelName|modelId|model|responses|Responses|rerank|embed|Replicate)\w*$/
/** Classes that are a model, so that whatever they are told is the name of one. */
const MAKES_MODEL = /^(?:\w*Chat\w*|\w*LLM|\w*Embeddings?|Ollama\w*|OpenAI\w*|\w*Model)$/
/** What these load is called by one word, of a list that the library keeps. */
const LOADS_BARE = /(?:^|\.)(?:spacy\.load|timm\.create_model)$/
const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['text', 'call', 'member', 'name', 'map'])

export function findModels(evidence: Evidence) {
  const { project } = evidence
  for (const unit of project.units) {
    if (isDocumentation(unit.file) || isLocale(unit.file) || onlyCounts(unit, evidence)) continue
    const ai = evidence.usesAi(unit)
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'text') literal(expr.value, expr.line, around, ai, evidence)
        else if (expr.kind === 'call') {
          slots(expr, around, ai, evidence)
          implicit(expr, around, evidence)
        } else if (expr.kind === 'member' || expr.kind === 'name') constant(expr, around, ai, evidence)
        else if (expr.kind === 'map') setting(expr, around, ai, evidence)
      },
      LOOKED_AT,
    )
  }
  mergeSpellings(evidence)
}

/** A file that counts tokens asks a model for nothing, unless it asks a provider without a library or by another file. */
function onlyCounts(unit: Unit, evidence: Evidence): boolean {
  const packages = evidence.packages(unit)
  if (packages.length === 0 || !packages.every(({ pack }) => /^(?:js-)?tiktoken$/.test(pack.name))) return false
  const { project } = evidence
  const others = [...project.index(unit).imports.values()].flatMap(({ module }) => project.unitsOf(unit, module))
  return ![unit, ...others].some((one) => asksDirectly(one) || (one !== unit && evidence.packages(one).length > 0))
}

/** Words for people, prices, what a migration once changed, and what earlier runs wrote down. */
const isLocale = (file: string) =>
  /(?:^|\/)(?:db|database)\/(?:post_)?migrat(?:e|ions)\/[^/]+\.(?:rb|php)$/.test(file) ||
  /(?:^|\/)(?:messages|langs?|locales?)(?:[-_][^/]*)?\/|pricing|token[_-]?(?:limits?|count(?:er|ing)?)|tokeni[sz]er|model_prices/i.test(
    file,
  ) ||
  /(?:^|\/)(?:\w*[_-])?(?:results?|outputs?|logs?|runs|reports?)\/.*\.(?:json|ya?ml)$/i.test(file)

/** Whatever kind of model it is, a name of one can stand there. */
const ENDS_IN_MODEL = /[a-z\d][_-]models?(?:[_-](?:name|id|type)s?)?$|[a-z]Models?(?:Name|Id|Type)?s?$/

/** `${LLM_MODEL:gpt-4o}` and `${LLM_MODEL:-gpt-4o}`: what is taken when nothing is set. */
const PLACEHOLDER = /^\$\{[\w.-]+(?::-?|=)([^{}]+)\}$/

/** `- OPENAI_MODEL=o3`: a variable of a container, as compose may write it. */
const ASSIGNED = /^([A-Z][A-Z0-9_]*)=(\S+)$/

/** What a server is told to fetch from a hub besides. */
const FETCHED = /^--(?:[a-z]+-)*(?:model|adapter|lora)s?(?:-(?:name|id|path|repo))?$/

const MOST_COMMAND = 4_000
/** What these are told is a file or a package. */
const REQUIRES = /^(?:require|require_relative|require_once|autoload)$/

function literal(written: string, line: number, around: Around, ai: boolean, evidence: Evidence) {
  const { unit, keys, parents } = around
  const script = unit.format !== 'code' || unit.language === 'docker' || unit.language === 'shell'
  if (written.length > (script ? MOST_COMMAND : 160)) return
  const [, variable = '', given] = unit.format === 'yaml' ? (ASSIGNED.exec(written) ?? []) : []
  if (given !== undefined && VARIABLE.test(variable) && keys.some((key) => /^env(?:ironment)?$/.test(key))) {
    if (modelName(given)) add(given, line, around, evidence, 0.9)
    return
  }
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
  for (const given of connectedTo(text)) if (modelName(given)) add(given, line, around, evidence, 0.9)
  const resource = resourceIn(text)
  const [parent] = parents
  if (parent?.kind === 'call' && REQUIRES.test(lastName(parent.callee))) return
  const name = modelName(resource ?? text)
  const holder = parents.find((one) => !isConversion(one))
  if (!name) {
    const owned = ofOwner(text, around)
    if (owned !== undefined) return add(owned, line, around, evidence, 0.85)
    const before =
      parent?.kind === 'list'
        ? parent.items[parent.items.findIndex((item) => item.kind === 'text' && item.value === text) - 1]
        : undefined
    const flagged =
      before?.kind === 'text' &&
      (/^(?:--model(?:-name|-id|-path)?|-m|serve)$/.test(before.value) ||
        (FETCHED.test(before.value) && splitHubName(text) !== undefined))
    const docker =
      unit.language === 'docker' &&
      parent?.kind === 'call' &&
      lastName(parent.callee) === 'FROM' &&
      /modelfile/i.test(unit.file)
    if (
      (flagged && before?.value !== '-m' && plausibleName(text)) ||
      docker ||
      (ai && amongNames(text, around)) ||
      amongModels(text, around) ||
      ofRepository(text, around) ||
      atServer(text, around) ||
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
  const slot =
    isDefaultOf(parent, key) ||
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
  const certain = slot || ai || name.provider !== undefined
  if (
    !certain &&
    unit.format === 'code' &&
    !/model|llm|gpt|ai/i.test(key + around.scope + unit.file) &&
    !asksDirectly(unit)
  )
    return
  add(name, line, around, evidence, slot ? 0.95 : ai ? 0.85 : 0.7)
}

/** `"…".to_string()`, `String::from("…")`: what the text is given to stands further out. */
const isConversion = (expr: Expr): boolean =>
  (expr.kind === 'member' && CONVERSIONS.test(expr.name)) ||
  (expr.kind === 'call' && (CONVERSIONS.test(lastName(expr.callee)) || pathOf(expr.callee) === 'String.from'))
const CONVERSIONS = /^(?:to_string|to_owned|into|as_str|to_sym|freeze|toString)$/

/** What a call is told to use, followed to where it is said. */
function slots(call: Extract<Expr, { kind: 'call' }>, around: Around, ai: boolean, evidence: Evidence) {
  if (
    around.asked ||
    !(ai || (around.unit.format === 'code' && call.named.length > 0 && providerAsked(call) !== undefined))
  )
    return
  const { unit, scope } = around
  const callee = lastName(call.callee)
  const options = call.args.find((argument) => argument.kind === 'map')
  const given = [
    ...call.named,
    ...(options?.kind === 'map'
      ? options.entries.map(([key, value]): [string, Expr] => [key.kind === 'text' ? key.value : '', value])
      : []),
  ]
  // `chat(parameters: { model: … })`, and `create(**params)`: the settings stand one step away.
  for (const held of [...call.named.filter(([name]) => BAGS.test(name)).map(([, value]) => value), ...spreadOf(call)]) {
    const { expr: bag } = evidence.resolver.meaning(held, unit, scope)
    for (const [key, value] of bag.kind === 'map' ? bag.entries : [])
      if (key.kind === 'text') given.push([key.value, value])
  }
  const wanted = given.filter(([name]) => SLOT.test(name)).map(([, value]) => value)
  const exact = given.find(([name]) => EXACT.test(name))?.[1]
  const library = exact === undefined ? undefined : evidence.packageOf(unit, pathOf(call.callee))
  // Ollama calls models by one word: `chat(model="mistral")`.
  const asked = asksProvider(call, unit, scope, evidence)
  const takesBare =
    library === undefined
      ? exact !== undefined && providerAsked(call) !== undefined
      : library.provider === 'ollama' || MAKES_MODEL.test(callee)
  wanted.push(...optionOf(call, callee, around))
  const path = callee === 'load' || callee === 'create_model' ? pathOf(call.callee) : ''
  const ofTorch = path.endsWith('.hub.load')
  const first = call.args[0] ?? (ofTorch ? field(call, 'repo_or_dir') : undefined)
  const hub =
    (HUB_CALLS.test(callee) || ofTorch) && !/^(?:dataset|space)$/.test(textField(call, 'repo_type', 'repoType') ?? '')
  if (!hub && HUB_CALLS.test(callee)) return
  const builder = /^(?:with_?)?(?:model|modelName|modelId|deploymentName|model_name)$/i.test(callee)
  // `OpenAiChatModel.builder().modelName("sonar")`: one word is enough.
  const builds = builder && !/model$/i.test(callee) && /Model\b.*\.builder\b/.test(pathOf(call.callee))
  const loadsBare = LOADS_BARE.test(path)
  if (
    first &&
    (hub ||
      loadsBare ||
      asked ||
      builder ||
      /^(?:init_chat_model|agent|extractor|GenerativeModel|getGenerativeModel|languageModel|embeddingModel|textEmbeddingModel|ChatClient|EmbeddingClient|GetChatClient|GetEmbeddingClient|AddOpenAIChatCompletion|AddAzureOpenAIChatCompletion|OpenAIModel|ModelId)$/.test(
        callee,
      ))
  )
    wanted.push(first)
  for (const value of wanted) {
    if (value.kind === 'text' && modelName(value.value)?.weak === false) continue
    for (const { text, file, line, fallback } of evidence.resolver.texts(value, unit, scope)) {
      const name = modelName(text)
      const local = /^(?:\.{0,2}\/|[A-Z]:)/.test(text) || /^(?:models?|checkpoints?|outputs?|runs|results)\//.test(text)
      // `CartesiaTTSService.Settings(model=…)`: the settings are those of the class that they belong to.
      const made = /^(?:Settings|Config|Options|InputParams)$/.test(callee) ? ownerOf(call.callee) : callee
      const free =
        !name &&
        !local &&
        plausibleName(text) &&
        (hub
          ? /\//.test(text) || /\d/.test(text)
          : (asked ||
              MODEL_CALLS.test(made) ||
              /(?:LLM|TTS|STT)Service$/.test(made) ||
              FLAGS.test(callee) ||
              // A class of a library of AI is told of a model by this word alone.
              (library !== undefined && value === exact && text.includes('/'))) &&
            /\d|\//.test(text))
      const bare = (takesBare && value === exact) || ((builds || loadsBare) && value === first)
      const said = !name && bare && isBareName(text)
      if (name || free || said)
        add(
          name ?? text,
          line,
          {
            unit: evidence.project.unitOf(file) ?? unit,
            scope,
            keys: around.keys,
            parents: around.parents,
            asked: false,
          },
          evidence,
          fallback ? 0.85 : 0.9,
        )
    }
  }
}

const ownerOf = (callee: Expr): string => (callee.kind === 'member' ? lastName(callee.of) : '')

const BAGS = /^(?:parameters|params|config|options|generation_config|json|body)$/

/** What is spread into a call: `**params`, `...options`. */
const spreadOf = (call: Extract<Expr, { kind: 'call' }>): Expr[] =>
  call.args.flatMap((argument) => (argument.kind === 'other' && argument.parts.length === 1 ? argument.parts : []))

/** A key of a file of settings that says which model is used, whatever it is called. */
function setting(map: Extract<Expr, { kind: 'map' }>, around: Around, ai: boolean, evidence: Evidence) {
  if (around.unit.format === 'notebook' || around.unit.format === 'terraform') return
  if (around.unit.format === 'code') return void (ai && chosenByVariable(map, around, evidence))
  for (const [key, value] of map.entries) {
    if (key.kind !== 'text' || value.kind !== 'text') continue
    if (modelName(value.value) || aliasesIn(around.unit).has(value.value)) continue
    const word = lastWord(key.value)
    const kin = hasKin(map)
    const environment =
      around.unit.format === 'env' &&
      /^(?:\w+_)?(?:MODEL|MODEL_NAME|MODEL_ID|LLM|DEPLOYMENT(?:_NAME)?|LLM_MODEL|EMBEDDINGS?_MODEL)$/.test(word)
    const deployed = /^(?:\w+_)?MODEL(?:_NAME|_ID)?$/.test(word) && /^[\w.-]+\/[\w.-]+$/.test(value.value)
    if (!(environment || deployed || (SLOT.test(word) && (kin || (ai && /_|[A-Z]/.test(word)))))) continue
    if (plausibleName(value.value) && /\d|\//.test(value.value) && !/^(?:\.|\/)|\$\{|\.\w{2,4}$/.test(value.value))
      add(value.value, value.line, around, evidence, 0.7)
  }
}

/** What only stands beside a model. */
const hasKin = (map: Extract<Expr, { kind: 'map' }>): boolean =>
  map.entries.some(
    ([other]) =>
      other.kind === 'text' &&
      /^(?:temperature|max_?tokens|top_p|(?:api_?)?key|api_?base|base_?url|provider|system_?prompt|embed_?dim|dimensions|context_window)$/i.test(
        lastWord(other.value),
      ),
  )

/** `['key' => env('ACME_KEY'), 'model' => env('ACME_MODEL', 'acme-2')]` */
function chosenByVariable(map: Extract<Expr, { kind: 'map' }>, around: Around, evidence: Evidence) {
  const value = hasKin(map) ? field(map, 'model', 'model_id', 'modelId') : undefined
  if (value?.kind !== 'call') return
  for (const { text, line, fallback } of evidence.resolver.texts(value, around.unit, around.scope))
    if (fallback && !modelName(text) && plausibleName(text) && /\d/.test(text)) add(text, line, around, evidence, 0.7)
}

/** The constants of client libraries. Those of the project itself are followed, not read. */
function constant(expr: Extract<Expr, { kind: 'member' | 'name' }>, around: Around, ai: boolean, evidence: Evidence) {
  if (!ai || around.asked || tabled('', around)) return
  const path = pathOf(expr)
  const words = path.split('.').filter((word) => !/^(?:value|Value|name|id|(?:as|get|to)[A-Z]\w*)$/.test(word))
  const word = words.at(-1) ?? ''
  if (
    !/^[A-Z].*\d|^[A-Z]+(?:_[A-Z]+)+$/.test(word) ||
    /[a-z](?:Model|Client|Embedding|Service|Config|Options|Request|Api)$/.test(word) ||
    around.parents[0]?.kind === 'member'
  )
    return
  const owner = words.length > 1 ? (words[0] ?? '') : word
  const imported = evidence.project.index(around.unit).imports.get(owner)
  const library = imported && !evidence.project.isLocal(around.unit, imported.module)
  if (
    !library &&
    !(
      words.length > 1 &&
      /(?:Model|ModelName|ModelType|ChatModel)$/.test(words.at(-2) ?? '') &&
      evidence.resolver.lookup(path, around.unit, around.scope, 0).length === 0
    )
  )
    return
  const declaredIn = words.at(-2) ?? imported?.module.split('.').at(-2) ?? ''
  const name = nameOfConstant(word, /Models?(?:(?:Name|Id|Type)s?)?$/.test(declaredIn))
  if (name !== undefined) add(name, expr.line, around, evidence, 0.85)
}

const SERVES = /^(?:\w+[_-])?(?:provider|service|vendor|backend|platform)(?:[_-]?name)?$/i

/** Settings say beside a model, or around a list of them, who serves it. */
function servedBy(parents: readonly Expr[]): string | undefined {
  for (const [key, value] of parents.slice(0, 4).flatMap((one) => (one.kind === 'map' ? one.entries : [])))
    if (key.kind === 'text' && value.kind === 'text' && SERVES.test(key.value)) {
      const provider = providerNamed(value.value.replaceAll(/\s+/g, '-'))
      if (provider !== undefined) return provider
    }
  return undefined
}

function add(found: ModelName | string, line: number, around: Around, evidence: Evidence, confidence: number) {
  const model = typeof found === 'string' ? (modelName(found) ?? { name: found, weak: false }) : found
  const { unit, keys, parents } = around
  const configured = [...keys]
    .toReversed()
    .map((key) => evidence.configuredProvider(unit, key))
    .find((one) => one !== undefined)
  const provider = model.provider ?? servedBy(parents) ?? configured
  const id = evidence.collector.add('models', model.name, {
    file: unit.file,
    line,
    confidence,
    attributes: { role: model.role, vendor: model.vendor, provider },
  })
  evidence.usedModel({
    model,
    unit,
    line,
    provider,
    told: providerTold(parents),
    id,
    end: parents.length > 0 ? endOf(parents.at(-1) ?? { kind: 'text', value: '', line }) : line,
  })
}
