// Formats that are data but for one door: operators of their own in TFLite, classes of their own in Core ML, programs.
import { zip } from '../containers/zip.ts'
import { findEnd } from '../containers/zip-directory.ts'
import { type Piece, report } from '../piece.ts'
import { Fields, utf8 } from '../source.ts'
import { kerasTexts } from './keras-texts.ts'
import { bodies, ProtoError, protoFields, textField } from './protobuf.ts'
import { graphDef, metaGraph, operator, savedModel } from './tensorflow.ts'

const MOST_OPERATORS = 10_000

/** A flatbuffer: the root table's second field lists the operators, and each may name one that is not built in. */
export function tflite(piece: Piece): void {
  const { source } = piece
  const u32 = (at: number) => new Fields(source.read(at, 4)).u32(0)
  const field = (table: number, index: number): number | undefined => {
    const layout = table - new Fields(source.read(table, 4)).i32(0)
    const head = new Fields(source.read(layout, 6 + 2 * index))
    const offset = head.u16(0) >= 6 + 2 * index ? head.u16(4 + 2 * index) : 0
    return offset > 0 ? table + offset : undefined
  }
  const vector = field(u32(0), 1)
  if (vector === undefined) return
  const start = vector + u32(vector)
  const count = u32(start)
  if (!(count <= MOST_OPERATORS)) throw new Error('it lists too many operators')
  for (let i = 0; i < count; i++) {
    const entry = start + 4 + 4 * i
    const custom = field(entry + u32(entry), 1)
    if (custom === undefined) continue
    const text = custom + u32(custom)
    const name = utf8(source.read(text + 4, Math.min(u32(text), 200)))
    // Where these write is said by an input, which is not looked at here.
    if (/^Flex(?:SaveV2|PrintV2)$/.test(name)) report(piece, 'graph-writes', { why: `it uses ${name}` })
    else if (name.startsWith('Flex')) operator(piece, name.slice(4), `it uses ${name}`)
    else if (!name.startsWith('TFLite_')) report(piece, 'graph-custom-operator', { why: `it uses ${name}` })
  }
}

/** Core ML: a model or layer that is a class of the application. */
export function coreml(piece: Piece): void {
  for (const { number, body } of protoFields(piece.source)) {
    if (!body) continue
    if (number === 555)
      report(piece, 'graph-custom-operator', { why: `its model is the class ${textField(body, 10).slice(0, 80)}` })
    else if (number === 556) report(piece, 'external-data-odd', { why: 'it links to another model' })
    else if (number === 500 || number === 303 || number === 403)
      for (const layer of bodies(body, 1))
        for (const custom of bodies(layer, 500))
          report(piece, 'graph-custom-operator', { why: `a layer is the class ${textField(custom, 10).slice(0, 80)}` })
  }
}

/** Trees and tables after a head that says its size: a format of data alone. */
export function catboost(piece: Piece): void {
  const size = new Fields(piece.source.read(0, 8)).u32(4)
  if (!(size > 0 && size + 8 <= piece.source.size)) report(piece, 'truncated', { why: 'its trees go beyond its end' })
}

export function program(piece: Piece): void {
  report(piece, 'executable-file', { why: 'its first bytes are those of a program' })
  if (findEnd(piece.source) !== undefined) zip(piece, true)
}

/** A model and its runtime in one file, with a zip at the end. */
export function llamafile(piece: Piece): void {
  report(piece, 'executable-model', { why: 'it is a llamafile' })
  if (findEnd(piece.source) !== undefined) zip(piece, true)
}

export function tensorflow(piece: Piece): void {
  kerasTexts(piece)
  savedModel(piece)
}

export function tensorflowMeta(piece: Piece): void {
  metaGraph(piece)
}

export function tensorflowGraph(piece: Piece): void {
  kerasTexts(piece)
  // The three kinds of graph have one ending. A SavedModel begins with its version; the other two are read as both.
  const [first] = protoFields(piece.source)
  if (first?.number === 1 && first.body === undefined) return savedModel(piece)
  const failed: unknown[] = []
  for (const read of [graphDef, metaGraph]) {
    try {
      read(piece)
    } catch (error) {
      if (!(error instanceof ProtoError)) throw error
      failed.push(error)
    }
  }
  if (failed.length > 1) throw failed[0]
}
