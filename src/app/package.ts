// Where this program was installed and which version it is. Sources and the built program lie at different depths, so
// the folder is found by its package.json.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

export const packageRoot = findRoot(import.meta.dirname)
export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'))).version

function findRoot(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('package.json is not above the program')
  return findRoot(parent)
}
