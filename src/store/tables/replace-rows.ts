// Puts many rows in place of those that had their ids, a few hundred at a time. The id stands in the first column.
import { TABLES } from '../backup/tables.ts'
import type { Runner, Value } from '../runner.ts'

const CHUNK = 500

export async function replaceRows(
  runner: Runner,
  table: 'discovery' | 'scan_finding',
  rows: readonly (readonly Value[])[],
): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK) {
    const some = rows.slice(i, i + CHUNK)
    const ids = some.map(([id]) => String(id))
    await runner.run(runner.build.deleteFrom(table).where('id', 'in', ids))
    await runner.insertMany(table, TABLES[table], some)
  }
}
