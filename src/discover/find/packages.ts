// SDKs, frameworks and vector stores. A manifest shows what a project may use, an import what it does: a vector store
// that is only installed holds nothing.
import { isDocumentation, isTest } from '../classify.ts'
import { ECOSYSTEMS, packageNamed, type Package } from '../knowledge/packages.ts'
import type { Evidence } from './evidence.ts'

/** Frameworks bring their stores under these names. */
const STORE_CLASSES: readonly [RegExp, string][] = [
  [/^(?:FAISS|FaissVectorStore|FaissStore|FaissDocumentStore)$/, 'faiss'],
  [/^(?:Chroma|ChromaVectorStore|ChromaDocumentStore|ChromaEmbeddingStore|ChromaDB|ChromaDb)$/, 'chroma'],
  [/^(?:Pinecone|PineconeVectorStore|PineconeStore|PineconeEmbeddingStore|PineconeDb)$/, 'pinecone'],
  [/^(?:Qdrant|QdrantVectorStore|QdrantEmbeddingStore|QdrantDocumentStore)$/, 'qdrant'],
  [
    /^(?:PGVector|PGVectorStore|PgVector|PgVectorStore|PgVectorEmbeddingStore|PgvectorDocumentStore|PGEngine|DoctrineVectorStore)$/,
    'pgvector',
  ],
  [/^(?:Weaviate|WeaviateVectorStore|WeaviateStore|WeaviateEmbeddingStore)$/, 'weaviate'],
  [/^(?:Milvus|MilvusVectorStore|MilvusEmbeddingStore|Zilliz)$/, 'milvus'],
  [/^(?:LanceDB|LanceDBVectorStore|LanceDb)$/, 'lancedb'],
  [/^(?:RedisVectorStore|RedisEmbeddingStore|RedisVectorSearch)$/, 'redis'],
  [
    /^(?:ElasticsearchStore|ElasticVectorSearch|ElasticsearchEmbeddingStore|ElasticsearchVectorStore)$/,
    'elasticsearch',
  ],
  [/^(?:OpenSearchVectorSearch|OpensearchVectorStore|OpenSearchEmbeddingStore|OpenSearchVectorStore)$/, 'opensearch'],
  [/^(?:MongoDBAtlasVectorSearch|MongoDBAtlasVectorStore|MongoDbEmbeddingStore)$/, 'mongodb-atlas'],
  [/^(?:SupabaseVectorStore)$/, 'supabase'],
  [/^(?:Neo4jVector|Neo4jVectorStore|Neo4jEmbeddingStore)$/, 'neo4j'],
  [/^(?:AzureSearch|AzureAISearchVectorStore|AzureAiSearchEmbeddingStore|AzureAISearchRetriever)$/, 'azure-ai-search'],
  [/^(?:AstraDBVectorStore|AstraDB)$/, 'astra-db'],
  [/^(?:CassandraEmbeddingStore|Cassandra)$/, 'cassandra'],
  [/^(?:Clickhouse|ClickHouseVectorStore|MyScale)$/, 'clickhouse'],
  [/^(?:SingleStoreDB|SingleStoreVectorStore)$/, 'singlestore'],
  [/^(?:UpstashVectorStore)$/, 'upstash-vector'],
  [
    /^(?:InMemoryVectorStore|MemoryVectorStore|InMemoryEmbeddingStore|SimpleVectorStore|InMemoryDocumentStore|DocArrayInMemorySearch|VolatileMemoryStore|SimpleVectorStore)$/,
    'in-memory',
  ],
  [
    /^(?:AmazonKnowledgeBasesRetriever|RetrieveCommand|RetrieveAndGenerateCommand|BedrockKnowledgeBaseRetriever|AmazonKnowledgeBaseRetriever)$/,
    'aws-bedrock-knowledge-base',
  ],
  [/^(?:AmazonKendraRetriever|KendraClient)$/, 'amazon-kendra'],
  [/^(?:VertexAIVectorSearch|VectorSearchVectorStore|MatchingEngine)$/, 'vertex-ai-vector-search'],
]

export const storeOfClass = (name: string): string | undefined =>
  STORE_CLASSES.find(([pattern]) => pattern.test(name))?.[1]

/** Of the JVM, a starter on the class path is all that it takes. */
const SELF_STARTING = /starter|-store(?:-spring-boot-starter)?$/

export function findPackages(evidence: Evidence) {
  const { project, collector } = evidence
  /** As the manifest writes it: a module of Go carries its major version. */
  const declared = new Map<Package, string>()
  for (const { file, ecosystem, name, version, line, direct, development } of project.dependencies) {
    const known = ECOSYSTEMS.includes(ecosystem) ? packageNamed(ecosystem, name) : undefined
    if (!known || !direct || isTest(file) || isDocumentation(file)) continue
    declared.set(known, ecosystem === 'golang' ? name : known.name)
    sdk(evidence, declared.get(known) ?? name, known, {
      file,
      line,
      ...(version === undefined ? {} : { version }),
      development,
    })
    for (const framework of known.frameworks) {
      collector.add('frameworks', framework, {
        file,
        line,
        confidence: development ? 0.6 : 0.9,
        attributes: { ecosystem, via: name },
      })
    }
    if (known.vectorStore !== undefined && ecosystem === 'maven' && SELF_STARTING.test(name)) {
      collector.add('vectorStores', known.vectorStore, { file, line, confidence: 0.8, attributes: { via: name } })
    }
  }
  for (const unit of project.units) {
    if (isDocumentation(unit.file)) continue
    const ai = evidence.packages(unit)
    for (const { pack, names, line } of ai) {
      const { file } = unit
      const name = declared.get(pack)
      if (name === undefined) sdk(evidence, pack.name, pack, { file, line, imported: true })
      else collector.add('sdks', name, { file, line })
      for (const framework of pack.frameworks) {
        collector.add('frameworks', framework, {
          file,
          line,
          attributes: { ecosystem: pack.ecosystem, via: pack.name },
        })
      }
      if (pack.vectorStore !== undefined)
        collector.add('vectorStores', pack.vectorStore, { file, line, attributes: { via: pack.name } })
      for (const { name } of names) {
        const store = storeOfClass(name)
        if (store !== undefined) collector.add('vectorStores', store, { file, line, attributes: { via: name } })
      }
    }
    if (ai.length === 0) continue
    for (const { module, name } of project.index(unit).imports.values()) {
      const store = project.isLocal(unit, module) ? undefined : storeOfClass(name)
      if (store !== undefined)
        collector.add('vectorStores', store, { file: unit.file, line: 1, attributes: { via: name } })
    }
  }
}

interface Seen {
  file: string
  line: number
  version?: string
  development?: boolean
  imported?: boolean
}

function sdk(
  { collector }: Evidence,
  name: string,
  pack: Package,
  { file, line, version, development, imported }: Seen,
) {
  collector.add('sdks', name, {
    file,
    line,
    confidence: imported ? 0.8 : 0.95,
    stance: imported ? 'inferred' : 'declared',
    attributes: {
      ecosystem: pack.ecosystem,
      version,
      development: development || undefined,
      undeclared: imported || undefined,
    },
  })
}
