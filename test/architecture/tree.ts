// The project as the rules see it: paths, texts and imports. A rule is given a tree and never touches the disk, so that
// a test can hand it a small bad one.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'

export interface Import {
  /** As written. */
  from: string
  /** The path in the tree that it means; absent for packages. */
  target: string | undefined
  typeOnly: boolean
  /** Fetched when needed, long after both files are loaded. */
  late: boolean
}

export interface AstNode {
  type: string
  [key: string]: unknown
}

export interface Source {
  path: string
  text: string
  bytes: number
  /** Tests, and what only tests use: `testing.ts`, and whatever imports node:test. */
  isTest: boolean
  imports: readonly Import[]
  ast: AstNode | undefined
}

export interface Tree {
  sources: readonly Source[]
  has(path: string): boolean
  isFolder(path: string): boolean
}

const SKIPPED = new Set(['node_modules', 'dist', '.cache', '.git', 'parapet-data'])
const CODE = /\.(ts|tsx|mts|js|mjs)$/
const TEXT = /\.(ts|tsx|mts|js|mjs|json|md|css|html|py|yaml|yml|txt|svg|sh)$|(^|\/)(\.npmrc|\.gitignore|run)$/

export function readTree(root: string): Tree {
  const files: Record<string, { text: string; bytes: number }> = {}
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) walk(path)
      if (!entry.isFile()) continue
      const bytes = statSync(join(root, path)).size
      files[path] = { bytes, text: TEXT.test(path) ? readFileSync(join(root, path), 'utf8') : '' }
    }
  }
  walk('')
  return treeOf(files)
}

/** A tree that exists only in a test. */
export function sampleTree(texts: Readonly<Record<string, string>>): Tree {
  return treeOf(
    Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, { text, bytes: Buffer.byteLength(text) }])),
  )
}

function treeOf(files: Readonly<Record<string, { text: string; bytes: number }>>): Tree {
  const paths = Object.keys(files)
  const known = new Set(paths)
  const folders = new Set(paths.flatMap((path) => parents(path)))
  return {
    sources: Object.entries(files).map(([path, file]) => toSource(path, file, known)),
    has: (path) => known.has(path) || folders.has(path),
    isFolder: (path) => folders.has(path),
  }
}

function parents(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

function toSource(path: string, { text, bytes }: { text: string; bytes: number }, known: ReadonlySet<string>): Source {
  const ast = CODE.test(path) ? (parseSync(path, text).program as unknown as AstNode) : undefined
  const imports = ast ? importsOf(ast, (from) => resolve(path, from, known)) : []
  const isTest = /(\.test\.tsx?|\/testing\.ts)$/.test(path) || imports.some(({ from }) => from === 'node:test')
  return { path, text, bytes, isTest, imports, ast }
}

function resolve(path: string, from: string, known: ReadonlySet<string>): string | undefined {
  if (!from.startsWith('.')) return undefined
  const target = posix.join(posix.dirname(path), from)
  return [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find((one) => known.has(one)) ?? target
}

/** Static, re-exported, dynamic, and `import('…').Type`. */
function importsOf(ast: AstNode, resolve: (from: string) => string | undefined): Import[] {
  return nodesOf(ast).flatMap((node) => {
    const from = (node['source'] as { value?: unknown } | null | undefined)?.value
    return typeof from === 'string'
      ? [{ from, target: resolve(from), typeOnly: isTypeOnly(node), late: node.type === 'ImportExpression' }]
      : []
  })
}

function isTypeOnly(node: AstNode): boolean {
  if (node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type') return true
  const parts = (node['specifiers'] ?? []) as { importKind?: string; exportKind?: string }[]
  return parts.length > 0 && parts.every((part) => (part.importKind ?? part.exportKind) === 'type')
}

export function nodesOf(root: AstNode | undefined): AstNode[] {
  const found: AstNode[] = []
  const waiting: unknown[] = [root]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (Array.isArray(value)) waiting.push(...value)
    else if (typeof value === 'object' && value !== null) {
      if (typeof (value as AstNode).type === 'string') found.push(value as AstNode)
      waiting.push(...Object.values(value))
    }
  }
  return found
}
