// Stores of vectors by the signs that no package gives: calls of migrations, fields of indexes, variables, sections.

/** Calls that make a place for vectors: in these languages, by the last name, with such a first text where one is asked for. */
export const STORE_CALLS: readonly [languages: RegExp, name: RegExp, first: RegExp | undefined, store: string][] = [
  [/^ruby$/, /^enable_extension$/, /^vector$/, 'pgvector'],
  [/^ruby$/, /^has_neighbors$/, undefined, 'pgvector'],
  [/^(?:ruby|php)$/, /\.(?:vector|halfvec)$/, /^\w+$/, 'pgvector'],
  [/^csharp$/, /^HasPostgresExtension$/, /^vector$/, 'pgvector'],
  [/^csharp$/, /^UseVector$/, undefined, 'pgvector'],
  [/^python$/, /^client$/, /^opensearchserverless$/, 'opensearch-serverless'],
  [/^python$/, /^client$/, /^s3vectors$/, 's3-vectors'],
  [/^python$/, /^client$/, /^kendra$/, 'amazon-kendra'],
  [/^go$/, /^(?:CreateKnowledgeBase|RetrieveAndGenerate)Input$/, undefined, 'aws-bedrock-knowledge-base'],
  [/^(?:typescript|tsx)$/, /^vectorIndex$/, /^\w+$/, 'convex'],
]

/** Names that a library for more than vectors has for them alone. */
export const STORE_IMPORTS: readonly [module: RegExp, name: RegExp, store: string][] = [
  [/^redis\.commands\.search\b|^redisvl\b/, /^VectorField$|^Search(?:Index|Schema)$/, 'redis'],
  [/^(?:redis|@redis\/search)$/, /^(?:SCHEMA_VECTOR_FIELD_ALGORITHM|VectorAlgorithms)$/, 'redis'],
  [
    /^(?:@google-cloud\/|google\.cloud\.)aiplatform(?:_v1(?:beta1)?)?(?:\.|$)|^com\.google\.cloud\.aiplatform\.v1/,
    /^(?:Match|Index|IndexEndpoint)Service(?:Async)?Client$|^(?:IndexDatapoint|MatchingEngine\w+)$/,
    'vertex-ai-vector-search',
  ],
  [/^@mastra\/libsql$/, /^LibSQLVector$/, 'libsql'],
  [/^swiftide(?:\.|::)integrations(?:\.|::)duckdb/, /./, 'duckdb'],
  [/^drizzle-orm\/pg-core$/, /^(?:half)?vec(?:tor)?$/, 'pgvector'],
]

/** What an index says its field is, and a model where it looks things up. */
export const FIELD_TYPES: ReadonlyMap<string, string> = new Map([
  ['dense_vector', 'elasticsearch'],
  ['semantic_text', 'elasticsearch'],
  ['knn_vector', 'opensearch'],
  ['$vectorSearch', 'mongodb-atlas'],
  ['knnVector', 'mongodb-atlas'],
  ['generative_qa_parameters', 'opensearch'],
  ['AzureCognitiveSearch', 'azure-ai-search'],
  ['azure_search', 'azure-ai-search'],
])

/** Keys that stand nowhere else, or nowhere else beside each other. */
export const STORE_KEYS: readonly [all: readonly RegExp[], store: string][] = [
  [[/^\$vectorSearch$/], 'mongodb-atlas'],
  [[/^vector_?(?:embedding_?policy|index_?path)$|^cosmosSearch(?:Options)?$/i], 'azure-cosmos-db'],
  [[/^vectorQueries$/], 'azure-ai-search'],
  [[/^query_text$/, /^model_id$/, /^k$/], 'opensearch'],
  // Typesense searches words as well: here it is told of a model that makes vectors.
  [[/^from$/, /^model_config$/], 'typesense'],
  [[/^query_vector(?:_builder)?$/, /^num_candidates$/], 'elasticsearch'],
]

/** Variables that say where a store is. */
const VARIABLE =
  /^(?:[A-Z]+_)?(QDRANT|WEAVIATE|MILVUS|CHROMA|CHROMADB|PINECONE|LANCEDB|PGVECTOR|TURBOPUFFER)(?:_CLUSTER|_SERVER|_DB|_CLOUD)?_(?:URL|URI|HOST|HOSTNAME|ENDPOINT|API_?KEY|INDEX|INDEX_NAME|COLLECTION|COLLECTION_NAME|PATH|PERSIST_DIR(?:ECTORY)?|ENVIRONMENT|CONNECTION(?:_STRING)?)$/

const BY_VARIABLE: Readonly<Record<string, string>> = {
  QDRANT: 'qdrant',
  WEAVIATE: 'weaviate',
  MILVUS: 'milvus',
  CHROMA: 'chroma',
  CHROMADB: 'chroma',
  PINECONE: 'pinecone',
  LANCEDB: 'lancedb',
  PGVECTOR: 'pgvector',
  TURBOPUFFER: 'turbopuffer',
}

export const storeOfVariable = (name: string): string | undefined => BY_VARIABLE[VARIABLE.exec(name)?.[1] ?? '']

/** What a section of settings about a store says of it. */
export const OF_CONNECTION =
  /^(?:url|uri|host|hostname|endpoint|api_?key|grpc_?port|http_?port|collection(?:_?name)?|index(?:_?name)?|connection_?string|persist_?dir(?:ectory)?)$/i
