// Whether a pack is consistent. Run at build over the packs that come with Parapet, and by whoever edits one: links go
// both ways, so a single edit that forgets the other end is the likeliest mistake.
import { readdirSync } from 'node:fs'
import { Failure } from '../lib/failure.ts'
import { parse } from '../lib/parse.ts'
import { createCatalog } from './catalog.ts'
import { parseJson, readBytes } from './read-json.ts'
import { NO_HISTORY, REQUIRED, schemaOf } from './schema/files.ts'
import { analysisChecks } from './validate/analysis.ts'
import type { Check, Pack, Problem } from './validate/check.ts'
import { controlChecks } from './validate/controls.ts'
import { frameworkChecks } from './validate/frameworks.ts'
import { overviewChecks } from './validate/overviews.ts'
import { packChecks } from './validate/pack.ts'
import { threatChecks } from './validate/threats.ts'

export const CHECKS: readonly Check[] = [
  ...packChecks,
  ...threatChecks,
  ...controlChecks,
  ...frameworkChecks,
  ...analysisChecks,
  ...overviewChecks,
]

const MOST_FILES = 200

/** Every problem of the pack in a folder; none when it may be shipped. */
export function validatePack(folder: string): Problem[] {
  const files = new Map<string, unknown>()
  const problems: Problem[] = []
  for (const file of jsonFiles(folder)) {
    try {
      files.set(file, parseJson(readBytes(folder, file), file))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      problems.push({ check: 'json', file, path: '', message: error.message })
    }
  }
  return problems.length > 0 ? problems : validateFiles(files)
}

/** The same for files already parsed. Where a file has the wrong shape, only that is told: the laws assume the shape. */
export function validateFiles(files: ReadonlyMap<string, unknown>): Problem[] {
  const misshapen = [...files].flatMap(([file, value]) => shapeProblems(file, value))
  if (misshapen.length > 0) return misshapen
  const index = files.get('index.json') as { files: string[] } | undefined
  const missing = ['index.json', ...new Set([...REQUIRED, ...(index?.files ?? [])])].filter((file) => !files.has(file))
  if (missing.length > 0) {
    return missing.map((file) => ({ check: 'index-files', file, path: '', message: 'is missing' }))
  }
  const read = (file: string) => files.get(file) ?? (file === 'history.json' ? NO_HISTORY : undefined)
  const pack: Pack = { catalog: createCatalog('pack', read), files }
  return CHECKS.flatMap(({ id, file, run }) => {
    const found: Problem[] = []
    run(pack, (path, message) => found.push({ check: id, file, path, message }))
    return found
  })
}

function shapeProblems(file: string, value: unknown): Problem[] {
  const schema = schemaOf(file)
  if (!schema) return [{ check: 'schema', file, path: '', message: 'no file of a pack has this name' }]
  try {
    parse(schema, value)
    return []
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return error.issues.map(({ path, message, suggestion }) => ({
      check: 'schema',
      file,
      path,
      message: suggestion ? `${message}; did you mean "${suggestion}"?` : message,
    }))
  }
}

function jsonFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
  if (names.length > MOST_FILES) {
    throw new Failure('too_large', `a pack of ${names.length} files; ${MOST_FILES} are read at most`)
  }
  return names.map((name) => name.replaceAll('\\', '/')).toSorted()
}
