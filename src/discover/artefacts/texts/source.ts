// Source code and templates that travel with a model.
import { scanPython } from '../code/python.ts'
import { scanTemplate } from '../code/template.ts'
import { textGraph } from '../graphs/tensorflow.ts'
import { baseName, extension, type Piece, report, whole } from '../piece.ts'
import { guessPickle } from '../pickle/scan-pickle.ts'
import { utf8 } from '../source.ts'

const MOST = 8 * 1024 * 1024

export function python(piece: Piece): void {
  const text = utf8(whole(piece, MOST))
  for (const { technique, why, at } of scanPython(text)) report(piece, technique, { why, offset: at })
  // TorchScript is written as Python; these operators of it touch files.
  for (const match of text.matchAll(/\b(?:torch|ops\.aten|aten)\.(?<name>from_file|save|load)\s*\(/g)) {
    const name = match.groups?.['name']
    if (/(?:^|!|\/)code\//.test(piece.place) && name)
      report(piece, name === 'save' ? 'graph-writes' : 'graph-reads', {
        why: `its code calls ${match[0].slice(0, -1)}`,
        offset: match.index,
      })
  }
}

export function jinja(piece: Piece): void {
  for (const { technique, why, at } of scanTemplate(utf8(whole(piece, MOST))))
    report(piece, technique, { why, offset: at })
}

/** Text of no kind that runs; but a pickle of protocol 0 is text too, and `.pth` files are run line by line. */
export function text(piece: Piece): void {
  guessPickle(piece)
  const name = baseName(piece.name)
  if (extension(name) === 'pth' && piece.source.size < 65_536) {
    const lines = utf8(whole(piece, MOST)).split(/\r?\n/)
    if (lines.some((line) => /^import[ \t]/.test(line)))
      report(piece, 'archive-imports-at-start', { why: 'a .pth file has a line that starts with "import"' })
  }
  if (/^requirements.*\.txt$/.test(name)) requirements(piece)
  if (/^(?:pbtxt|prototxt|textproto)$/.test(extension(name))) textGraph(piece, utf8(whole(piece)))
  if (extension(name) === 'prototxt' && /type:\s*["']Python["']/.test(utf8(whole(piece, MOST))))
    report(piece, 'graph-calls-python', { why: 'a layer of type Python' })
}

/** What TorchServe, MLflow and others install before they load. */
function requirements(piece: Piece): void {
  for (const line of utf8(whole(piece, MOST)).split(/\r?\n/).slice(0, 10_000)) {
    const found =
      /^\s*(?:--(?:extra-)?index-url|-i|--trusted-host|--find-links|-f)[\s=]+(?<where>\S+)|(?<url>(?:git\+|https?:\/\/)\S+)/.exec(
        line,
      )?.groups
    const where = found?.['where'] ?? found?.['url'] ?? ''
    if (
      where &&
      !/(?:pypi\.org|pythonhosted\.org|pytorch\.org|github\.com|huggingface\.co|nvidia\.com|storage\.googleapis\.com)(?:[/:]|$)/.test(
        where,
      )
    )
      report(piece, 'config-unknown', {
        why: `packages come from ${where.slice(0, 80)}`,
        effect: 'installs packages from an unusual place before the model is loaded',
      })
  }
}
