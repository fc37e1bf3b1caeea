// AI in infrastructure as code and in images of containers.

/** Types of resources, in Terraform, CloudFormation and Azure, with the provider behind them. */
export const RESOURCES: readonly [RegExp, string][] = [
  [/^aws(?:cc)?_bedrock/, 'aws-bedrock'],
  [/^aws(?:cc)?_sagemaker/, 'aws-sagemaker'],
  [/^aws(?:cc)?_kendra/, ''],
  [/^aws(?:cc)?_(?:lex|comprehend|rekognition|transcribe|personalize|forecast|qbusiness)/, 'aws-ai'],
  [/^AWS::Bedrock/, 'aws-bedrock'],
  [/^AWS::SageMaker::/, 'aws-sagemaker'],
  [/^AWS::Kendra::/, ''],
  [/^AWS::(?:Lex|Comprehend|Rekognition|QBusiness|Personalize)::/, 'aws-ai'],
  [/^azurerm_cognitive_deployment$/, 'azure-openai'],
  [/^azurerm_(?:cognitive_account|ai_services|ai_foundry)/, 'azure-ai'],
  [/^azurerm_machine_learning_/, 'azure-ml'],
  [/^azurerm_search_service$/, ''],
  [/^Microsoft\.CognitiveServices\/accounts\/deployments$/, 'azure-openai'],
  [/^Microsoft\.CognitiveServices\//, 'azure-ai'],
  [/^Microsoft\.MachineLearningServices\//, 'azure-ml'],
  [/^google_vertex_ai_/, 'google-vertex-ai'],
  [/^google_(?:discovery_engine|dialogflow|document_ai|ml_engine)/, 'google-vertex-ai'],
  [/^(?:databricks_model_serving|databricks_vector_search)/, 'databricks'],
  [/^(?:pinecone_index|pinecone_collection)/, ''],
  [/^oci_generative_ai/, 'oci-generative-ai'],
  [/^ibm_watson/, 'ibm-watsonx'],
]

export const STORE_RESOURCES: readonly [RegExp, string][] = [
  [/^aws(?:cc)?_opensearchserverless_collection$|^AWS::OpenSearchServerless::Collection$/, 'opensearch-serverless'],
  [/^aws(?:cc)?_kendra_index$|^AWS::Kendra::Index$/, 'amazon-kendra'],
  [/^aws(?:cc)?_s3vectors_|^AWS::S3Vectors::/, 's3-vectors'],
  [/^azurerm_search_service$|^Microsoft\.Search\/searchServices$/, 'azure-ai-search'],
  [/^google_vertex_ai_index(?:_endpoint)?$/, 'vertex-ai-vector-search'],
  [/^pinecone_index$/, 'pinecone'],
  [/^qdrant-cloud_\w*cluster$/, 'qdrant'],
  [/^zillizcloud_\w*cluster$/, 'milvus'],
  [/^databricks_vector_search_/, 'databricks-vector-search'],
  [/^aws(?:cc)?_bedrock(?:agent)?_knowledge_base$|^AWS::Bedrock::KnowledgeBase$/, ''],
]

/** Modules of Terraform that make more than they are called for, and the words by which they are told to. */
export const MODULES: readonly {
  source: RegExp
  provider: string
  /** An agent is made, unless this says no. */
  agent: { unless: string; name: string }
  store: { when: string; is: string }
}[] = [
  {
    source: /^aws-ia\/bedrock\/aws(?:\/|$)|github\.com[/:]aws-ia\/terraform-aws-bedrock(?:\.git)?(?:[/?]|$)/,
    provider: 'aws-bedrock',
    agent: { unless: 'create_agent', name: 'agent_name' },
    store: { when: 'create_default_kb', is: 'opensearch-serverless' },
  },
]

/** Blocks of a knowledge base that say where its vectors lie. */
export const STORE_BLOCKS: Readonly<Record<string, string>> = {
  opensearch_serverless_configuration: 'opensearch-serverless',
  opensearchserverlessconfiguration: 'opensearch-serverless',
  opensearch_managed_cluster_configuration: 'opensearch',
  pinecone_configuration: 'pinecone',
  pineconeconfiguration: 'pinecone',
  mongo_db_atlas_configuration: 'mongodb-atlas',
  mongodbatlasconfiguration: 'mongodb-atlas',
  rds_configuration: 'aurora-rds',
  rdsconfiguration: 'aurora-rds',
  redis_enterprise_cloud_configuration: 'redis',
  neptune_analytics_configuration: 'neptune-analytics',
  s3_vectors_configuration: 's3-vectors',
  kendra_knowledge_base_configuration: 'amazon-kendra',
}

export const SOURCE_BLOCKS: Readonly<Record<string, string>> = {
  s3_configuration: 's3 data source',
  web_configuration: 'web crawler data source',
  confluence_configuration: 'confluence data source',
  share_point_configuration: 'sharepoint data source',
  salesforce_configuration: 'salesforce data source',
}

export interface ImageRule {
  pattern: RegExp
  kind: 'serving' | 'store'
  /** The framework that serves, or the store. */
  name: string
}

export const IMAGES: readonly ImageRule[] = [
  { pattern: /(?:^|\/)ollama\/ollama(?::|@|$)|\/open-webui:(?:[\w.-]+-)?ollama\b/, kind: 'serving', name: 'ollama' },
  { pattern: /(?:^|\/)vllm\/vllm-(?:openai|tpu|cpu)|(?:^|\/)vllm-openai/, kind: 'serving', name: 'vllm' },
  { pattern: /lmsysorg\/sglang/, kind: 'serving', name: 'sglang' },
  { pattern: /huggingface\/text-generation-inference/, kind: 'serving', name: 'text-generation-inference' },
  { pattern: /huggingface\/text-embeddings-inference/, kind: 'serving', name: 'text-embeddings-inference' },
  { pattern: /(?:ggerganov|ggml-org)\/llama\.cpp/, kind: 'serving', name: 'llama-cpp' },
  { pattern: /(?:localai|go-skynet)\/(?:local-?ai)/i, kind: 'serving', name: 'localai' },
  { pattern: /nvcr\.io\/(?:nvidia\/)?(?:tritonserver|nim)/, kind: 'serving', name: 'triton' },
  { pattern: /pytorch\/torchserve/, kind: 'serving', name: 'torchserve' },
  { pattern: /tensorflow\/serving/, kind: 'serving', name: 'tensorflow-serving' },
  { pattern: /berriai\/litellm/, kind: 'serving', name: 'litellm' },
  { pattern: /open-webui\/open-webui/, kind: 'serving', name: 'open-webui' },
  { pattern: /langgenius\/dify/, kind: 'serving', name: 'dify' },
  { pattern: /langflowai\/langflow/, kind: 'serving', name: 'langflow' },
  { pattern: /flowiseai\/flowise/, kind: 'serving', name: 'flowise' },
  { pattern: /arizephoenix\/phoenix/, kind: 'serving', name: 'phoenix' },
  { pattern: /langfuse\/langfuse/, kind: 'serving', name: 'langfuse' },
  { pattern: /mcp\/[\w-]+(?::|$)|[\w-]*mcp-server/, kind: 'serving', name: 'mcp' },
  { pattern: /(?:kserve|rayproject\/ray-llm|xprobe\/xinference|mudler\/)/, kind: 'serving', name: 'model-server' },
  { pattern: /(?:^|\/)qdrant\/qdrant/, kind: 'store', name: 'qdrant' },
  { pattern: /chromadb\/chroma|chroma-core\/chroma/, kind: 'store', name: 'chroma' },
  { pattern: /semitechnologies\/weaviate/, kind: 'store', name: 'weaviate' },
  { pattern: /milvusdb\/milvus/, kind: 'store', name: 'milvus' },
  {
    pattern: /(?:^|\/)pgvector(?::|@|$)|timescale\/timescaledb-ha|tensorchord\/(?:pgvecto-rs|vchord)/,
    kind: 'store',
    name: 'pgvector',
  },
  { pattern: /vespaengine\/vespa/, kind: 'store', name: 'vespa' },
  { pattern: /marqoai\/marqo/, kind: 'store', name: 'marqo' },
]

/** Where a tag is left empty, a chart puts its own version. */
export const OF_CHART = 'of the chart'

/** Charts of Helm by their names. */
export const CHARTS: readonly [RegExp, string, 'serving' | 'store'][] = [
  [/^ollama$/, 'ollama', 'serving'],
  [/^vllm(?:-stack)?$/, 'vllm', 'serving'],
  [/^kserve(?:-\w+)?$/, 'kserve', 'serving'],
  [/^(?:kuberay-operator|ray-cluster)$/, 'ray', 'serving'],
  [/^kubeai$/, 'kubeai', 'serving'],
  [/^local-?ai$/, 'localai', 'serving'],
  [/^litellm(?:-helm)?$/, 'litellm', 'serving'],
  [/^open-webui$/, 'open-webui', 'serving'],
  [/^langfuse$/, 'langfuse', 'serving'],
  [/^qdrant$/, 'qdrant', 'store'],
  [/^weaviate$/, 'weaviate', 'store'],
  [/^milvus(?:-operator)?$/, 'milvus', 'store'],
  [/^chroma(?:db)?$/, 'chroma', 'store'],
]

/** Actions that let a model work on a repository. */
export const AI_ACTIONS =
  /^(?:anthropics\/claude-code(?:-base)?-action|google-github-actions\/run-gemini-cli|google-gemini\/gemini-cli-action|openai\/codex-action|actions\/ai-inference|github\/copilot-[\w-]+|coderabbitai\/[\w-]+|codium-ai\/pr-agent|qodo-ai\/pr-agent|cursor\/[\w-]+|sst\/opencode\/github|all-hands-ai\/openhands-resolver|aider-chat\/[\w-]+|warpdotdev\/[\w-]+|block\/goose[\w-]*|continuedev\/[\w-]+|freeedcom\/ai-codereviewer|anc95\/chatgpt-codereview|platisd\/openai-pr-description|augmentcode\/[\w-]+)(?:\/|@|$)/i

/** Whom an action asks, where it asks one alone. */
export const ACTION_PROVIDERS: readonly [RegExp, string][] = [
  [/^anthropics\//i, 'anthropic'],
  [/^(?:google-github-actions\/run-gemini-cli|google-gemini\/)/i, 'google'],
  [/^openai\//i, 'openai'],
  [/^actions\/ai-inference/i, 'github-models'],
]

/** Names of stores, as settings choose them. */
const STORE_NAMES: Readonly<Record<string, string>> = {
  qdrant: 'qdrant',
  cosmosdb: 'azure-cosmos-db',
  chroma: 'chroma',
  chromadb: 'chroma',
  pinecone: 'pinecone',
  weaviate: 'weaviate',
  milvus: 'milvus',
  pgvector: 'pgvector',
  postgres: 'pgvector',
  faiss: 'faiss',
  hnswlib: 'hnswlib',
  lancedb: 'lancedb',
  redis: 'redis',
  singlestore: 'singlestore',
  turbopuffer: 'turbopuffer',
  zilliz: 'milvus',
  elasticsearch: 'elasticsearch',
  opensearch: 'opensearch',
  clickhouse: 'clickhouse',
  azuresearch: 'azure-ai-search',
  cloudflare: 'cloudflare-vectorize',
  mariadb: 'mariadb',
  meilisearch: 'meilisearch',
  mongodb: 'mongodb-atlas',
  neo4j: 'neo4j',
  supabase: 'supabase',
  surrealdb: 'surrealdb',
  lucene: 'lucene',
  typesense: 'typesense',
}

export function storeNamed(word: string): string | undefined {
  const name = word.toLowerCase().replaceAll(/[_-]/g, '')
  return Object.hasOwn(STORE_NAMES, name) ? STORE_NAMES[name] : undefined
}

/** Stores that keep nothing but vectors. */
export const ONLY_VECTORS: ReadonlySet<string> = new Set([
  'qdrant',
  'chroma',
  'pinecone',
  'weaviate',
  'milvus',
  'pgvector',
  'faiss',
  'lancedb',
])
