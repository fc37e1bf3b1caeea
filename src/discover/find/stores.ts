// Stores of vectors that no import shows: a migration makes a column, an index has a field, a setting says where it is.
import { isTest } from '../classify.ts'
import { ONLY_VECTORS, storeNamed } from '../knowledge/infrastructure.ts'
import {
  FIELD_TYPES,
  OF_CONNECTION,
  STORE_CALLS,
  STORE_IMPORTS,
  STORE_KEYS,
  storeOfVariable,
} from '../knowledge/stores.ts'
import { SAYS_VECTORS, VECTOR_STATEMENTS } from '../knowledge/sql.ts'
import { type Expr, field, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import { readVariable } from './providers/keys-read.ts'
import { type Around, MAPS, visitUnit } from './visit.ts'

type Found = (store: string, line: number, via: string, confidence?: number) => void

const IN_CODE: ReadonlySet<Expr['kind']> = new Set(['text', 'join', 'call', 'map', 'member', 'index'])

export function findStores({ project, collector }: Evidence) {
  for (const unit of project.units) {
    if (isTest(unit.file)) continue
    const { file } = unit
    const found: Found = (store, line, via, confidence = 0.85) =>
      void collector.add('vectorStores', store, { file, line, confidence, attributes: { via } })
    const code = unit.format === 'code' || unit.format === 'notebook'
    if (code) imported(unit, found)
    visitUnit(
      unit,
      (expr, around) => (code ? inCode(expr, around, found) : inSettings(expr, around, found)),
      code ? IN_CODE : MAPS,
    )
  }
}

const usesSqlite = ({ statements }: Unit): boolean =>
  statements.some((one) => one.kind === 'import' && /sqlite/i.test(one.module))

/** `class QdrantVectorStore`: who reaches a store without a library calls the class for it. */
const OWN_CLASS =
  /^(?:(Qdrant|Pinecone|Weaviate|Milvus)(?:Vector)?(?:Store|Db|DB|Database|Repository|Client|Service|Adapter)|(Chroma|LanceDb|LanceDB|PgVector|Pgvector|Lucene)(?:Vector|Embedding)(?:Store|Db|DB|Repository|Service))$/

function imported(unit: Unit, found: Found) {
  for (const statement of unit.statements) {
    if (statement.kind === 'class') {
      const [, ...named] = OWN_CLASS.exec(statement.name) ?? []
      const store = storeNamed(named.find((one) => one !== undefined)?.toLowerCase() ?? '')
      if (store !== undefined) found(store, statement.line, 'code', 0.75)
    }
    if (statement.kind === 'assign') variable(statement.target, statement.line, found)
    if (statement.kind !== 'import') continue
    const rule = STORE_IMPORTS.find(
      ([module, name]) => module.test(statement.module) && statement.names.some((one) => name.test(one.name)),
    )
    if (rule) found(rule[2], statement.line, 'sdk')
  }
}

/** What a command is given: `docker run -e QDRANT_URL=… acme`, `QDRANT_URL=… acme`. */
const SET_FOR = /(?:^|\s)["']?([A-Z][A-Z0-9_]*)=/g

function variable(name: string, line: number, found: Found) {
  const store = storeOfVariable(name.slice(name.lastIndexOf('.') + 1))
  if (store !== undefined) found(store, line, 'variable', 0.75)
}

function inCode(expr: Expr, { unit }: Around, found: Found) {
  if (expr.kind === 'text') {
    if (unit.language === 'shell')
      for (const [, name = ''] of expr.value.matchAll(SET_FOR)) variable(name, expr.line, found)
    stated(expr.value, expr.line, unit, found)
    const store = FIELD_TYPES.get(expr.value)
    if (store !== undefined) found(store, expr.line, 'sdk')
  }
  // A table whose name is not known yet: what it is asked stands around it.
  if (expr.kind === 'join')
    stated(expr.parts.map((part) => (part.kind === 'text' ? part.value : 'x')).join(''), expr.line, unit, found)
  keys(expr, found)
  if (expr.kind === 'call') {
    const path = pathOf(expr.callee)
    const [, made] = unit.language === 'ruby' ? (/(?:^|\.)Vectorsearch\.(\w+)\.new$/.exec(path) ?? []) : []
    const store = made === undefined ? undefined : storeNamed(made)
    if (store !== undefined) found(store, expr.line, 'sdk')
    const [first] = expr.args
    const text = first?.kind === 'text' ? first.value : undefined
    const rule = STORE_CALLS.find(
      ([languages, name, wanted]) =>
        languages.test(unit.language) &&
        name.test(name.source.startsWith('\\.') ? path : lastName(expr.callee)) &&
        (wanted === undefined || (text !== undefined && wanted.test(text))),
    )
    if (rule) found(rule[3], expr.line, 'sdk')
  }
  const read =
    expr.kind === 'member' && /(?:^|\.)(?:process\.env|import\.meta\.env|env)$/.test(pathOf(expr.of))
      ? expr.name
      : readVariable(expr)
  if (read !== '') variable(read, expr.line, found)
}

const MOST_STATED = 8_000

/** What a text says to a database, and what it is put together from. */
function stated(text: string, line: number, unit: Unit, found: Found) {
  if (text.length > MOST_STATED || !SAYS_VECTORS.test(text)) return
  const store = VECTOR_STATEMENTS.find(([pattern]) => pattern.test(text))?.[1]
  // The extension of SQLite calls its functions as MariaDB does.
  const extended = store === 'mariadb' && usesSqlite(unit)
  if (store !== undefined) found(extended ? 'sqlite-vec' : store, line, 'sql')
}

/** Keywords and keys that are there for vectors alone. */
function keys(expr: Expr, found: Found) {
  const words =
    expr.kind === 'map'
      ? expr.entries.map(([key]) => (key.kind === 'text' ? key.value : ''))
      : expr.kind === 'call'
        ? [lastName(expr.callee), ...expr.named.map(([word]) => word)]
        : []
  if (words.length === 0) return
  for (const [patterns, store] of STORE_KEYS)
    if (patterns.every((pattern) => words.some((word) => pattern.test(word)))) found(store, expr.line, 'sdk')
}

function inSettings(expr: Expr, { keys: above, unit }: Around, found: Found) {
  if (expr.kind !== 'map') return
  keys(expr, found)
  for (const [key, value] of expr.entries) {
    if (key.kind !== 'text') continue
    variable(key.value, key.line, found)
    const path = [...above, key.value].join('.')
    const [, sprung] = /^(?:spring\.ai\.vectorstore|quarkus\.langchain4j)\.([\w-]+)(?=\.)/.exec(`${path}.`) ?? []
    const store = storeNamed(sprung ?? key.value)
    if (store === undefined) continue
    if (sprung !== undefined ? ONLY_VECTORS.has(store) || path.startsWith('spring') : connects(store, value, above))
      found(store, key.line, 'config', 0.8)
  }
  if (unit.format === 'toml' || unit.format === 'json') {
    const bound = field(expr, 'vectorize')
    if (bound?.kind === 'list' && bound.items.some((one) => field(one, 'index_name')))
      found('cloudflare-vectorize', bound.line, 'config')
  }
}

/** A section that says where a store is, or its connection string among others. */
const connects = (store: string, value: Expr, above: readonly string[]): boolean =>
  ONLY_VECTORS.has(store) &&
  (/^connection_?strings$/i.test(above.at(-1) ?? '') ||
    (value.kind === 'map' &&
      !field(value, 'image', 'build') &&
      value.entries.some(([key]) => key.kind === 'text' && OF_CONNECTION.test(key.value))))
