// One file of code becomes a unit. Runs in the scanning thread, where a file that never ends can be given up.
import { parserFor, type Grammar } from './grammars.ts'
import { Lower } from './lower.ts'
import { fetchTree, Lines } from './tree.ts'
import type { Statement } from './expr.ts'

export interface Parsed {
  statements: Statement[]
  /** Something lies deeper, or further on, than is read. */
  cut: boolean
}

export async function parseCode(grammar: Grammar, source: string): Promise<Parsed> {
  const parser = await parserFor(grammar)
  const tree = parser.parse(source)
  if (!tree || !parser.language) return { statements: [], cut: true }
  try {
    const { root, cut } = fetchTree(tree, parser.language)
    const lower = new Lower(source, new Lines(source))
    for (const part of root.kids) lower.visit(part)
    return { statements: lower.statements, cut }
  } finally {
    tree.delete()
  }
}
