// Which files can hold anything at all: one look at the bytes for the words without which there is no AI in a text, and
// no key. All others are never parsed, nor decoded, which is what makes a scan of a large tree quick. Too many files let
// through cost time; one too few would cost a finding.
import { Endings } from './endings.ts'
import { HOSTS } from './knowledge/hosts.ts'
import { PACKAGES } from './knowledge/packages.ts'

const WORDS = [
  'openai',
  'anthropic',
  'claude',
  'gpt-',
  'gpt_',
  'gpt3',
  'gpt4',
  'gemini',
  'gemma',
  'mistral',
  'mixtral',
  'cohere.',
  'cohere-',
  'cohere_',
  'chatcohere',
  'cohereembed',
  'cohereclient',
  'groq',
  'llama',
  'ollama',
  ':11434',
  'deepseek',
  'qwen',
  'hugging',
  'from transformers',
  'import transformers',
  '/transformers',
  'from_pretrained',
  'langchain',
  'langgraph',
  'langsmith',
  'crewai',
  'bedrock',
  'sagemaker',
  'vertexai',
  'vertex-ai',
  'vertex_ai',
  'aiplatform',
  'generativeai',
  'generative_ai',
  'genai',
  'mcp',
  'modelcontext',
  'chromadb',
  'pinecone',
  'qdrant',
  'weaviate',
  'milvus',
  'faiss',
  'pgvector',
  'lancedb',
  'vectorstore',
  'vector_store',
  'semantickernel',
  'semantic_kernel',
  'microsoft.extensions.ai',
  'springframework.ai',
  'spring.ai',
  'litellm',
  'openrouter',
  'cerebras',
  'grok',
  'tavily',
  'diffusers',
  'elevenlabs',
  'deepgram',
  'rerank',
  'tensorflow',
  'joblib',
  'onnx',
  'vllm',
  'sglang',
  'smolagents',
  'dspy',
  'pydantic_ai',
  '@ai-sdk',
  '"ai"',
  "'ai'",
  'input_schema',
  'inputschema',
  'function_call',
  'tool_call',
  'toolcall',
  '@tool',
  'backstory',
  'cognitiveservices',
  'microsoft.search',
  'machinelearningservices',
  'exists vector',
  'extension vector',
  'extension "vector"',
  "extension 'vector'",
  'using hnsw',
  'using ivfflat',
  'using vec0',
  'snowflake.cortex',
  'ai_query',
  'ml.generate',
  'basetool',
  'function_tool',
  'functiontool',
  'stategraph',
  'system_prompt',
  'systemprompt',
  'systemmessage',
  'chat.completions',
  'chatmodel',
  'trust_remote_code',
  'rubyllm',
  'rig::',
  'rmcp',
  'async_openai',
  'ernie',
  'dashscope',
  'together.ai',
  'together.xyz',
  "together'",
  'together_',
  'fireworks.ai',
  'fireworks_',
  'stabilityai',
  'stability.ai',
  'perplexity.',
  'pplx',
  'prism\\',
  'neuronai',
  'pickle.load',
  'sentence_transformers',
  'sentence-transformers',
  'sklearn',
  'replicate.com',
  'replicate.run',
  'replicate"',
  "replicate'",
  'strands',
  'embeddings',
  'embed_',
  'whisper-',
  'stable-diffusion',
  'voyage-',
  'voyageai',
  '/phi-',
  '"phi-',
  'openai_',
  'create_agent',
  'createagent',
  'assistantagent',
  'agentexecutor',
  'prompttemplate',
  '"you are a',
  "'you are a",
  '`you are a',
  'you are a helpful',
  'you are an expert',
  'tool(',
  'load_dataset',
  'registertool',
  'newtool',
  'kernelfunction',
  'kernel_function',
  'aiservices',
  'chatclient',
  'laravel.ai',
  'ai.run(',
  'ai_gateway',
  'kendra',
  'cognitiveservices',
  'opensearchserverless',
  'ml.azure',
  'dall-e',
  'text-embedding',
  'command-r',
  'titan',
  'jamba',
  'minilm',
  'bge-',
  'mastra',
  'genkit',
  'chatcompletion',
  'huggingface',
  'xgboost',
  'lightgbm',
  'mlflow',
  'vectorembedding',
  'vector_embedding',
  'vectorindex',
  'vectordistance',
  'vector_distance',
  'vectorsearch',
  'vector_search',
  'dense_vector',
  'knn_vector',
  'vectorize',
  'unsupported("vector',
  'usevector',
  'has_neighbors',
  "vector('",
  'vector("',
  't.vector',
  'vector(1536',
  'vector(768',
  'vector(384',
  'vector(1024',
  'vector(3072',
  'vector(512',
  'ft.create',
  'vectorfield',
  'vector_field',
  'vector index',
  'vectoralgorithms',
  'chroma_',
  'turbopuffer',
  'langroid',
]

const ANY_WORD = new RegExp(WORDS.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|'), 'i')

/** How an import of each package that the words do not cover is written. */
const IMPORTS = PACKAGES.flatMap(({ ecosystem, modules }) =>
  modules
    .filter((module) => !ANY_WORD.test(module))
    .flatMap((module) => {
      if (ecosystem === 'pypi') return [`from ${module}`, `import ${module}`]
      if (ecosystem === 'npm') return [`'${module}'`, `"${module}"`, `'${module}/`, `"${module}/`]
      if (ecosystem === 'cargo') return [`use ${module}::`]
      return [ecosystem === 'composer' ? module.replaceAll('.', '\\') : module]
    }),
)

/** Where providers answer; what stands before the first star is somebody's own. */
const ADDRESSES = HOSTS.filter(({ page, paths }) => !page && !paths)
  .map(({ host }) => host.slice(host.lastIndexOf('*') + 1))
  .filter((host) => host !== '.amazonaws.com' && !ANY_WORD.test(host))

/** Not as a part of installment, terminator characters or random letters: only where a word begins, as in `ChatXAI`. */
const BEGINNINGS = ['llm', 'xai', 'torch', 'keras']
/** The same, and what follows is not the rest of autogenerated or coherent. */
const ALONE = [...IMPORTS, 'autogen']
const COMPOUNDS = ['pytorch', 'libtorch']
/** Ends like one of the words and is none: the C function that copies memory. */
const NEVER = ['memcp']

/** What the keys of model services and clouds begin with, and the words beside which others stand. */
const KEYS = [
  'sk-',
  'aiza',
  'hf_',
  'gsk_',
  'xai-',
  'r8_',
  'pplx-',
  'tvly-',
  'akia',
  'asia',
  'nvapi-',
  'lsv2_',
  'ghp_',
  'github_pat_',
  'xoxa',
  'xoxb',
  'xoxp',
  '-----begin',
  'api_key',
  'api-key',
  'apikey',
  'secret',
  'token',
  'passw',
]
const KEY =
  /^(?:sk-[a-zA-Z0-9]|AIza|hf_[A-Za-z]{8}|gsk_|xai-[A-Za-z]|r8_|pplx-|tvly-|AKIA|ASIA|nvapi-|lsv2_|ghp_|github_pat_|xox[abp]-|-----BEGIN|(?:api[_-]?key|secret|token|passw)[\w-]*["']?\s{0,3}[:=]\s{0,3}["'][A-Za-z0-9_/+=.-]{16,})/i
/** How the tools of a model are written down, which much that is no tool begins like. */
const TOOLS = ['"', "'"].flatMap((quote) =>
  [':', ': '].flatMap((colon) => [
    `type${colon}${quote}function${quote}`,
    `type${quote}${colon}${quote}function${quote}`,
  ]),
)
const TOOL = /[\s{,"'](?:name|function|parameters|description)["']?\s*:/
/** How far a word and what it speaks of reach. */
const REACH = 256

const PARDON = 'parapet:'

/** Without one of these no rule that holds everywhere finds anything in code that uses no library of AI. */
const LOOSE = [
  'trust_remote_code',
  'trust-remote-code',
  'trustremotecode',
  'http://',
  'launch(',
  'ollama_host',
  'azurerm_',
  '--dangerously',
  '--yolo',
  '--approval-mode',
  'danger-full-access',
  '--allow-all-tools',
  '--yes-always',
  'bypasspermissions',
  'fullaccess',
  'roles/',
  'cognitive services',
  'azure ai',
  'azureml',
  'search service',
  'bedrock:',
  'bedrock-agent',
  'sagemaker:',
  'aoss:',
  'kendra:',
  's3vectors:',
  'ollama/',
  'vllm/',
  'sglang',
  'text-generation-inference',
  'text-embeddings-inference',
  'llama.cpp',
  'localai',
  'tritonserver',
  'torchserve',
  'tensorflow/serving',
  'qdrant/',
  'chromadb/',
  'weaviate',
  'milvus',
  'pickle',
  'pkl',
  'dill',
  'joblib',
  'marshal',
  'shelve',
  'torch.',
  'unsafe_',
  'load_model',
  'deserialize_keras',
  'yaml.load',
  'allow_dangerous',
]

/** What a text may hold; only then is it worth reading. */
export interface Held {
  ai: boolean
  keys: boolean
  /** A comment by which somebody answers for a finding. */
  pardons: boolean
  /** A word of a rule that needs no library of AI. */
  loose: boolean
}

const AI = 1
const BEGINS = 2
const ENDS = 4
const MAYBE_KEY = 8
const PARDONS = 16
const VOID = 32
const MAYBE_TOOL = 64
const MAYBE_LOOSE = 128

const kinds = new Map<string, number>()
for (const [words, kind] of [
  [[...WORDS, ...COMPOUNDS, ...ADDRESSES], AI],
  [BEGINNINGS, AI | BEGINS],
  [ALONE, AI | BEGINS | ENDS],
  [KEYS, MAYBE_KEY],
  [TOOLS, MAYBE_TOOL],
  [[PARDON], PARDONS],
  [NEVER, VOID],
] as const) {
  for (const word of words) if (!kinds.has(word.toLowerCase())) kinds.set(word.toLowerCase(), kind)
}
for (const word of LOOSE) kinds.set(word, (kinds.get(word) ?? 0) | MAYBE_LOOSE)

const words = new Endings(kinds)
/** Where AI is already known to be, nothing else is looked for. */
const others = new Endings(new Map([...kinds].filter(([, kind]) => (kind & (MAYBE_KEY | PARDONS | MAYBE_LOOSE)) !== 0)))

/** One look at the bytes: most files are never decoded, let alone parsed. */
export function heldIn(bytes: Buffer): Held {
  const held: Held = { ai: false, keys: false, pardons: false, loose: false }
  for (let at = 0; ; at++) {
    const wanted = held.ai ? others : words
    at = wanted.next(bytes, at)
    if (at === bytes.length || (held.ai && held.keys && held.pardons && held.loose)) return held
    for (const { start, kind } of wanted.at(bytes, at)) {
      // The longest comes first, so this one speaks for all that end here.
      if (kind === VOID) break
      if ((kind & MAYBE_LOOSE) !== 0) held.loose = true
      if (kind === MAYBE_LOOSE) continue
      if (kind === MAYBE_KEY) held.keys ||= KEY.test(bytes.toString('latin1', start, start + REACH))
      else if (kind === MAYBE_TOOL) held.ai ||= TOOL.test(bytes.toString('latin1', at, at + REACH))
      else if (kind === PARDONS) held.pardons = true
      else held.ai ||= stands(bytes, start, at, kind)
    }
  }
}

function stands(bytes: Buffer, start: number, end: number, kind: number): boolean {
  return (
    ((kind & BEGINS) === 0 || beginsWord(bytes, start)) &&
    ((kind & ENDS) === 0 || !isLetter(bytes[end] ?? 0) || !isLower(bytes[end + 1] ?? 0))
  )
}

const isUpper = (byte: number) => byte >= 0x41 && byte <= 0x5a
const isLower = (byte: number) => byte >= 0x61 && byte <= 0x7a

const isLetter = (byte: number) => isUpper(byte) || isLower(byte)

function beginsWord(bytes: Buffer, start: number): boolean {
  const before = bytes[start - 1] ?? 0
  const first = bytes[start] ?? 0
  return !isLetter(first) || !isLetter(before) || (isLower(before) && isUpper(first))
}
