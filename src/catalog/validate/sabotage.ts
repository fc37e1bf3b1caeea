// For tests: a copy of the built-in pack's files that a test may damage before asking what the laws say of it.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseJson, readBytes } from '../read-json.ts'
import type { Framework, PackFile } from '../schema/files.ts'

const PACK = join(import.meta.dirname, '../packs/ai-exchange/2026-11')

/** Files by the names that tests use; every value may be changed. */
export interface Files {
  index: PackFile<'index.json'>
  history: PackFile<'history.json'>
  threats: PackFile<'threats.json'>
  controls: PackFile<'controls.json'>
  assets: PackFile<'assets.json'>
  matrix: PackFile<'matrix.json'>
  'risk-analysis': PackFile<'risk-analysis.json'>
  privacy: PackFile<'privacy.json'>
  practices: PackFile<'practices.json'>
  testing: PackFile<'testing.json'>
  mission: PackFile<'mission.json'>
  frameworks: Record<string, Framework>
}

export function packFiles(): Map<string, unknown> {
  const names = readdirSync(PACK, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  return new Map(names.map((name) => [name, parseJson(readBytes(PACK, name), name)]))
}

/** The pack after somebody's mistake. */
export function damaged(spoil: (files: Files) => void): Map<string, unknown> {
  const files = packFiles()
  const frameworks: Record<string, unknown> = {}
  const view: Record<string, unknown> = { frameworks }
  for (const [name, value] of files) {
    const short = name.replace(/\.json$/, '')
    if (short.startsWith('frameworks/')) frameworks[short.slice('frameworks/'.length)] = value
    else view[short] = value
  }
  spoil(view as unknown as Files)
  return files
}

export function byId<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id)
  if (!found) throw new Error(`the test names ${id}, which is not in the pack`)
  return found
}

/** The first of a list that a test knows not to be empty. */
export function first<T>(list: readonly T[] | undefined): T {
  const [one] = list ?? []
  if (one === undefined) throw new Error('the test expects something in this list')
  return one
}
