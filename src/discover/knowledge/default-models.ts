// Which model a library takes when the caller names none. The version of the library decides in truth; these are what
// the current major versions do.
import type { Role } from './families/family.ts'

export interface DefaultModel {
  /** Last word of the call. */
  calls: readonly string[]
  /** What the file must import, as a prefix. */
  from: RegExp
  /** Keywords, of which any one means that the caller chose. */
  unless: readonly string[]
  /** A first argument without keyword chooses as well. */
  positional?: boolean
  model: string
  role: Role
}

const MODEL = [
  'model',
  'model_name',
  'modelName',
  'model_id',
  'modelId',
  'deployment',
  'azure_deployment',
  'deployment_name',
]

export const DEFAULT_MODELS: readonly DefaultModel[] = [
  {
    calls: ['OpenAIEmbeddings'],
    from: /^(?:langchain|@langchain)/,
    unless: MODEL,
    model: 'text-embedding-ada-002',
    role: 'embedding',
  },
  { calls: ['ChatOpenAI'], from: /^(?:langchain|@langchain)/, unless: MODEL, model: 'gpt-3.5-turbo', role: 'chat' },
  {
    calls: ['OpenAIEmbedding'],
    from: /^llama_index/,
    unless: MODEL,
    model: 'text-embedding-ada-002',
    role: 'embedding',
  },
  {
    calls: ['HuggingFaceEmbeddings'],
    from: /^langchain/,
    unless: MODEL,
    model: 'sentence-transformers/all-mpnet-base-v2',
    role: 'embedding',
  },
  {
    calls: ['HuggingFaceEmbedding'],
    from: /^llama_index/,
    unless: MODEL,
    positional: true,
    model: 'BAAI/bge-small-en',
    role: 'embedding',
  },
  {
    calls: ['HuggingFaceBgeEmbeddings'],
    from: /^langchain/,
    unless: MODEL,
    model: 'BAAI/bge-large-en',
    role: 'embedding',
  },
  {
    calls: ['FastEmbedEmbeddings', 'TextEmbedding'],
    from: /^(?:langchain|fastembed|llama_index)/,
    unless: MODEL,
    positional: true,
    model: 'BAAI/bge-small-en-v1.5',
    role: 'embedding',
  },
  {
    calls: ['get_or_create_collection', 'create_collection', 'createCollection', 'getOrCreateCollection'],
    from: /^chromadb/,
    unless: ['embedding_function', 'embeddingFunction'],
    model: 'all-MiniLM-L6-v2',
    role: 'embedding',
  },
  { calls: ['DefaultEmbeddingFunction'], from: /^chromadb/, unless: [], model: 'all-MiniLM-L6-v2', role: 'embedding' },
  {
    calls: ['SentenceTransformerEmbeddingFunction'],
    from: /^chromadb/,
    unless: MODEL,
    model: 'all-MiniLM-L6-v2',
    role: 'embedding',
  },
  {
    calls: ['OpenAIEmbeddingFunction'],
    from: /^chromadb/,
    unless: MODEL,
    model: 'text-embedding-ada-002',
    role: 'embedding',
  },
  {
    calls: ['BedrockEmbeddings'],
    from: /^langchain/,
    unless: MODEL,
    model: 'amazon.titan-embed-text-v1',
    role: 'embedding',
  },
  { calls: ['ChatGroq'], from: /^(?:langchain|@langchain)/, unless: MODEL, model: 'mixtral-8x7b-32768', role: 'chat' },
  {
    calls: ['AllMiniLmL6V2EmbeddingModel'],
    from: /^dev\.langchain4j/,
    unless: [],
    model: 'all-MiniLM-L6-v2',
    role: 'embedding',
  },
  {
    calls: ['AllMiniLmL6V2QuantizedEmbeddingModel'],
    from: /^dev\.langchain4j/,
    unless: [],
    model: 'all-MiniLM-L6-v2',
    role: 'embedding',
  },
  {
    calls: ['BgeSmallEnV15EmbeddingModel', 'BgeSmallEnV15QuantizedEmbeddingModel'],
    from: /^dev\.langchain4j/,
    unless: [],
    model: 'bge-small-en-v1.5',
    role: 'embedding',
  },
  {
    calls: ['BgeSmallEnEmbeddingModel', 'BgeSmallEnQuantizedEmbeddingModel'],
    from: /^dev\.langchain4j/,
    unless: [],
    model: 'bge-small-en',
    role: 'embedding',
  },
  {
    calls: ['E5SmallV2EmbeddingModel', 'E5SmallV2QuantizedEmbeddingModel'],
    from: /^dev\.langchain4j/,
    unless: [],
    model: 'e5-small-v2',
    role: 'embedding',
  },
]
