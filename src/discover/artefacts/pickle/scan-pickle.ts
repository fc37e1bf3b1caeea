// Reads the pickles of a piece one after the other, as loaders that call `load` again do, and says what was left. A guess
// (bytes that merely might be a pickle) is held back until it has proven to be one: random bytes must not accuse a file.
import { extension, type Found, type Piece, report } from '../piece.ts'
import { type ByteSource, bytesSource } from '../source.ts'
import type { TechniqueId } from '../techniques.ts'
import { isArrayWrapper, skipArray } from './joblib.ts'
import { PickleJudge, type Verdicts } from './judge.ts'
import { Machine } from './machine.ts'
import { isPickleHead, looksOld, nestedPickle } from './nested.ts'
import { BrokenPickle, Tape } from './tape.ts'
import type { Bytes, Made, Text, Value } from './values.ts'

const MOST_STREAMS = 10_000
const MOST_NESTED = 256
const BLOCK = 64 * 1024
const MOST_PADDING = 256 * BLOCK
const NESTED_DEPTH = 4
const MOST_HIDDEN = 1024 * 1024
const MOST_STARTS = 64

const PICKLES = /^(?:pkl|pickle|pck|pcl|p|joblib|pt|pth|ckpt|sav|dill|cloudpickle|pdparams|pdopt|ptl)$/
const OTHERS = new Set(
  'safetensors gguf ggml onnx h5 hdf5 keras pb tflite json txt md csv tsv yaml yml xml pmml html jinja py ipynb toml ini cfg rst log msgpack mlmodel parquet arrow png jpg'.split(
    ' ',
  ),
)

export interface PickleRead {
  /** Streams that ran to their STOP. */
  streams: number
  /** Where the last of them ended. */
  end: number
  imports: number
  dangerous: boolean
  storages: Map<string, number>
  values: Value[]
}

/** A piece that is a pickle by its name or its container. */
export function scanPickle(piece: Piece): PickleRead {
  const first = runStream(piece, 0, true)
  const read: PickleRead = { streams: 0, end: 0, imports: 0, dangerous: false, storages: new Map(), values: [] }
  add(read, first)
  // pickle.load does not know of arrays within: it reads on where joblib steps over them.
  if (first.hasArrays) guessStream(piece, 0, false)
  if (first.broken !== undefined) {
    report(piece, 'pickle-broken', { why: first.broken, offset: first.end })
    return read
  }
  while (read.end < piece.source.size && read.streams < MOST_STREAMS) {
    const next = guessStream(piece, read.end) ?? guessStream(piece, afterPadding(piece.source, read.end))
    if (!next) break
    add(read, next)
  }
  if (read.end < piece.source.size) hidden(piece, read.end)
  if (read.imports > 0 && OTHERS.has(extension(piece.name)) && piece.depth === 0)
    report(piece, 'extension-lies', { why: `it is called ${extension(piece.name)}, but is a pickle that imports` })
  return read
}

/** Behind bytes that no pickle can be: what a loader would run that is told to begin there. */
function hidden(piece: Piece, from: number): void {
  const bytes = piece.source.read(from, MOST_HIDDEN)
  let left = MOST_STARTS
  for (let at = bytes.indexOf(0x80); at >= 0 && left > 0; at = bytes.indexOf(0x80, at + 1)) {
    if (!isPickleHead(bytes.subarray(at, at + 3))) continue
    left--
    const { dangerous, isNamed } = runStream({ ...piece, shared: silent(piece) }, from + at, false)
    if (!dangerous || !isNamed) continue
    report(piece, 'pickle-nested', { why: 'a pickle with effects stands behind other bytes', offset: from + at })
    return
  }
}

/** Where something follows the zeros with which blocks are filled up. */
function afterPadding(source: ByteSource, end: number): number {
  for (let at = end; at < Math.min(source.size, end + MOST_PADDING); at += BLOCK) {
    const filled = source.read(at, BLOCK).findIndex((byte) => byte !== 0)
    if (filled >= 0) return at + filled
  }
  return source.size
}

/** By its name alone one would unpickle it. */
export const isNamedPickle = (name: string): boolean => PICKLES.test(extension(name))

/** A piece that may be anything. */
export function guessPickle(piece: Piece): boolean {
  const read = guessStream(piece, 0)
  if (!read) return false
  if (read.imports > 0 && OTHERS.has(extension(piece.name)))
    report(piece, 'extension-lies', { why: `it is called ${extension(piece.name)}, but is a pickle that imports` })
  let { end } = read
  for (let i = 0; i < MOST_STREAMS && end < piece.source.size; i++) {
    const next = guessStream(piece, end)
    if (!next) break
    ;({ end } = next)
  }
  return true
}

interface Stream extends Verdicts {
  end: number
  broken: string | undefined
  hasArrays: boolean
  value: Value
}

/** Findings that random bytes cannot make. */
const WEAK: ReadonlySet<TechniqueId> = new Set<TechniqueId>([
  'pickle-computed-global',
  'pickle-unknown-global',
  'pickle-unknown-function',
  'pickle-broken',
  'pickle-extension-code',
  'pickle-frame-mismatch',
  'pickle-unusual-number',
  'pickle-indirection',
  'pickle-changes-interpreter',
  'layout-broken',
])

function guessStream(piece: Piece, at: number, joblib = true): Stream | undefined {
  const held: [TechniqueId, Found][] = []
  const shared: Piece['shared'] = {
    limits: piece.shared.limits,
    found: (_, technique, found) => void held.push([technique, found]),
    scan: (...args) => piece.shared.scan(...args),
    member: (...args) => piece.shared.member(...args),
    expand: (bytes) => piece.shared.expand(bytes),
    opcodes: (count) => piece.shared.opcodes(count),
  }
  const stream = runStream({ ...piece, shared }, at, joblib)
  const isNamed = joblib && stream.isNamed && isPickleHead(piece.source.read(at, 2))
  const isStrong = isNamed || held.some(([technique]) => !WEAK.has(technique))
  const isWhole = stream.broken === undefined && stream.end - at > 1
  // The numbers of an array, taken for opcodes, may happen to reach the end.
  if (!isStrong && !(isWhole && joblib)) return undefined
  for (const [technique, found] of held) report(piece, technique, found)
  if (!isWhole) report(piece, 'pickle-broken', { why: stream.broken ?? 'it is empty', offset: stream.end })
  return stream.broken === undefined ? stream : undefined
}

function runStream(piece: Piece, at: number, joblib: boolean, depth = 0): Stream {
  let left = MOST_NESTED
  const nested = (value: string | Bytes | Text) => {
    if (left <= 0 || depth >= NESTED_DEPTH) return undefined
    const found = nestedPickle(piece.source, value)
    if (!found) return undefined
    left--
    const quiet: Piece = { ...piece, source: bytesSource(found.bytes), shared: silent(piece) }
    return runStream(quiet, 0, false, depth + 1).dangerous ? found.how : undefined
  }
  const judge = new PickleJudge(piece, nested)
  const tape = new Tape(piece.source, at)
  const stream: Stream = { ...judge.verdicts, end: at, broken: undefined, hasArrays: false, value: undefined }
  const afterBuild = (made: Made) => {
    if (!isArrayWrapper(made)) return
    stream.hasArrays = true
    if (skipArray(made, tape) === 'pickle') runMachine()
  }
  const runMachine = (): Value =>
    new Machine(tape, judge, (count) => piece.shared.opcodes(count), joblib ? afterBuild : undefined).run()
  try {
    stream.value = runMachine()
  } catch (error) {
    if (!(error instanceof BrokenPickle)) throw error
    stream.broken = error.message
  }
  return { ...stream, ...judge.verdicts, end: tape.position }
}

function silent({ shared }: Piece): Piece['shared'] {
  return {
    limits: shared.limits,
    found: () => {},
    scan: () => 'unknown',
    member: () => false,
    expand: (bytes) => shared.expand(bytes),
    opcodes: (count) => shared.opcodes(count),
  }
}

function add(read: PickleRead, stream: Stream): void {
  if (stream.broken === undefined) read.streams++
  read.end = stream.end
  read.imports += stream.imports
  read.dangerous ||= stream.dangerous
  for (const [key, bytes] of stream.storages) read.storages.set(key, bytes)
  if (read.values.length < 16) read.values.push(stream.value)
}

/** Whether the bytes begin as a pickle may. */
export function mayBePickle(source: ByteSource): boolean {
  const head = source.read(0, 512)
  return isPickleHead(head) || looksOld(head)
}
