// Bundles what Node runs. The program becomes one entry with a chunk for each thing it loads late, so that a verb pays
// only for what it needs; the verifier and the detection engine become one file each that needs nothing but Node.
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { build } from 'rolldown'
import { askForBuiltins } from './ask-for-builtins.ts'

/** Stay in node_modules: native code, and optional drivers that look for native code. */
const EXTERNAL = ['better-sqlite3', 'pg-native', 'pg-cloudflare']

export async function bundleProgram(): Promise<string> {
  rmSync('dist/chunks', { recursive: true, force: true })
  const files = [
    ...(await bundleTogether({
      parapet: 'src/cli/main.ts',
      'onnx-worker': 'src/app/classifier/onnx-worker.ts',
      'artefact-worker': 'src/discover/artefacts/artefact-worker.ts',
      'bom-worker': 'src/discover/bom/bom-worker.ts',
      'scan-child': 'src/app/scans/scan-child.ts',
    })),
    // By itself, so that it need not be cut where others share something: each file costs a thread that starts.
    ...(await bundleTogether({ 'scan-worker': 'src/discover/scan-worker.ts' })),
  ]
  return `${files.length} files, ${kilobytes(files)}`
}

async function bundleTogether(input: Record<string, string>): Promise<string[]> {
  const { output } = await build({
    input,
    platform: 'node',
    external: (id) => isBuiltin(id) || EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`)),
    transform: { target: 'node22' },
    // The parser's WebAssembly glue holds an eval for code of the modules themselves; the grammars have none.
    checks: { eval: false },
    logLevel: 'warn',
    output: {
      dir: 'dist',
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: 'chunks/[name]-[hash].mjs',
      // The engine keeps the text of what runs: without blanks, a server takes three megabytes less. Names stay, for traces.
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    },
  })
  const files = output.map(({ fileName }) => `dist/${fileName}`)
  for (const file of files) {
    if (!file.endsWith('.mjs')) continue
    escapeFile(file)
    writeFileSync(file, askForBuiltins(readFileSync(file, 'utf8')))
  }
  return files
}

export function bundleVerifier(): Promise<string> {
  return bundleAlone('verify', 'src/prove/verify/main.ts')
}

/** `parapet/detect`: the trained model and the tables of numbers are inside. */
export async function bundleDetection(): Promise<string> {
  await bundleAlone('detect', 'src/detect/main.ts')
  const file = 'dist/detect.mjs'
  escapeFile(file)
  return kilobytes([file])
}

/** One character beyond ASCII makes the engine keep the whole source, model and all, at two bytes a character. */
function escapeFile(file: string): void {
  const source = readFileSync(file, 'utf8')
  const escaped = source.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  if (escaped !== source) writeFileSync(file, escaped)
}

async function bundleAlone(name: string, entry: string): Promise<string> {
  const { output } = await build({
    input: { [name]: entry },
    platform: 'neutral',
    external: isBuiltin,
    transform: { target: 'es2023' },
    logLevel: 'warn',
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false },
  })
  const file = output[0]
  const foreign = [...file.imports, ...file.dynamicImports].filter((from) => !from.startsWith('node:'))
  if (output.length !== 1 || foreign.length > 0) {
    throw new Error(`dist/${name}.mjs must stand alone, but it needs ${foreign.join(', ') || 'other files'}`)
  }
  return kilobytes([`dist/${name}.mjs`])
}

function kilobytes(files: readonly string[]): string {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return `${Math.ceil(bytes / 1000)} kB`
}
