// What calls are told to use, followed to where it is said.
import { type Expr, field, lastName, pathOf, textField } from '../../syntax/expr.ts'
import { providerAsked } from './asked-class.ts'
import { asksProvider } from './ai-sdk.ts'
import { FLAGS, optionOf } from './flags.ts'
import { isBareName, modelName, plausibleName } from './names.ts'
import type { Evidence } from '../evidence.ts'
import { SLOT } from './siblings.ts'
import type { Around } from '../visit.ts'
import { add } from './add-model.ts'

/** Keywords that name a model and nothing else. */
const EXACT = /^(?:model|model_?name|model_?id|modelName|modelId|azure_deployment|deployment_?name)$/
const HUB_CALLS =
  /^(?:from_pretrained|pipeline|SentenceTransformer|CrossEncoder|HuggingFace\w*|snapshot_download|hf_hub_download|InferenceClient|AutoModel\w*|AutoTokenizer|LLM|SentenceTransformerEmbeddingFunction|TransformersModel|load_model|FlagModel|FlagReranker|TextEmbedding|from_pretrained_hub|InferenceClientModel|feature_extraction|textGeneration)$/
export const MODEL_CALLS =
  /(?:Chat|chat|LLM|Llm|Embedding|Embeddings|Model|Completion|Agent|create|generate|completion|completions|invoke|converse|stream|parse|query|transcribe|languageModel|chatModel|textEmbeddingModel|embedding|OpenAI|Anthropic|Ollama|Bedrock|Gemini|acompletion|init_chat_model|modelName|modelId|model|responses|Responses|rerank|embed|Replicate)\w*$/
/** Classes that are a model, so that whatever they are told is the name of one. */
const MAKES_MODEL = /^(?:\w*Chat\w*|\w*LLM|\w*Embeddings?|Ollama\w*|OpenAI\w*|\w*Model)$/

/** What a call is told to use, followed to where it is said. */
export function slots(call: Extract<Expr, { kind: 'call' }>, around: Around, ai: boolean, evidence: Evidence) {
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
  const ofTorch = callee === 'load' && pathOf(call.callee).endsWith('.hub.load')
  const first = call.args[0] ?? (ofTorch ? field(call, 'repo_or_dir') : undefined)
  const hub =
    (HUB_CALLS.test(callee) || ofTorch) && !/^(?:dataset|space)$/.test(textField(call, 'repo_type', 'repoType') ?? '')
  if (!hub && HUB_CALLS.test(callee)) return
  const builder = /^(?:with_?)?(?:model|modelName|modelId|deploymentName|model_name)$/i.test(callee)
  // `OpenAiChatModel.builder().modelName("sonar")`: one word is enough.
  const builds = builder && !/model$/i.test(callee) && /Model\b.*\.builder\b/.test(pathOf(call.callee))
  if (
    first &&
    (hub ||
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
      const bare = (takesBare && value === exact) || (builds && value === first)
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
