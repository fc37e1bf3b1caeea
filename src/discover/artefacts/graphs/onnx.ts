// ONNX: weights may lie in other files that the model names, and operators may be code of somebody's library. Both hide in
// subgraphs, functions and attributes as well as in the graph.
import { type Piece, report } from '../piece.ts'
import type { ByteSource } from '../source.ts'
import { leavesFolder } from '../containers/names.ts'
import { bodies, protoFields, textField } from './protobuf.ts'

const DOMAINS =
  /^(?:ai\.onnx(?:\.ml|\.training|\.preview(?:\.training)?)?|com\.microsoft(?:\.[\w.]+)?|com\.ms\.[\w.]+|org\.pytorch\.[\w.]+|pkg\.[\w.]+|ai\.onnx\.contrib|local|)$/
const PYTHON = /^(?:PyOp|PyFunc|PythonOp|PyCustomOp|PythonOpGrad)$/
/** Attributes by which operators name a file: a compiled graph of an accelerator, a vocabulary, a library. */
const NAMES_FILES = /(?:^|_)(?:path|file|filename|location|library|cache_context)$/i
const MOST_DEPTH = 32

export function onnx(piece: Piece): void {
  const functions = new Set<string>()
  for (const { number, body } of protoFields(piece.source)) {
    if (number === 25 && body) functions.add(`${textField(body, 10)}:${textField(body, 1)}`)
  }
  for (const { number, body } of protoFields(piece.source)) {
    if (!body) continue
    if (number === 7) graph(piece, body, functions, 0)
    else if (number === 25) for (const node of bodies(body, 7)) nodeOf(piece, node, functions, 1)
    else if (number === 20) for (const info of bodies(body, 1, 2)) graph(piece, info, functions, 1)
  }
}

function graph(piece: Piece, source: ByteSource, functions: ReadonlySet<string>, depth: number): void {
  if (depth > MOST_DEPTH) {
    report(piece, 'not-read', { why: `graphs nest deeper than ${MOST_DEPTH}` })
    return
  }
  for (const { number, body } of protoFields(source)) {
    if (!body) continue
    if (number === 1) nodeOf(piece, body, functions, depth)
    else if (number === 5) tensor(piece, body)
    else if (number === 15) for (const part of bodies(body, 1, 2)) tensor(piece, part)
  }
}

function nodeOf(piece: Piece, source: ByteSource, functions: ReadonlySet<string>, depth: number): void {
  let [operator, domain] = ['', '']
  for (const { number, body } of protoFields(source)) {
    if (!body) continue
    if (number === 4) operator = textOf(body)
    else if (number === 7) domain = textOf(body)
    else if (number === 5) attribute(piece, body, functions, depth)
  }
  if (functions.has(`${domain}:${operator}`)) return
  if (PYTHON.test(operator) || domain === 'ai.onnx.contrib' || !DOMAINS.test(domain))
    report(piece, 'graph-custom-operator', { why: `it uses ${domain || 'ai.onnx'}:${operator}`.slice(0, 120) })
}

function attribute(piece: Piece, source: ByteSource, functions: ReadonlySet<string>, depth: number): void {
  const name = textField(source, 1)
  const place = NAMES_FILES.test(name) ? textField(source, 4) : ''
  // The same attribute may hold the compiled graph itself.
  if (/^[^\p{Cc}\uFFFD]*$/u.test(place) && isElsewhere(place))
    report(piece, 'external-data-escapes', { why: `${name.slice(0, 60)} is ${place.slice(0, 120)}` })
  for (const { number, body } of protoFields(source)) {
    if (!body) continue
    if (number === 5 || number === 10) tensor(piece, body)
    else if (number === 6 || number === 11) graph(piece, body, functions, depth + 1)
    else if (number === 22 || number === 23) for (const part of bodies(body, 1, 2)) tensor(piece, part)
  }
}

const isElsewhere = (location: string) =>
  leavesFolder(location) || /^[a-z][\w+.-]*:/i.test(location) || location.includes('\0')

const textOf = (source: ByteSource) => Buffer.from(source.read(0, Math.min(source.size, 4096))).toString('utf8')

function tensor(piece: Piece, source: ByteSource): void {
  const external = new Map<string, string>()
  let name = ''
  for (const { number, body } of protoFields(source)) {
    if (number === 13 && body) external.set(textField(body, 1), textField(body, 2))
    else if (number === 8 && body) name = textOf(body)
  }
  if (external.size === 0) return
  const location = external.get('location') ?? ''
  const shown = `the weights ${name.slice(0, 40)} are in ${location.slice(0, 120) || 'a file without a name'}`
  if (isElsewhere(location)) {
    report(piece, 'external-data-escapes', { why: shown })
    return
  }
  const file = piece.beside(location.replace(/^\.\//, ''))
  const [offset, length] = [Number(external.get('offset') ?? 0), Number(external.get('length') ?? 0)]
  if (!(offset >= 0) || !(length >= 0)) report(piece, 'layout-broken', { why: `${shown} at a place that is no number` })
  else if (file && offset + length > file.size) report(piece, 'external-data-odd', { why: `${shown}, beyond its end` })
}
