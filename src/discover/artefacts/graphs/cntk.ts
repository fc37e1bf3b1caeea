// CNTK's models: dictionaries in a protocol buffer. A function that somebody wrote in Python is kept as the names of its module
// and class, which the loader puts into the text of an import and executes, so that what stands in a name is code.
import { type Piece, report } from '../piece.ts'
import { rule } from '../pickle/policy.ts'
import type { ByteSource } from '../source.ts'
import { bodies, protoFields, textField } from './protobuf.ts'

const MOST_DEPTH = 64
const FIRST = 16
const NAME = /^[A-Za-z_][\w.]*$/

/** An entry of a dictionary begins with its key, which has the first number and the type of a text. */
const KEY = 0x0a
const VALUE_OF_ENTRY = 0x12

export function isCntk(source: ByteSource): boolean {
  if (source.read(0, 1)[0] !== 0x08) return false
  let entries = 0
  try {
    for (const { number, body } of protoFields(source)) {
      if (number === 1 && !body) continue
      if (number !== 2 || !body || !isEntry(body)) return false
      if (++entries >= FIRST) return true
    }
  } catch {
    return false // no message at all
  }
  return entries > 0
}

function isEntry(body: ByteSource): boolean {
  const [first, length = 0] = body.read(0, 2)
  const isKey = first === KEY && length > 0 && length < 0x80 && body.read(2 + length, 1)[0] === VALUE_OF_ENTRY
  return isKey && body.read(2, length).every((byte) => byte >= 0x20)
}

export function cntk(piece: Piece): void {
  dictionary(piece, piece.source, 0)
}

function dictionary(piece: Piece, source: ByteSource, depth: number): void {
  if (depth > MOST_DEPTH) throw new Error('its dictionaries nest too deeply')
  const names = new Map<string, string>()
  for (const entry of bodies(source, 2)) {
    const key = textField(entry, 1, 256)
    for (const value of bodies(entry, 2)) {
      if (key === 'module' || key === 'class') names.set(key, textField(value, 8))
      inValue(piece, value, depth + 1)
    }
  }
  const [module, name] = [names.get('module'), names.get('class')]
  if (module !== undefined && name !== undefined) imports(piece, module, name)
}

function inValue(piece: Piece, value: ByteSource, depth: number): void {
  if (depth > MOST_DEPTH) throw new Error('its lists nest too deeply')
  for (const { number, body } of protoFields(value)) {
    if (number === 12 && body) dictionary(piece, body, depth)
    else if (number === 11 && body) for (const item of bodies(body, 1)) inValue(piece, item, depth + 1)
  }
}

function imports(piece: Piece, module: string, name: string): void {
  const why = `a function imports ${name.slice(0, 60)} of ${module.slice(0, 60)}`
  if (!NAME.test(module) || !NAME.test(name)) {
    report(piece, 'config-imports', { why: `${why}, which is no name and is executed as code` })
    return
  }
  const { imported, called } = rule(module, name, 4)
  const isHarmful = [imported, called].some((one) => one !== undefined && !one.technique.startsWith('pickle-unknown'))
  if (isHarmful) report(piece, 'config-imports', { why })
  else if (!module.startsWith('cntk.')) report(piece, 'config-unknown', { why })
}
