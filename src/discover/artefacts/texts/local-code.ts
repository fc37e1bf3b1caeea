// Code that lies beside a model and is run by whoever loads it: read as code, wherever a configuration names it.
import { scanPython } from '../code/python.ts'
import { type Piece, report } from '../piece.ts'
import { utf8 } from '../source.ts'

const MOST = 4 * 1024 * 1024
const MOST_FILES = 32

/** `module` is dotted; `says` is how the configuration names it. */
export function localCode(piece: Piece, module: string, says: string): void {
  const found = fileOf(piece, module)
  if (!found) return report(piece, 'local-code', { why: `${says.slice(0, 110)}, which is not beside it` })
  localFile(piece, found, says)
}

/** A module is a file or a folder with an `__init__.py`; MLflow keeps both in its folder of code. */
export function fileOf(piece: Piece, module: string): string | undefined {
  const path = module.replaceAll('.', '/')
  return ['', 'code/']
    .flatMap((folder) => [`${folder}${path}.py`, `${folder}${path}/__init__.py`])
    .find((name) => piece.beside(name))
}

/** `path` is that of a file beside the piece. */
export function localFile(piece: Piece, path: string, says: string): void {
  if (!piece.beside(path)) return report(piece, 'local-code', { why: `${says.slice(0, 110)}, which is not beside it` })
  const read = new Set([path])
  let isPlain = true
  for (const name of read) {
    const code = piece.beside(name)
    if (!code) continue
    const text = utf8(code.read(0, Math.min(code.size, MOST)))
    for (const { technique, why } of scanPython(text)) {
      isPlain = false
      report(piece, technique, { why: `${name}: ${why}`, place: name })
    }
    for (const next of importedBeside(text, name)) if (read.size < MOST_FILES) read.add(next)
  }
  if (isPlain) report(piece, 'local-code', { why: `${says.slice(0, 110)}; what was read of it only computes` })
}

/** `from .helper import x`: what is loaded with it. */
function importedBeside(text: string, name: string): string[] {
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  return [...text.matchAll(/^[ \t]*from[ \t]+\.(?<module>\w+(?:\.\w+)*)[ \t]+import\b/gm)].flatMap(({ groups }) => {
    const path = `${folder}${(groups?.['module'] ?? '').replaceAll('.', '/')}`
    return [`${path}.py`, `${path}/__init__.py`]
  })
}
