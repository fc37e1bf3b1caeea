// Builds the console, and beside each text file its compressed twins, so that the server sends them without work.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { filesUnder } from './fingerprint.ts'

const OUT = 'dist/console'
const TEXT = /\.(js|mjs|css|html|svg|json|txt|webmanifest)$/
const WORTHWHILE = 1024

export async function buildConsole(): Promise<string> {
  const { build } = await import('vite')
  await build({
    configFile: 'console/vite.config.ts',
    logLevel: 'warn',
    build: { outDir: `${process.cwd()}/${OUT}`, emptyOutDir: true },
  })
  if (!existsSync(`${OUT}/index.html`)) throw new Error(`the console was built, but not into ${OUT}`)
  const texts = filesUnder(OUT).filter((file) => TEXT.test(file))
  for (const file of texts) compress(file)
  return `${texts.length} files`
}

function compress(file: string) {
  const bytes = readFileSync(file)
  if (bytes.length < WORTHWHILE) return
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }))
}
