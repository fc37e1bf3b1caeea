// Writes the generated pages of docs/reference.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pages } from '../reference/index.ts'

export async function writeReference(): Promise<string> {
  for (const [path, render] of Object.entries(pages)) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, render())
  }
  return `${Object.keys(pages).length} pages`
}
