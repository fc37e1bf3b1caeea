// One file from the disk to a `SourceFile`. It reads and parses; nothing of what it reads is ever run. Trouble with a
// file is part of the result, so that no file hides another.
import { isAscii } from 'node:buffer'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { grammarOfScript, isTest, readerOf, type Reader } from '../classify.ts'
import { heldIn } from '../gate.ts'
import { worked } from '../work-clock.ts'
import { DISCOVER_LIMITS, type DiscoverLimits } from '../limits.ts'
import { parseCode, type Parsed, TooSlow } from '../syntax/parse.ts'
import type { Expr, Format, Unit } from '../syntax/expr.ts'
import { readBicep } from './bicep.ts'
import { readDockerfile } from './dockerfile.ts'
import { readHcl } from './hcl.ts'
import { ignoredIn, keysIn, ordersIn } from './hits.ts'
import { installsIn } from './installs.ts'
import { readJson } from './json.ts'
import { readLines } from './lines.ts'
import { readLock } from './locks.ts'
import { dependenciesOf, dependenciesOfSetup, nameIn, readManifest, type Dependency } from './manifests.ts'
import type { SourceFile } from './source-file.ts'
import { readShell } from './shell.ts'
import { readSql } from './sql.ts'
import { readTemplate } from './template.ts'

export type ReadLimits = Pick<DiscoverLimits, 'fileBytes' | 'fileTime'>

export interface Wanted {
  /** Absolute. */
  path: string
  /** As it is shown. */
  file: string
  /** Read it whatever the gate says: another file uses what it defines. */
  demanded?: boolean
}

/** What the parser may have of a file's time; the rest is for what comes after, before the thread is ended. */
const PARSING = 0.7
const MOST_YAML = 1024 * 1024
/** Read for what they ask for and what they call the project, whether or not they speak of AI. */
const MANIFEST = /(?:^|\/)(?:package\.json|pyproject\.toml|Cargo\.toml|composer\.json|Pipfile|libs\.versions\.toml)$/
const SETTINGS =
  /(?:^|\/)\.(?:claude|codex|gemini|cursor|vscode)\/[\w.-]+\.(?:json|toml)$|(?:^|\/)(?:\.parapet-ignore\.ya?ml|langgraph\.json)$/

export async function readFile({ path, file, demanded }: Wanted, limits: ReadLimits): Promise<SourceFile> {
  const reader = readerOf(file)
  if (!reader || isLeft(reader, demanded)) return { file, bytes: 0 }
  const bytes = load(path, limits.fileBytes)
  // What lies beside scripts without an ending is mostly a program for the machine, and nothing was missed.
  if (reader.kind === 'script' && !(bytes instanceof Uint8Array)) return { file, bytes: 0 }
  return bytes instanceof Uint8Array
    ? readBytes(file, reader, bytes, demanded, limits.fileTime)
    : { file, bytes: 0, problem: bytes }
}

/** There may be many pages, and only those that a program fills with what a model says matter. */
const isLeft = ({ kind }: Reader, demanded: boolean | undefined) => kind === 'template' && demanded !== true

/** The same of a text that is at hand. */
export const readSource = (file: string, text: string, demanded?: boolean): Promise<SourceFile> =>
  readBytes(file, readerOf(file), Buffer.from(text), demanded, DISCOVER_LIMITS.fileTime)

async function readBytes(
  file: string,
  named: Reader | undefined,
  raw: Buffer,
  demanded: boolean | undefined,
  time: number,
): Promise<SourceFile> {
  const reader = named?.kind === 'script' ? writtenIn(raw) : named
  if (!reader || isLeft(reader, demanded)) return { file, bytes: 0 }
  const bytes = raw.length
  const known = inUtf8(raw)
  if (known === undefined) return { file, bytes, problem: { reason: 'not_text', detail: 'it holds zero bytes' } }
  if (reader.kind === 'lock') return { file, bytes, ...notEmpty('dependencies', readLock(file, decode(known))) }
  const held = heldIn(known)
  const asked = reader.kind === 'instructions' || reader.kind === 'manifest'
  const names = MANIFEST.test(file)
  const always = demanded === true || names || SETTINGS.test(file) || reader.kind === 'env' || reader.kind === 'docker'
  const wanted = (always || held.ai) && (demanded === true || !isTest(file))
  if (!asked && !wanted && !held.keys && !held.pardons) return { file, bytes }
  const text = decode(known)
  const common = { file, bytes, ...notEmpty('ignored', held.pardons ? ignoredIn(text) : []) }
  const keys = held.keys ? await keysIn(text) : []
  if (reader.kind === 'instructions') {
    return { ...common, instructions: true, ...notEmpty('hits', [...keys, ...(await ordersIn(text, 'instructions'))]) }
  }
  if (reader.kind === 'manifest') {
    const found = readManifest(reader.format, text)
    // Constraints bound the versions of what something else asks for.
    if (/(?:^|\/)constraints[\w.-]*\.txt$/.test(file)) for (const one of found) one.direct = false
    const called = nameIn(reader.format, file, text)
    return { ...common, dependencies: found, ...(called === undefined ? {} : { called }), ...notEmpty('hits', keys) }
  }
  if (!wanted) return { ...common, ...notEmpty('hits', keys) }
  if (reader.kind === 'code' && looksMinified(text)) {
    return {
      ...common,
      ...notEmpty('hits', keys),
      problem: { reason: 'minified', detail: 'lines of thousands of characters' },
    }
  }
  try {
    const read = await parse(reader, file, text, worked() + time * PARSING)
    return {
      ...common,
      ...(read.unit
        ? { unit: { ...read.unit, ...(held.loose && { loose: true }), ...(names && !held.ai && { quiet: true }) } }
        : {}),
      ...notEmpty('dependencies', read.dependencies ?? []),
      ...notEmpty('hits', keys),
      ...(read.cut ? { problem: { reason: read.cut, detail: 'only the first part was read' } } : {}),
    }
  } catch (error) {
    // The parser itself is damaged: this thread reads nothing more.
    if (error instanceof WebAssembly.RuntimeError) throw error
    if (error instanceof TooSlow)
      return { ...common, ...notEmpty('hits', keys), problem: { reason: 'too_slow', detail: error.message } }
    const detail = error instanceof Error ? error.name : 'unknown'
    return {
      ...common,
      ...notEmpty('hits', keys),
      problem: { reason: 'parser_failed', detail: `not readable as ${nameOf(reader)} (${detail})` },
    }
  }
}

function writtenIn(script: Buffer): Reader | undefined {
  const grammar = grammarOfScript(script.subarray(0, 200).toString('latin1').split('\n')[0] ?? '')
  return grammar && { kind: 'code', grammar }
}

interface Read {
  unit?: Unit
  dependencies?: Dependency[]
  cut?: Parsed['cut']
}

async function parse(reader: Reader, file: string, text: string, until: number): Promise<Read> {
  const document = (format: Format, documents: Expr[]): Unit => ({
    file,
    format,
    language: format,
    statements: [],
    documents,
  })
  switch (reader.kind) {
    case 'template':
      return { unit: { file, format: 'code', language: 'template', statements: readTemplate(text), documents: [] } }
    case 'code': {
      const { statements, cut } = await parseCode(reader.grammar, text, until)
      const dependencies = /(?:^|\/)setup\.py$/.test(file) ? dependenciesOfSetup(statements) : []
      return { unit: { file, format: 'code', language: reader.grammar, statements, documents: [] }, dependencies, cut }
    }
    case 'embedded': {
      const { readEmbedded } = await import('./embedded.ts')
      const { code, lines } = readEmbedded(text)
      const { statements, cut } = await parseCode('tsx', code, until)
      relocate(statements, lines)
      return { unit: { file, format: 'code', language: 'tsx', statements, documents: [] }, cut }
    }
    case 'notebook': {
      const { readNotebook } = await import('./notebook.ts')
      const { code, grammar, lines, installs } = readNotebook(text)
      const { statements, cut } = await parseCode(grammar, code, until)
      relocate(statements, lines)
      const dependencies = installs.map(({ ecosystem, name, version, line }): Dependency => ({
        ecosystem,
        name,
        version,
        line,
        direct: true,
        development: false,
      }))
      return { unit: { file, format: 'notebook', language: grammar, statements, documents: [] }, dependencies, cut }
    }
    case 'terraform': {
      const { statements, cut } = await readHcl(text, until)
      return { unit: { file, format: 'terraform', language: 'terraform', statements, documents: [] }, cut }
    }
    case 'bicep':
      return { unit: { file, format: 'terraform', language: 'bicep', statements: readBicep(text), documents: [] } }
    case 'sql':
      return { unit: { file, format: 'code', language: 'sql', statements: readSql(text), documents: [] } }
    case 'shell':
    case 'docker': {
      const statements = reader.kind === 'shell' ? readShell(text) : readDockerfile(text)
      const unit: Unit = { file, format: 'code', language: reader.kind, statements, documents: [] }
      return { unit, dependencies: installsIn(statements) }
    }
    case 'json': {
      const read = readJson(text)
      return { unit: document('json', [read]), dependencies: dependenciesOf(file, read) }
    }
    case 'yaml': {
      if (text.length > MOST_YAML) throw new RangeError('too much YAML')
      const { readYaml } = await import('./yaml.ts')
      let cut: Read['cut']
      const documents = readYaml(file.endsWith('.prompty') ? frontMatter(text) : text, () => (cut = 'too_deep'))
      return { unit: document('yaml', documents), cut }
    }
    case 'toml': {
      const { readToml } = await import('./toml.ts')
      const read = readToml(text)
      return { unit: document('toml', [read]), dependencies: dependenciesOf(file, read) }
    }
    case 'env':
      return { unit: document('env', [readLines(text)]) }
    case 'lines':
      return { unit: document('properties', [readLines(text)]) }
    default:
      return {}
  }
}

/** Files are read into the same place one after the other; what outlives its file is a copy. */
let place = Buffer.allocUnsafeSlow(256 * 1024)

function load(path: string, most: number): Buffer | { reason: 'too_large' | 'unreadable'; detail: string } {
  let handle: number | undefined
  try {
    // Without waiting: a named pipe in the tree must not hold the scan.
    handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stat = fstatSync(handle)
    if (!stat.isFile()) return { reason: 'unreadable', detail: 'no ordinary file' }
    if (stat.size > most) return { reason: 'too_large', detail: `${stat.size} bytes; at most ${most} are read` }
    if (stat.size > place.length) place = Buffer.allocUnsafeSlow(stat.size)
    return place.subarray(0, readSync(handle, place, 0, stat.size, 0))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    return { reason: 'unreadable', detail: code }
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

/** Text of whichever encoding, as far as its ASCII words go, in UTF-8; nothing where it is no text. */
function inUtf8(bytes: Buffer): Buffer | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.subarray(2).toString('utf16le'))
  return bytes.subarray(0, 8_192).includes(0) ? undefined : bytes
}

function decode(bytes: Buffer): string {
  // What is ASCII throughout, as most is, needs no second look.
  if (isAscii(bytes)) return bytes.toString('latin1')
  const text = bytes.toString('utf8')
  // What is no UTF-8 still has its ASCII words, and those are what is looked for.
  return text.includes('\uFFFD') ? bytes.toString('latin1') : text.startsWith('\uFEFF') ? text.slice(1) : text
}

function looksMinified(text: string): boolean {
  if (text.length < 20_000) return false
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return text.length / lines > 400
}

/** A prompt of Prompty begins with its settings, between two lines of dashes. */
const frontMatter = (text: string): string => /^---\r?\n([\s\S]*?)\n---\s*$/m.exec(text)?.[1]?.replace(/^/, '\n') ?? ''

/** Puts the lines of a file in place of those of its code. */
function relocate(value: unknown, lines: readonly number[]) {
  if (Array.isArray(value)) for (const item of value) relocate(item, lines)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return
  for (const [key, held] of Object.entries(value)) {
    if ((key === 'line' || key === 'end') && typeof held === 'number')
      Object.assign(value, { [key]: lines[held] ?? held })
    else relocate(held, lines)
  }
}

const nameOf = (reader: Reader): string => (reader.kind === 'code' ? reader.grammar : reader.kind)

function notEmpty<Key extends string, Item>(key: Key, items: readonly Item[]): { [K in Key]?: Item[] } {
  return items.length > 0 ? ({ [key]: [...items] } as { [K in Key]?: Item[] }) : {}
}
