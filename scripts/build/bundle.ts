// Bundles what Node runs. The program becomes one entry with a chunk for each thing it loads late, so that a verb pays
// only for what it needs; the verifier becomes one file that needs nothing but Node.
import { rmSync, statSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { build } from 'rolldown'

/** Stay in node_modules: native code, and optional drivers that look for native code. */
const EXTERNAL = ['better-sqlite3', 'pg-native', 'pg-cloudflare']

export async function bundleProgram(): Promise<string> {
  rmSync('dist/chunks', { recursive: true, force: true })
  const { output } = await build({
    input: { parapet: 'src/cli/main.ts' },
    platform: 'node',
    external: (id) => isBuiltin(id) || EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`)),
    transform: { target: 'node22' },
    logLevel: 'warn',
    output: {
      dir: 'dist',
      format: 'esm',
      entryFileNames: '[name].mjs',
      chunkFileNames: 'chunks/[name]-[hash].mjs',
      minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
    },
  })
  return `${output.length} files, ${kilobytes(output.map(({ fileName }) => `dist/${fileName}`))}`
}

export async function bundleVerifier(): Promise<string> {
  const { output } = await build({
    input: { verify: 'src/prove/verify/main.ts' },
    platform: 'neutral',
    external: isBuiltin,
    transform: { target: 'es2023' },
    logLevel: 'warn',
    output: { dir: 'dist', format: 'esm', entryFileNames: '[name].mjs', codeSplitting: false },
  })
  const file = output[0]
  const foreign = [...file.imports, ...file.dynamicImports].filter((name) => !name.startsWith('node:'))
  if (output.length !== 1 || foreign.length > 0) {
    throw new Error(`dist/verify.mjs must stand alone, but it needs ${foreign.join(', ') || 'other files'}`)
  }
  return kilobytes(['dist/verify.mjs'])
}

function kilobytes(files: readonly string[]): string {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return `${Math.ceil(bytes / 1000)} kB`
}
