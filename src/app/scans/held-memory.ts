// The memory that a process and all it started hold of their own. Linux says so; elsewhere nobody knows, and it counts as none.
import { readdir, readFile } from 'node:fs/promises'

/** Bytes; files that are mapped into memory are not its own. */
export async function heldByGroup(group: number): Promise<number> {
  const names = await readdir('/proc').catch(() => [])
  const held = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => heldIn(name, group)))
  return held.reduce((sum, bytes) => sum + bytes, 0)
}

async function heldIn(name: string, group: number): Promise<number> {
  const stat = await textOf(`/proc/${name}/stat`)
  // After the name of its program, which may hold anything: its state, its parent, its group.
  const [, , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (Number(own) !== group) return 0
  const [, kilobytes = '0'] = /^RssAnon:\s+(\d+) kB$/m.exec(await textOf(`/proc/${name}/status`)) ?? []
  return Number(kilobytes) * 1024
}

/** It may have ended in between. */
const textOf = (path: string) => readFile(path, 'utf8').catch(() => '')
