// Builds `dist`: the program, the stand-alone verifier, `parapet/detect` and the console. `--if-stale` does nothing when nothing changed,
// which is what makes a second `npm start` quick; `--reference` writes the generated pages of docs/reference as well.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fingerprint } from './build/fingerprint.ts'

const STAMP = 'dist/.built-from'
const flags = new Set(process.argv.slice(2))

const now = fingerprint(['src', 'console', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'])
const fresh = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === now
if (!(flags.has('--if-stale') && fresh)) await build().catch(giveUp)

async function build() {
  const { bundleDetection, bundleProgram, bundleVerifier } = await import('./build/bundle.ts')
  const { bundleDeclarations } = await import('./build/declarations.ts')
  const { copyGrammars } = await import('./build/grammars.ts')
  const { buildConsole } = await import('./build/console.ts')
  const { copyPacks } = await import('./build/packs.ts')
  mkdirSync('dist', { recursive: true })
  writeFileSync(STAMP, 'unfinished')
  await step('catalogue', copyPacks)
  await step('program', bundleProgram)
  await step('grammars', copyGrammars)
  await step('verifier', bundleVerifier)
  await step('detection', bundleDetection)
  await step('types of detection', bundleDeclarations)
  await step('console', buildConsole)
  writeFileSync(STAMP, now)
}

if (flags.has('--reference')) {
  const { writeReference } = await import('./build/reference.ts')
  await step('reference', writeReference)
}

async function step(name: string, work: () => Promise<string>) {
  const started = performance.now()
  const result = await work()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stderr.write(`built ${name}: ${result} (${seconds} s)\n`)
}

function giveUp(error: unknown): never {
  process.stderr.write(`not built: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
}
