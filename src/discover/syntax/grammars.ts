// The grammars, as WebAssembly: the same on every platform, and nothing in them can touch this machine. Each is loaded
// with the first file that needs it.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Language, Parser } from 'web-tree-sitter'
import { startEngine } from './walking.ts'

/** Where the package keeps each; the build copies them into one folder beside the program. */
export const GRAMMARS = {
  python: '@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm',
  typescript: '@vscode/tree-sitter-wasm/wasm/tree-sitter-typescript.wasm',
  tsx: '@vscode/tree-sitter-wasm/wasm/tree-sitter-tsx.wasm',
  go: '@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm',
  java: '@vscode/tree-sitter-wasm/wasm/tree-sitter-java.wasm',
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  csharp: '@vscode/tree-sitter-wasm/wasm/tree-sitter-c-sharp.wasm',
  rust: '@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm',
  ruby: '@vscode/tree-sitter-wasm/wasm/tree-sitter-ruby.wasm',
  php: '@vscode/tree-sitter-wasm/wasm/tree-sitter-php.wasm',
  hcl: '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm',
} as const
export type Grammar = keyof typeof GRAMMARS

/** The parser's own code. */
export const ENGINE = 'web-tree-sitter/web-tree-sitter.wasm'

const parsers = new Map<Grammar, Parser>()
let started: Promise<void> | undefined

export async function parserFor(grammar: Grammar): Promise<Parser> {
  const known = parsers.get(grammar)
  if (known) return known
  await (started ??= startEngine(pathTo(ENGINE)))
  const parser = new Parser()
  // Compiled here and now: next to nothing is, until it is used, and to wait for another thread costs more.
  parser.setLanguage(Language.loadSync(new WebAssembly.Module(readFileSync(pathTo(GRAMMARS[grammar])))))
  parsers.set(grammar, parser)
  return parser
}

function pathTo(wasm: string, from = import.meta.dirname): string {
  const built = join(from, 'grammars', basename(wasm))
  if (existsSync(built)) return built
  const installed = join(from, 'node_modules', wasm)
  if (existsSync(installed)) return installed
  const above = dirname(from)
  if (above === from) throw new Error(`the grammar ${basename(wasm)} is missing; build the program again`)
  return pathTo(wasm, above)
}
