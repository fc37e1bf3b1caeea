// YAML: tags that build Python objects are found in the text itself, because a reader that drops them would hide them; then
// the values, for what a framework imports by name.
import { parseAllDocuments } from 'yaml'
import { type Piece, report, whole } from '../piece.ts'
import { kerasValue } from '../graphs/keras.ts'
import { utf8 } from '../source.ts'
import { instantiates } from './targets.ts'
import { templates } from './templates.ts'

/** Helm and Go write their templates under the same names and with the same braces. */
const DUNDER = /__[a-z]\w*__/
const MOST_BYTES = 4 * 1024 * 1024
const TAG =
  /(?<![\w'"])(?:!!|!<tag:yaml\.org,2002:)python\/(?<kind>object(?:\/(?:apply|new))?|name|module)[:/ ](?<name>[\w.]*)/g
/** Objects of Ruby and Java, as their loaders build them. */
const FOREIGN_TAG =
  /(?<![\w'"])(?:!ruby\/(?:object|struct|exception|marshalable)[:\w]*|!!(?:javax?|com|org|net|io|sun)\.[\w.$]+)/
/** Plain containers and numbers, which some dumpers write so. */
const HANDLE = /^%TAG\s+(?<handle>!\w*!?)\s+tag:yaml\.org,2002:(?<rest>python\/\S*)?/m

export function yaml(piece: Piece): void {
  const text = utf8(whole(piece, MOST_BYTES))
  const plain = text.replaceAll(/^\s*#.*$/gm, '')
  for (const { groups, index } of plain.matchAll(TAG)) {
    report(piece, 'yaml-tag', {
      why: `it has a tag python/${groups?.['kind'] ?? ''} ${groups?.['name'] ?? ''}`.slice(0, 120),
      offset: index,
    })
  }
  const foreign = FOREIGN_TAG.exec(plain)
  if (foreign) report(piece, 'yaml-tag', { why: `it has a tag ${foreign[0].slice(0, 100)}`, offset: foreign.index })
  if (HANDLE.test(plain)) report(piece, 'yaml-tag', { why: 'it gives the tags of Python objects another name' })
  if (/\n(?:[ \t]*[&*]\w+[ \t]*,?){200}/.test(plain))
    report(piece, 'header-bomb', { why: 'it repeats aliases without end' })
  let values: unknown[]
  try {
    values = parseAllDocuments(text, { strict: false, uniqueKeys: false, logLevel: 'silent' }).map(
      (document) => document.toJS({ maxAliasCount: 1000 }) as unknown,
    )
  } catch (error) {
    const isBomb = error instanceof ReferenceError
    report(piece, isBomb ? 'header-bomb' : 'not-read', {
      why: isBomb ? 'its aliases expand without end' : 'it is not YAML',
    })
    return
  }
  for (const value of values.slice(0, 100)) {
    instantiates(piece, value)
    if (typeof value !== 'object' || value === null) continue
    if ('class_name' in value) kerasValue(piece, value)
    templates(piece, value as Record<string, unknown>, (text) => DUNDER.test(text))
  }
}
