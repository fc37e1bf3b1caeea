// Any catalogue by name: a version that comes with Parapet, or a folder that somebody points at. A folder is not
// trusted: every file is bounded, read strictly against its schema, and refused with the file and the place.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { Failure } from '../lib/failure.ts'
import { parse } from '../lib/parse.ts'
import { builtInPacks, loadBuiltIn } from './built-in.ts'
import { type Catalog, createCatalog } from './catalog.ts'
import { parseJson, readBytes } from './read-json.ts'
import { FILES, NO_HISTORY, REQUIRED, schemaOf } from './schema/files.ts'

const MOST_TOTAL_BYTES = 32 * 1024 * 1024

export function loadPack(nameOrFolder: string): Catalog {
  const isBuiltIn = builtInPacks().some((name) => name === nameOrFolder || name.endsWith(`/${nameOrFolder}`))
  if (!isBuiltIn && isFolder(nameOrFolder)) return readPack(nameOrFolder)
  return loadBuiltIn(nameOrFolder)
}

/** Reads and checks every file of a folder, so that nothing can fail later. */
export function readPack(folder: string): Catalog {
  const files = new Map<string, unknown>()
  let total = 0
  const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> => {
    const bytes = readBytes(folder, file)
    total += bytes.length
    if (total > MOST_TOTAL_BYTES) {
      throw new Failure('too_large', `the pack has more than ${MOST_TOTAL_BYTES} bytes in all`)
    }
    const value = strict(schema, parseJson(bytes, file), file)
    files.set(file, value)
    return value
  }
  const index = read('index.json', FILES['index.json'])
  for (const file of REQUIRED) {
    if (!index.files.includes(file)) {
      throw new Failure('input_invalid', `index.json: files does not list ${file}`, { hint: 'add it to the list' })
    }
  }
  for (const file of index.files) {
    const schema = schemaOf(file)
    if (!schema || file === 'index.json') {
      throw new Failure('input_invalid', `index.json: files lists ${file}, which no catalogue has`, {
        hint: `expected frameworks/<id>.json or one of ${REQUIRED.join(', ')}`,
      })
    }
    read(file, schema)
  }
  if (existsSync(join(folder, 'history.json'))) read('history.json', FILES['history.json'])
  else files.set('history.json', NO_HISTORY)
  return createCatalog(folder, (file) => files.get(file))
}

/** A misspelt key is also a missing one; the misspelling is what helps, so it is told first. */
function strict<S extends z.ZodType>(schema: S, value: unknown, file: string): z.output<S> {
  try {
    return parse(schema, value)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const likely = error.issues.find(({ suggestion }) => suggestion !== undefined)
    const told = likely ? `${likely.path}: ${likely.message}` : error.message
    throw new Failure(error.code, `${file}: ${told}`, {
      hint: likely ? `did you mean "${likely.suggestion}"?` : error.hint,
      issues: error.issues.map((issue) => Object.assign({}, issue, { path: `${file}: ${issue.path}` })),
      cause: error,
    })
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
