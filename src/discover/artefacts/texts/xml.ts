// XML as PMML, OpenVINO and others use it. No parser is needed to see what a parser could be made to do: read other files, fetch
// addresses, or expand entities without end.
import { type Piece, report, whole } from '../piece.ts'
import { utf8 } from '../source.ts'

const MOST_EXPANDED = 10_000_000

export function xml(piece: Piece): void {
  const bytes = whole(piece)
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes[1] === 0
  const text = (isWide ? utf16(bytes) : utf8(bytes))
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, '')
  const doctype = /<!DOCTYPE[^[>]*(?:\[(?<subset>[\s\S]*?)\]\s*)?>/.exec(text)
  const subset = doctype?.groups?.['subset'] ?? ''
  if (/<!ENTITY\s+(?:%\s+)?\S+\s+(?:SYSTEM|PUBLIC)\b/.test(subset))
    report(piece, 'xml-entity', { why: 'an entity is another file or address', offset: doctype?.index ?? 0 })
  else if (/<!ENTITY\s+(?:%\s+)?\S+\s+(?:"[^"]*[&%][\w#]+;|'[^']*[&%][\w#]+;)/.test(subset))
    report(piece, 'xml-entity', { why: 'entities are made of entities', offset: doctype?.index ?? 0 })
  else if (expands(subset, text) > MOST_EXPANDED)
    report(piece, 'xml-entity', { why: 'its entities expand without measure', offset: doctype?.index ?? 0 })
  else if (/<!ENTITY\b/.test(subset))
    report(piece, 'xml-doctype', { why: 'it declares entities', offset: doctype?.index ?? 0 })
  else if (doctype && /\b(?:SYSTEM|PUBLIC)\b/.test(doctype[0]))
    report(piece, 'xml-entity', { why: 'its document type is another file or address', offset: doctype.index })
  else if (doctype) report(piece, 'xml-doctype', { why: 'it declares a document type', offset: doctype.index })
  else if (/<!ENTITY\b/.test(text)) report(piece, 'xml-entity', { why: 'it declares an entity where none may stand' })
  const include = /<(?:\w+:)?include\b[^>]*\bhref\s*=\s*["'](?<href>[^"']*)/.exec(text)
  if (include && /XInclude/.test(text))
    report(piece, 'xml-entity', {
      why: `it includes ${include.groups?.['href']?.slice(0, 80) ?? ''}`,
      offset: include.index,
    })
  const sheet = /<\?xml-stylesheet\b[^>]*href\s*=\s*["'](?<href>[^"']*)/.exec(text)
  if (sheet)
    report(piece, 'xml-entity', {
      why: `it names a style sheet, ${sheet.groups?.['href']?.slice(0, 80) ?? ''}`,
      offset: sheet.index,
    })
  openvino(piece, text)
}

/** How many letters the references to plain entities become. */
function expands(subset: string, text: string): number {
  const sizes = new Map<string, number>()
  for (const { groups } of subset.matchAll(/<!ENTITY\s+(?<name>[\w.:-]+)\s+(?:"(?<double>[^"]*)"|'(?<single>[^']*)')/g))
    sizes.set(groups?.['name'] ?? '', (groups?.['double'] ?? groups?.['single'] ?? '').length)
  if (sizes.size === 0) return 0
  let sum = 0
  for (const { groups } of text.matchAll(/&(?<name>[\w.:-]+);/g)) sum += sizes.get(groups?.['name'] ?? '') ?? 0
  return sum
}

/** OpenVINO: layers of extension libraries are code. */
function openvino(piece: Piece, text: string): void {
  if (!/<net\b[^>]*\bversion\s*=/.test(text)) return
  for (const [, version = ''] of text.matchAll(/<layer\b[^>]*\bversion\s*=\s*["'](?<version>[^"']*)["']/g)) {
    if (!/^(?:opset\d+|extension\.?|experimental|ie_internal_opset|gpu_opset)$/.test(version))
      return report(piece, 'graph-custom-operator', { why: `it uses layers of ${version.slice(0, 60)}` })
    if (version.startsWith('extension'))
      return report(piece, 'graph-custom-operator', { why: 'it uses layers of an extension' })
  }
}

function utf16(bytes: Uint8Array): string {
  const isBig = bytes[0] === 0xfe || bytes[0] === 0
  return new TextDecoder(isBig ? 'utf-16be' : 'utf-16le').decode(bytes)
}
