// SDKs, frameworks and vector stores. A manifest shows what a project may use, an import what it does: a vector store
// that is only installed holds nothing.
import { isDocumentation, isTest } from '../classify.ts'
import { lockFormatOf } from '../knowledge/locks.ts'
import { ECOSYSTEMS, packageNamed, type Package, UNKNOWN_MCP } from '../knowledge/packages.ts'
import { exactVersion, purlOf } from '../knowledge/purl.ts'
import type { Evidence } from './evidence.ts'

/** Frameworks bring their stores under these names. */
const STORE_CLASSES: readonly [RegExp, string][] = [
  [/^(?:FAISS|FaissVectorStore|FaissStore|FaissDocumentStore)$/, 'faiss'],
  [/^(?:Chroma|ChromaVectorStore|ChromaDocumentStore|ChromaEmbeddingStore|ChromaDB|ChromaDb)$/, 'chroma'],
  [/^(?:Pinecone|PineconeVectorStore|PineconeStore|PineconeEmbeddingStore|PineconeDb)$/, 'pinecone'],
  [/^(?:Qdrant|QdrantVectorStore|QdrantEmbeddingStore|QdrantDocumentStore)$/, 'qdrant'],
  [
    /^(?:PGVector|PGVectorStore|PgVector\d*|PgVectorD[Bb]|PgVectorStore|PgVectorEmbeddingStore|PgvectorDocumentStore|PGEngine|DoctrineVectorStore)$/,
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
  [
    /^AzureCosmosDB(?:NoSQL|NoSql|Mongo\w*)?Vector(?:Store|Search)$|^CosmosDB?(?:NoSql)?VectorStore$/,
    'azure-cosmos-db',
  ],
  [/^(?:AstraDBVectorStore|AstraDB)$/, 'astra-db'],
  [/^(?:CassandraEmbeddingStore|Cassandra)$/, 'cassandra'],
  [/^(?:Clickhouse|ClickHouseVectorStore|MyScale)$/, 'clickhouse'],
  [/^(?:SingleStoreDB|SingleStoreVectorStore)$/, 'singlestore'],
  [/^(?:UpstashVectorStore)$/, 'upstash-vector'],
  [/^S3Vectors\w*Store$/, 's3-vectors'],
  [
    /^(?:InMemoryVectorStore|MemoryVectorStore|InMemoryEmbeddingStore|SimpleVectorStore|InMemoryDocumentStore|DocArrayInMemorySearch|VolatileMemoryStore|SimpleVectorStore)$/,
    'in-memory',
  ],
  [
    /^(?:AmazonKnowledgeBasesRetriever|RetrieveCommand|(?:RetrieveAndGenerate|CreateKnowledgeBase)(?:Command|Request)|BedrockKnowledgeBaseRetriever|AmazonKnowledgeBaseRetriever)$/,
    'aws-bedrock-knowledge-base',
  ],
  [/^(?:AmazonKendraRetriever|KendraClient)$/, 'amazon-kendra'],
  [/^(?:VertexAIVectorSearch|VectorSearchVectorStore|MatchingEngine)$/, 'vertex-ai-vector-search'],
]

export const storeOfClass = (name: string): string | undefined =>
  STORE_CLASSES.find(([pattern]) => pattern.test(name))?.[1]

/** One that nobody here knows is called like its class, which a library of AI brings: `CouchbaseEmbeddingStore`. */
function storeOfLibrary(name: string, pack: Package): string | undefined {
  if (pack.vectorStore !== undefined || pack.frameworks.length === 0) return undefined
  const [, called = ''] = /^([A-Z]\w+?)(?:Vector|Embedding)(?:Store|D[Bb])$/.exec(name) ?? []
  return called === '' || NO_STORE.test(called) ? undefined : called.toLowerCase()
}

const NO_STORE =
  /^(?:Base|Basic|File|Abstract|Async|Custom|Default|Local|Managed|Multi|Simple|InMemory|Memory|Text|Document|Fake|Mock)/

/** Of the JVM, a starter on the class path is all that it takes; of Ruby, a gem in the Gemfile. */
const startsItself = (ecosystem: string, name: string): boolean =>
  ecosystem === 'gem' ||
  (ecosystem === 'maven' && /starter|-store(?:-spring-boot-starter)?$|^io\.quarkiverse\./.test(name))

export function findPackages(evidence: Evidence) {
  const { project, collector } = evidence
  /** As the manifest writes it: a module of Go carries its major version. */
  const declared = new Map<Package, string>()
  const locks = new Locks(project.dependencies)
  const central = new Map(
    project.dependencies.flatMap(({ ecosystem, name, direct, version }) =>
      ecosystem === 'nuget' && !direct ? [[name.toLowerCase(), version] as const] : [],
    ),
  )
  for (const dependency of project.dependencies) {
    const { file, ecosystem, name, line, direct, development } = dependency
    const known = ECOSYSTEMS.includes(ecosystem) ? packageNamed(ecosystem, name) : undefined
    if (!known || !direct || isTest(file) || isDocumentation(file)) continue
    declared.set(known, ecosystem === 'golang' ? name : known.name)
    const locked = locks.of(known, file)
    const allowed = dependency.version ?? (ecosystem === 'nuget' ? central.get(name.toLowerCase()) : undefined)
    const version = locked?.version ?? exactVersion(ecosystem, allowed)
    const which = { version: version ?? allowed, purl: purlOf(ecosystem, name, version) }
    const range = version === allowed ? undefined : allowed
    sdk(evidence, declared.get(known) ?? name, known, { file, line, development, range, ...which })
    if (locked) collector.add('sdks', declared.get(known) ?? name, { file: locked.file, line: locked.line })
    for (const framework of known.tools.length > 0 ? [] : known.frameworks) {
      collector.add('frameworks', framework, {
        file,
        line,
        confidence: development ? 0.6 : 0.9,
        attributes: { ecosystem, via: name, ...which },
      })
    }
    if (known.vectorStore !== undefined && !development && startsItself(ecosystem, name)) {
      collector.add('vectorStores', known.vectorStore, {
        file,
        line,
        confidence: 0.8,
        attributes: { via: name, ...which },
      })
    }
  }
  for (const unit of project.units) {
    if (isDocumentation(unit.file)) continue
    const ai = evidence.packages(unit)
    for (const { pack, names, module, line } of ai) {
      const { file } = unit
      if (pack === UNKNOWN_MCP) continue
      const name = declared.get(pack)
      const locked = locks.of(pack, file)
      const which =
        locked?.version === undefined
          ? {}
          : { version: locked.version, purl: purlOf(pack.ecosystem, pack.name, locked.version) }
      if (name === undefined) sdk(evidence, pack.name, pack, { file, line, imported: true, ...which })
      else collector.add('sdks', name, { file, line })
      const tool = pack.tools.some((one) => module === one || module.startsWith(`${one}.`))
      for (const framework of tool ? [] : pack.frameworks) {
        collector.add('frameworks', framework, {
          file,
          line,
          attributes: { ecosystem: pack.ecosystem, via: pack.name, ...which },
        })
      }
      if (pack.vectorStore !== undefined)
        collector.add('vectorStores', pack.vectorStore, { file, line, attributes: { via: pack.name, ...which } })
      for (const { name } of names) {
        const store = storeOfClass(name) ?? storeOfLibrary(name, pack)
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
  throughOthers(evidence, locks, declared)
}

/** What came along with another package: part of the system, though nobody here asked for it. */
function throughOthers({ collector }: Evidence, locks: Locks, declared: ReadonlyMap<Package, string>) {
  for (const { pack, file, line, version, development } of locks.all()) {
    if (declared.has(pack) || collector.has('sdks', pack.name) || isTest(file) || isDocumentation(file)) continue
    collector.add('sdks', pack.name, {
      file,
      line,
      confidence: 0.6,
      stance: 'inferred',
      attributes: {
        ecosystem: pack.ecosystem,
        version,
        purl: purlOf(pack.ecosystem, pack.name, version),
        transitive: true,
        development: development || undefined,
      },
    })
  }
}

interface Locked {
  pack: Package
  file: string
  line: number
  version: string | undefined
  development: boolean
}

/** What the lock files of a scan hold. The closest above a file counts for it; of several versions there the newest. */
class Locks {
  readonly #held = new Map<Package, Locked[]>()

  constructor(dependencies: Evidence['project']['dependencies']) {
    for (const { file, ecosystem, name, line, version, development } of dependencies) {
      const pack = lockFormatOf(file) ? packageNamed(ecosystem, name) : undefined
      if (!pack) continue
      const held = this.#held.get(pack) ?? []
      held.push({ pack, file, line, version, development })
      this.#held.set(pack, held)
    }
  }

  of(pack: Package, file: string): Locked | undefined {
    const above = (this.#held.get(pack) ?? []).filter((one) => file.startsWith(folderOf(one.file)))
    return above.toSorted(
      (a, b) =>
        folderOf(b.file).length - folderOf(a.file).length ||
        (b.version ?? '').localeCompare(a.version ?? '', 'en', { numeric: true }),
    )[0]
  }

  all(): Locked[] {
    return [...this.#held.values()].flat()
  }
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

interface Seen {
  file: string
  line: number
  version?: string | undefined
  purl?: string
  /** What the manifest allows, where that is more than one version. */
  range?: string | undefined
  development?: boolean
  imported?: boolean
}

function sdk(
  { collector }: Evidence,
  name: string,
  pack: Package,
  { file, line, development, imported, version, purl, range }: Seen,
) {
  collector.add('sdks', name, {
    file,
    line,
    confidence: imported ? 0.8 : 0.95,
    stance: imported ? 'inferred' : 'declared',
    attributes: {
      ecosystem: pack.ecosystem,
      version,
      purl,
      range,
      development: development || undefined,
      undeclared: imported || undefined,
    },
  })
}
