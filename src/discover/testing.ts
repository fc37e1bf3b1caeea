// Small trees for tests: files by name, read as a scan reads them, without a disk.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import type { Evidence } from './find/evidence.ts'
import { findAll } from './find/find.ts'
import { meantBy, openedBy } from './read-all.ts'
import { readSource } from './read/read-file.ts'
import type { SourceFile } from './read/source-file.ts'

export async function evidenceOf(tree: Readonly<Record<string, string>>): Promise<Evidence> {
  const files: SourceFile[] = []
  for (const [file, text] of Object.entries(tree)) files.push(await readSource(file, text))
  // Two rounds, as a scan has them: what is imported may pass on what it imports.
  for (let round = 0; round < 2; round++) {
    const wanted = files.flatMap(({ unit }) =>
      unit
        ? [...openedBy(unit), ...unit.statements.flatMap((one) => (one.kind === 'import' ? meantBy(unit, one) : []))]
        : [],
    )
    for (const file of new Set(wanted)) {
      const text = tree[file]
      const held = files.findIndex((one) => one.file === file && !one.unit)
      if (text !== undefined && held >= 0) files[held] = await readSource(file, text, true)
    }
  }
  return findAll(files)
}

export async function namesOf(tree: Readonly<Record<string, string>>, kind: DiscoveredKind): Promise<string[]> {
  const { collector } = await evidenceOf(tree)
  return collector
    .of(kind)
    .map(({ name }) => name)
    .toSorted()
}

type Row = [title: string, kind: DiscoveredKind, tree: Record<string, string>, expected: string[]]

/** One test a row: the names that are found in a small tree, in their order. */
export function tryTrees(rows: readonly Row[]) {
  for (const [title, kind, tree, expected] of rows)
    test(title, async () => assert.deepEqual(await namesOf(tree, kind), expected))
}
