// Puts the catalogue packs where the built program looks for them, so that it runs from any folder.
import { cpSync, rmSync } from 'node:fs'
import { filesUnder } from './fingerprint.ts'

export async function copyPacks(): Promise<string> {
  rmSync('dist/packs', { recursive: true, force: true })
  cpSync('src/catalog/packs', 'dist/packs', { recursive: true })
  return `${filesUnder('dist/packs').length} files`
}
