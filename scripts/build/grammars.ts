// The parser and its grammars are WebAssembly files, fetched from the packages and laid beside the program.
import { copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ENGINE, GRAMMARS } from '../../src/discover/syntax/grammars.ts'

export async function copyGrammars(): Promise<string> {
  const folder = 'dist/grammars'
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = [ENGINE, ...Object.values(GRAMMARS)].map((wasm) => {
    const target = join(folder, basename(wasm))
    copyFileSync(join('node_modules', wasm), target)
    return target
  })
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return `${files.length} files, ${Math.ceil(bytes / 1000)} kB`
}
