// The file of a thread: beside the sources, or built beside the program.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export function workerFile(folder: string, name: string): string {
  const source = join(folder, `${name}.ts`)
  if (existsSync(source)) return source
  const built = join(folder, `${name}.mjs`)
  return existsSync(built) ? built : join(folder, '..', `${name}.mjs`)
}
