// Code that lies beside a model and is run by whoever loads it: read as code, wherever a configuration names it.
import { scanPython } from '../code/python.ts'
import { type Piece, report } from '../piece.ts'
import { utf8 } from '../source.ts'

const MOST = 4 * 1024 * 1024

/** `module` is dotted; `says` is how the configuration names it. */
export function localCode(piece: Piece, module: string, says: string): void {
  const path = `${module.replaceAll('.', '/')}.py`
  const file = piece.beside(path) ?? piece.beside(`code/${path}`)
  if (!file) return report(piece, 'local-code', { why: `${says.slice(0, 110)}, which is not beside it` })
  const found = scanPython(utf8(file.read(0, Math.min(file.size, MOST))))
  if (found.length === 0)
    return report(piece, 'local-code', { why: `${says.slice(0, 110)}; what was read of it only computes` })
  for (const { technique, why } of found) report(piece, technique, { why: `${path}: ${why}`, place: path })
}
