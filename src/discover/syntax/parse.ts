// One file of code becomes a unit. A file that its parser cannot finish in time is given up here; that costs less than
// the thread.
import type { Language, Parser, Tree } from 'web-tree-sitter'
import { Lines } from '../../lib/lines.ts'
import { parserFor, type Grammar } from './grammars.ts'
import { Lower } from './lower.ts'
import { silentIn } from './silent.ts'
import { worked } from '../work-clock.ts'
import { fetchTree } from './tree.ts'
import type { Statement } from './expr.ts'

export interface Parsed {
  statements: Statement[]
  /** Why part of it was not read: it lies deeper, or further on, than is read. */
  cut: 'too_deep' | 'too_large' | undefined
}

export class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

/** A tree has dozens of bytes for each of the source, and what the parser once took it keeps. */
const MOST_CHARS = 1_500_000

/** The parser asks every few microseconds whether it may go on, and looking at the clock takes one. */
const ASKS_A_LOOK = 64

/** `until` in what this thread has worked. */
export async function parseCode(grammar: Grammar, source: string, until: number): Promise<Parsed> {
  const text = source.slice(0, MOST_CHARS)
  const { tree, language } = parseTree(await parserFor(grammar), text, until)
  try {
    const { root, cut } = fetchTree(tree, language, silentIn(text))
    const lower = new Lower(text, new Lines(text))
    for (const part of root.kids) lower.visit(part)
    return {
      statements: lower.statements,
      cut: lower.full || text.length < source.length ? 'too_large' : cut ? 'too_deep' : undefined,
    }
  } finally {
    tree.delete()
  }
}

export function parseTree(parser: Parser, source: string, until: number): { tree: Tree; language: Language } {
  const { language } = parser
  let asked = 0
  const progressCallback = () => ++asked % ASKS_A_LOOK === 0 && worked() > until
  const tree = parser.parse(source, null, { progressCallback })
  if (!tree || !language) {
    parser.reset()
    throw new TooSlow('its parser took too long')
  }
  return { tree, language }
}
