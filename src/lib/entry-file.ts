// The file of a thread or process of our own: beside the sources, or built beside the program.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** `folder`: of whoever starts it; its source lies there, too. */
export function entryFile(folder: string, name: string): string {
  const source = join(folder, `${name}.ts`)
  if (existsSync(source)) return source
  const built = join(folder, `${name}.mjs`)
  return existsSync(built) ? built : join(folder, '..', `${name}.mjs`)
}
