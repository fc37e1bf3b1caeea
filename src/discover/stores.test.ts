// Stores of vectors by every sign that no import gives, and the same words where they mean something else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storeOfVariable } from './knowledge/stores.ts'
import { readShell } from './read/shell.ts'
import { tryTrees } from './testing.ts'

tryTrees([
  ...(
    [
      [
        'ruby',
        'db/migrate/1_a.rb',
        'class A < B\n  def change\n    enable_extension "vector"\n  end\nend\n',
        'pgvector',
      ],
      ['a schema of Rails', 'db/schema.rb', 'create_table "a" do |t|\n  t.vector "e", limit: 1536\nend\n', 'pgvector'],
      ['a model of Rails', 'app/models/a.rb', 'class A < ApplicationRecord\n  has_neighbors :e\nend\n', 'pgvector'],
      ['a migration of Laravel', 'a.php', '<?php\n$table->vector("embedding", 1536);\n// embeddings\n', 'pgvector'],
      [
        'Entity Framework',
        'A.cs',
        'class A { void F() { b.HasPostgresExtension("vector"); b.UseVector(); } }\n',
        'pgvector',
      ],
      [
        'the search of Vertex AI',
        'a.py',
        'from google.cloud.aiplatform_v1 import IndexServiceClient, Index\nc = IndexServiceClient()\n',
        'vertex-ai-vector-search',
      ],
      [
        'the answers of OpenSearch from Java',
        'A.java',
        'class A { void f(Map<String, Object> ext) { ext.put("generative_qa_parameters", embeddings); } }\n',
        'opensearch',
      ],
      [
        'the neural search of OpenSearch',
        'a.py',
        'import openai\nq = {"neural": {"e": {"query_text": t, "model_id": m, "k": 5}}}\n',
        'opensearch',
      ],
      [
        'Drizzle',
        'a.ts',
        'import { vector } from "drizzle-orm/pg-core"\nconst e = vector("embedding", { dimensions: 3 })\n',
        'pgvector',
      ],
      ['Prisma', 'schema.prisma', 'model A {\n  embedding Unsupported("vector(1536)")?\n}\n', 'pgvector'],
      [
        'extensions of Prisma',
        'schema.prisma',
        'datasource db {\n  extensions = [pgvector(map: "vector")]\n}\n',
        'pgvector',
      ],
      [
        'Cosmos DB',
        'A.cs',
        'class A { object f() { return new P() { VectorEmbeddingPolicy = new(x) }; } }\n',
        'azure-cosmos-db',
      ],
      [
        'a search of MongoDB',
        'a.ts',
        'const p = [{ $vectorSearch: { index: "i", queryVector: v } }]\n',
        'mongodb-atlas',
      ],
      [
        'an index of Elasticsearch',
        'a.py',
        'm = {"properties": {"e": {"type": "dense_vector", "dims": 3}}}\n',
        'elasticsearch',
      ],
      [
        'a script of Elasticsearch',
        'a.py',
        'q = {"script_score": {"script": {"source": "cosineSimilarity(params.query_vector, \'e\') + 1.0"}}}\n',
        'elasticsearch',
      ],
      [
        'the nearest of Elasticsearch',
        'a.ts',
        'const q = { knn: { field: "e", query_vector: v, k: 3, num_candidates: 30 } }\n',
        'elasticsearch',
      ],
      ['what a command is given', 'a.sh', 'docker run -d --rm \\\n  -e QDRANT_URL=http://db:1 acme/llama\n', 'qdrant'],
      [
        'a container of a script',
        'a.sh',
        'set -e\ncd x && docker run -p 6333:6333 -v $PWD/q:/q qdrant/qdrant:v1\n',
        'qdrant',
      ],
      ['where it answers', '.env', 'SEARCH_AT=https://acme.search.windows.net\n', 'azure-ai-search'],
      ['an index of OpenSearch', 'a.py', 'm = {"properties": {"e": {"type": "knn_vector"}}}\n', 'opensearch'],
      ['an index of Redis', 'a.js', 'import { SCHEMA_VECTOR_FIELD_ALGORITHM } from "redis"\n', 'redis'],
      [
        'an index of Cosmos DB for MongoDB',
        'a.py',
        'import openai\ni = {"key": {"embedding": "x"}, "cosmosSearchOptions": {"kind": "vector-ivf"}}\n',
        'azure-cosmos-db',
      ],
      [
        'an index of AnalyticDB',
        'a.py',
        'import openai\nq = "CREATE INDEX i ON t USING ann(embedding) WITH (dim=3)"\n',
        'analyticdb',
      ],
      [
        'a gem by its constant',
        'a.rb',
        'class A\n  def find\n    i = ::Hnswlib::HierarchicalNSW.new(dim: 3)\n  end\nend\n',
        'hnswlib',
      ],
      ['a class that ends in its kind', 'a.py', 'from agno.docker.app.postgres import PgVectorDb\n', 'pgvector'],
      ['an index of libSQL', 'a.py', 'import voyageai\nq = "create table a (e F32_BLOB(512))"\n', 'libsql'],
      [
        'a box of n8n',
        'flow.json',
        '{"nodes": [{"type": "@n8n/n8n-nodes-langchain.vectorStorePGVector", "parameters": {}}]}\n',
        'pgvector',
      ],
      [
        'a box of Flowise',
        'flow.json',
        '{"nodes": [{"data": {"name": "qdrant", "type": "Qdrant", "category": "Vector Stores"}}, {"data": {"name": "redis", "category": "Cache", "llm": 1}}]}\n',
        'qdrant',
      ],
      [
        'an index of Neo4j',
        'a.py',
        'q = "CREATE VECTOR INDEX plots IF NOT EXISTS FOR (m:Movie) ON m.embedding"\n',
        'neo4j',
      ],
      ['a search of DuckDB', 'a.py', 'import duckdb\nimport openai\nc.execute("INSTALL vss; LOAD vss;")\n', 'duckdb'],
      [
        'a comparison in DuckDB, the table unknown',
        'a.py',
        'import openai\nq = f"SELECT id, array_inner_product(e, ?::FLOAT[{dim}]) FROM {table}"\n',
        'duckdb',
      ],
      [
        'a query of Vespa over HTTP',
        'a.py',
        'q = {"yql": "select * from docs where {targetHits: 5}nearestNeighbor(title_embedding, q)"}\n',
        'vespa',
      ],
      [
        'a query of Typesense',
        'a.ts',
        "import Typesense from 'typesense'\nconst q = { vector_query: `vec:([], id: ${id}, k: 20)` }\n",
        'typesense',
      ],
      [
        'a collection of Typesense that embeds by itself',
        'a.js',
        "import Typesense from 'typesense'\nconst f = { name: 'e', embed: { from: ['title'], model_config: { model_name: 'ts/e5-small' } } }\n",
        'typesense',
      ],
      ['an extension that SQLite loads', 'A.cs', 'class A { void F() { c.LoadExtension("./vec0"); } }\n', 'sqlite-vec'],
      [
        'a function of that extension, the table unknown',
        'a.ts',
        'import { db } from "./db"\ndb.run(`INSERT INTO ${table} (id, e) VALUES (?, vec_f32(?))`)\n',
        'sqlite-vec',
      ],
      [
        'a table of Cassandra',
        'a.py',
        'import openai\nq = "SELECT * FROM t ORDER BY e ANN OF %s LIMIT 3"\n',
        'cassandra',
      ],
      [
        'a query of TiDB',
        'a.py',
        'import openai\nq = "select id from t order by vec_cosine_distance(e, %s)"\n',
        'tidb',
      ],
      ['a column of Oracle', 'a.py', 'import openai\nq = "create table t (e vector(384, float32))"\n', 'oracle'],
      ['a query of Snowflake', 'a.py', 'import openai\nq = "select vector_l2_distance(a, b) from t"\n', 'snowflake'],
      [
        'a query of ClickHouse',
        'a.ts',
        'import OpenAI from "openai"\nconst q = `SELECT id FROM ${t} ORDER BY cosineDistance(e, ${v})`\n',
        'clickhouse',
      ],
      [
        'a query of SurrealDB',
        'a.ts',
        'import OpenAI from "openai"\nconst q = "SELECT vector::similarity::cosine(e, $v) FROM t"\n',
        'surrealdb',
      ],
      ['a query of Redis', 'a.go', 'package a\n// embeddings\nfunc f() { q := "*=>[KNN 3 @e $v AS s]" }\n', 'redis'],
      ['a query of Solr', 'a.py', 'import openai\nq = "{!knn f=e topK=3}" + v\n', 'solr'],
      [
        'a query of Weaviate',
        'a.py',
        'import openai\nq = "{ Get { Page(nearVector: {vector: [1]}) { title } } }"\n',
        'weaviate',
      ],
      [
        'a path of Qdrant',
        'a.rs',
        '// embeddings\nfn f() { let u = format!("{}/collections/{}/points/search", base, name); }\n',
        'qdrant',
      ],
      [
        'a path of Chroma',
        'a.ts',
        'import OpenAI from "openai"\nconst u = `${base}/api/v1/collections/${id}/query`\n',
        'chroma',
      ],
      ['a path of Milvus', 'a.ts', 'import OpenAI from "openai"\nconst u = "/v2/vectordb/entities/search"\n', 'milvus'],
      ['a path of Vespa', 'a.py', 'import openai\nu = f"{base}/document/v1/{ns}/page/docid/{id}"\n', 'vespa'],
      [
        'where a cloud answers',
        'a.py',
        'import openai\nu = "https://acme-eu1-vector.upstash.io/query"\n',
        'upstash-vector',
      ],
      [
        'a stage of MongoDB in Java',
        'A.java',
        'class A { void f() { p.add(new Document("$vectorSearch", embeddings)); } }\n',
        'mongodb-atlas',
      ],
      [
        'a request to Azure',
        'a.ts',
        'import OpenAI from "openai"\nconst b = { vectorQueries: [{ kind: "vector", vector: v }] }\n',
        'azure-ai-search',
      ],
      [
        'an index of Kendra from Go',
        'a.go',
        'package a\nimport "github.com/aws/aws-sdk-go-v2/service/kendra"\n',
        'amazon-kendra',
      ],
      [
        'an index of Kendra by the name of the service',
        'a.py',
        'import boto3\nk = boto3.client("kendra")\n',
        'amazon-kendra',
      ],
      [
        'a base of knowledge that a command makes',
        'a.ts',
        'import { BedrockAgentClient, CreateKnowledgeBaseCommand } from "@aws-sdk/client-bedrock-agent"\n',
        'aws-bedrock-knowledge-base',
      ],
      [
        'a base of knowledge that Python makes',
        'a.py',
        'import boto3\nb = boto3.client("bedrock-agent")\nb.create_knowledge_base(name="n", storageConfiguration=s)\n',
        'aws-bedrock-knowledge-base',
      ],
      ['a gem of another index', 'Gemfile', 'gem "annoy-rb"\n', 'annoy'],
      ['a query of SQL Server', 'a.sql', "select vector_distance('cosine', @v, embedding) from t;\n", 'sql-server'],
      [
        'a binding of Cloudflare',
        'wrangler.toml',
        '[[vectorize]]\nbinding = "V"\nindex_name = "docs"\n',
        'cloudflare-vectorize',
      ],
      ['a property of Spring', 'application.properties', 'spring.ai.vectorstore.qdrant.host=db\n', 'qdrant'],
      [
        'a section of Spring',
        'application.yml',
        'spring:\n  ai:\n    vectorstore:\n      weaviate:\n        host: db\n',
        'weaviate',
      ],
      ['a property of Quarkus', 'application.properties', 'quarkus.langchain4j.pgvector.dimension=384\n', 'pgvector'],
      ['a section of .NET', 'appsettings.json', '{"OpenAI": {}, "Qdrant": {"Endpoint": "http://db:6333"}}\n', 'qdrant'],
      [
        'a connection string',
        'appsettings.json',
        '{"ConnectionStrings": {"milvus": "Endpoint=http://db:19530"}}\n',
        'milvus',
      ],
      ['a variable that code reads', 'a.py', 'import os\nu = os.environ["QDRANT_URL"]\n', 'qdrant'],
      [
        'a variable of a container',
        'docker-compose.yml',
        'services:\n  a:\n    environment:\n      CHROMA_HOST: db\n',
        'chroma',
      ],
      ['a release of Helm', 'a.tf', 'resource "helm_release" "q" {\n  chart = "qdrant"\n}\n', 'qdrant'],
      [
        'an extension in Terraform',
        'a.tf',
        'resource "postgresql_extension" "v" {\n  name = "vector" # pgvector\n}\n',
        'pgvector',
      ],
      ['an image', 'docker-compose.yml', 'services:\n  db:\n    image: acme/pgvector:16\n', 'pgvector'],
      ['a gem', 'Gemfile', 'gem "neighbor"\n', 'pgvector'],
      ['a package of Go', 'a.go', 'package a\nimport "github.com/tmc/langchaingo/vectorstores/qdrant"\n', 'qdrant'],
    ] as const
  ).map(([title, file, text, store]): Parameters<typeof tryTrees>[0][number] => [
    `a store by ${title}`,
    'vectorStores',
    { [file]: text },
    [store],
  ]),
  [
    'words that also mean something else',
    'vectorStores',
    {
      'a.ts': 'import { OpenAI } from "openai"\nconst v = vector("x")\nconst t = "a vector search (for people)"\n',
      'docker-compose.yml': 'services:\n  qdrant:\n    image: acme/llama\n    ports: ["1:1"]\n',
      'a.tf':
        'resource "helm_release" "r" {\n  chart = "ollama"\n}\nresource "postgresql_extension" "e" {\n  name = "vectorless"\n}\n',
      'b.ts': 'import { OpenAI } from "openai"\nconst t = { constructor: "constructor", valueOf: "toString" }\n',
      'b.yaml': 'vector_store:\n  type: constructor\nconstructor:\n  host: openai\n',
      'A.cs': 'using OpenAI;\nclass A { void F() { b.HasPostgresExtension("citext"); } }\n',
      'c.py':
        'import openai\nsearch(num_candidates=3)\nq = {"source": "cosineSimilarity(params.query_vector, doc[\'e\'])"}\n',
      'd.py':
        'import openai\ndef search():\n  return vector_query(client, 3)\nt = "array_agg(x) of nearestNeighbor and vec0 (see docs)"\nu = "/collections/shoes/products"\nv = "L2Distance of KNN, a vector_distance, https://docs.pinecone.io/guides"\n',
      'a.sh':
        'echo "docker run qdrant/qdrant"\ndocker run -v /data/qdrant/qdrant:/x acme/llama\necho $QDRANT_URL openai\ncat QDRANT_URL\n',
    },
    [],
  ],
])

tryTrees([
  [
    'a crate that is called by its path, where the manifest brings it',
    'vectorStores',
    {
      'Cargo.toml': '[dependencies]\nvectordb = "0.4"\n',
      'src/main.rs': 'async fn run() {\n    let db = vectordb::connect("x").await?;\n}\n',
    },
    ['lancedb'],
  ],
  [
    'the same path where it is a module of the project',
    'vectorStores',
    {
      'Cargo.toml': '[dependencies]\nasync-openai = "0.2"\n',
      'src/main.rs': 'async fn run() {\n    let db = vectordb::connect("x").await?;\n}\n',
    },
    [],
  ],
])

test('variables of a store', () => {
  for (const name of ['QDRANT_URL', 'MY_PINECONE_INDEX_NAME', 'CHROMA_SERVER_HOST', 'MILVUS_URI'])
    assert.notEqual(storeOfVariable(name), undefined, name)
  for (const name of ['QDRANT', 'CHROMATIC_URL', 'PINECONE_FEATURE', 'VECTOR_URL'])
    assert.equal(storeOfVariable(name), undefined, name)
})

test('a script of the shell says what it keeps and what it runs', () => {
  const text = '#!/bin/sh\nexport A="x-1"\n# B=2\nrun --a "$A" \\\n  --b ${C:-d} $E\n'
  assert.deepEqual(
    readShell(text).map((one) => [
      one.line,
      one.kind === 'assign' ? one.target : '',
      one.kind === 'assign' || one.kind === 'do' ? one.value.kind === 'text' && one.value.value : '',
    ]),
    [
      [2, 'A', 'x-1'],
      [4, '', 'run --a "x-1"    --b d $E'],
    ],
  )
})

tryTrees([
  [
    'a folder with a file for each',
    'vectorStores',
    {
      'src/Store/Pinecone/Store.php': '<?php // pinecone\n',
      'src/Store/ChromaDb/Store.php': '<?php // chromadb\n',
      'src/Store/Meilisearch/Store.php': '<?php // vectorstore\n',
      'src/Store/Base.php': '<?php // vectorstore\n',
    },
    ['chroma', 'meilisearch', 'pinecone'],
  ],
  [
    'collections of a cloud that are asked for by their service',
    'vectorStores',
    { 'a.py': '# embeddings\nimport boto3\na = boto3.client("opensearchserverless")\nb = boto3.client("s3vectors")\n' },
    ['opensearch-serverless', 's3-vectors'],
  ],
  [
    'databases that keep other things as well',
    'vectorStores',
    {
      'src/databases/redis.ts': '// embeddings\n',
      'src/databases/mongodb.ts': '// embeddings\n',
      'src/databases/postgres.ts': '// embeddings\n',
    },
    [],
  ],
])
