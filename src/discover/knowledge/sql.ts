// AI in databases: functions that ask a model, and extensions that keep vectors.

/** By the whole name of the function, in lower case. */
export const SQL_FUNCTIONS: readonly [RegExp, string][] = [
  [/^snowflake\.cortex\.|^ai_(?:complete|classify|filter|agg|embed|extract|sentiment|transcribe)$/, 'snowflake-cortex'],
  [/^ai_(?:query|gen|summarize|translate|analyze_sentiment|fix_grammar|mask|similarity|forecast)$/, 'databricks'],
  [
    /^ml\.(?:generate_\w+|understand_text|process_document|transcribe)$|^ai\.(?:generate\w*|if|score)$|^google_ml\./,
    'google-vertex-ai',
  ],
  [/^azure_openai\.|^azure_ai\./, 'azure-openai'],
  [/^(?:ai\.)?openai_\w+$|^openai\./, 'openai'],
  [/^(?:ai\.)?ollama_\w+$/, 'ollama'],
  [/^(?:ai\.)?anthropic_\w+$/, 'anthropic'],
  [/^(?:ai\.)?cohere_\w+$/, 'cohere'],
  [/^(?:ai\.)?voyageai_\w+$/, 'voyage'],
  [/^aws_bedrock\.|^invoke_bedrock/, 'aws-bedrock'],
]

/** In SQL that stands in a file of its own or in a text of a program. */
export const VECTOR_STATEMENTS: readonly [RegExp, string][] = [
  [/create\s+extension\s+(?:if\s+not\s+exists\s+)?["']?(?:vector|vectorscale|pgvector|vchord)\b/i, 'pgvector'],
  [/\busing\s+ann\s*\(/i, 'analyticdb'],
  [/\busing\s+(?:hnsw|ivfflat|diskann)\s*\(\s*"?\w+"?\s+vector_/i, 'pgvector'],
  // MariaDB writes vectors by other functions, and has no digits in them.
  [/\bvec_(?:f32|int8|bit|quantize_binary|version)\s*\(/i, 'sqlite-vec'],
  [
    /\bvec_(?:distance\w*|fromtext|totext)\s*\(|\bvector\s+index\s*(?:[`"]?\w+[`"]?\s*)?\(\s*[`"]?\w+[`"]?\s*\)/i,
    'mariadb',
  ],
  [/(?:<->|<=>|<#>)[^;]{0,80}::vector\b|::vector\b[^;]{0,80}(?:<->|<=>|<#>)/i, 'pgvector'],
  [/create\s+table\b[^;]{0,2000}\bvector\s*\(\s*\d{2,5}\s*\)/i, 'pgvector'],
  [/\bextensions\s*=\s*\[[^\]]*\b(?:pg)?vector\b|\bUnsupported\("(?:half)?vec(?:tor)?\(/, 'pgvector'],
  [/\bdb\.index\.vector\.|\bcreate\s+vector\s+index\b[^;(]{0,200}\bfor\s*\(/i, 'neo4j'],
  [/\bFT\.CREATE\b[^;]{0,1000}\bVECTOR\s+(?:HNSW|FLAT)\b/i, 'redis'],
  [/\bvector_search\s*\(\s*table\b/i, 'bigquery'],
  [/\bvector_distance\s*\(\s*'(?:cosine|euclidean|dot)'/i, 'sql-server'],
  [/\bVectorDistance\s*\(\s*c\./, 'azure-cosmos-db'],
  [/\bF32_BLOB\s*\(\s*\d|\blibsql_vector_idx\s*\(/i, 'libsql'],
  [/create\s+virtual\s+table\s+\S+\s+using\s+vec0\b|(?:^|[/\\])vec0(?:\.(?:so|dll|dylib))?$/i, 'sqlite-vec'],
  [/create\s+virtual\s+table\s+\S+\s+using\s+vss0\b|(?:^|[/\\])vss0(?:\.(?:so|dll|dylib))?$/i, 'sqlite-vss'],
  [
    /\b(?:install|load)\s+vss\b|\barray_(?:cosine_(?:similarity|distance)|(?:negative_)?inner_product|distance)\s*\(/i,
    'duckdb',
  ],
  // Of Typesense, what is asked beside the words: `embedding:([0.1, 0.2], k: 10)`.
  [/^\s*\w+:\(\s*\[[^\]]{0,4000}\]\s*,\s*(?:id|k|distance_threshold|alpha|ef|flat_search_cutoff)\s*:/, 'typesense'],
  // Of Vespa, what is asked in YQL or in a profile of ranking.
  [/\bnearestNeighbor\s*\(\s*\w+\s*,\s*\w+\s*\)/, 'vespa'],
  [/\bvector\s*<\s*float\s*,\s*\d+\s*>|\border\s+by\s+\w+\s+ann\s+of\b/i, 'cassandra'],
  [/\bvec_(?:cosine|l[12])_distance\s*\(|\bvec_negative_inner_product\s*\(/i, 'tidb'],
  [
    /\bvector\s*\(\s*\d+\s*,\s*float(?:32|64)\s*\)|\bvector_distance\s*\([^()]*,\s*(?:cosine|euclidean|dot)\s*\)/i,
    'oracle',
  ],
  [/\bvector_(?:cosine_similarity|l2_distance|inner_product)\s*\(|\bvector\s*\(\s*float\s*,\s*\d+\s*\)/i, 'snowflake'],
  [/\b(?:cosineDistance|L2Distance)\s*\(/, 'clickhouse'],
  [/\bvector::(?:similarity|distance)::/, 'surrealdb'],
  [/=>\s*\[\s*KNN\s+\S+\s+@/, 'redis'],
  [/\{!knn\b/, 'solr'],
  [/\bGet\s*\{[^]{0,400}\bnear(?:Vector|Text|Object)\s*:\s*\{/, 'weaviate'],
  // Paths at which they answer over HTTP.
  [/\/collections\/[^/\s]+\/points(?:\/(?:search|query|scroll|delete|recommend)\b|\?|$)/, 'qdrant'],
  [/\/api\/v\d\/(?:tenants\/\S+\/)?collections\/[^/\s]+\/(?:query|add|upsert)\b/, 'chroma'],
  [/\/v2\/vectordb\/(?:collections|entities)\b/, 'milvus'],
  [/\/vectors\/upsert\b/, 'pinecone'],
  [/\/document\/v1\/[^/\s]+\/[^/\s]+\/docid\b/, 'vespa'],
  [/\/_knn_search\b/, 'elasticsearch'],
  // The script by which a search of Elasticsearch compares vectors. OpenSearch has its field as `doc['…']`.
  [/\b(?:cosineSimilarity|dotProduct|l1norm|l2norm)\s*\(\s*params\.\w+\s*,\s*\\?['"]/, 'elasticsearch'],
]

/** What each of these says, at the least: most texts are none. */
export const SAYS_VECTORS =
  /vector|vec0|vec_|vss0|\bvss\b|hnsw|ivfflat|f32_blob|using\s+ann\b|\bparams\.|\barray_|nearestNeighbor|Distance\s*\(|\bann\s+of\b|\bknn\b|_knn_|\/points\b|\/collections\/|\/docid\b|:\(\s*\[/i

export const sqlProvider = (name: string): string | undefined =>
  SQL_FUNCTIONS.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1]
