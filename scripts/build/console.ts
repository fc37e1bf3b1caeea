// Builds the console. How is its own affair (console/vite.config.ts); here it is only called and looked after.
import { existsSync } from 'node:fs'
import { filesUnder } from './fingerprint.ts'

const OUT = 'dist/console'

export async function buildConsole(): Promise<string> {
  const { build } = await import('vite')
  await build({ configFile: 'console/vite.config.ts', logLevel: 'warn' })
  if (!existsSync(`${OUT}/index.html`)) throw new Error(`the console was built, but not into ${OUT}`)
  return `${filesUnder(OUT).length} files`
}
