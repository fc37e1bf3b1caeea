// Checks the catalogue packs and puts them where the built program looks for them, so that it runs from any folder and
// need not check them at each start.
import { cpSync, globSync, rmSync } from 'node:fs'
import { validatePack } from '../../src/catalog/validate.ts'
import { filesUnder } from './fingerprint.ts'

export async function copyPacks(): Promise<string> {
  for (const folder of globSync('src/catalog/packs/*/*')) {
    const problems = validatePack(folder)
    const lines = problems.slice(0, 20).map(({ file, path, message }) => `${file}: ${path}: ${message}`)
    if (problems.length > 0) throw new Error(`${folder} breaks ${problems.length} laws:\n${lines.join('\n')}`)
  }
  rmSync('dist/packs', { recursive: true, force: true })
  cpSync('src/catalog/packs', 'dist/packs', { recursive: true })
  rmSync('dist/sample', { recursive: true, force: true })
  for (const name of ['organisation.yaml', 'scans.json']) cpSync(`src/app/sample/${name}`, `dist/sample/${name}`)
  return `${filesUnder('dist/packs').length} files`
}
