// Lines of a log, unpacked where it is packed. Bounded: a file without line ends must not fill the memory.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Failure } from '../../lib/failure.ts'

/** More than any reader takes. */
const LONGEST = 131_072

/** Errors of the file have to reach who reads what is unpacked. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  const bytes = createReadStream(file)
  const steps = isPacked(file) ? pipeline(bytes, createGunzip(), () => {}) : bytes
  try {
    yield* boundedLines(steps)
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Failure('input_invalid', missing ? `there is no ${file}` : `${file} cannot be read`, {
      cause,
      hint: missing ? 'name the files of the logs' : 'name files that you may read, not folders',
    })
  }
}

/** By its first bytes: who hands a log in may name it as they like. */
function isPacked(file: string): boolean {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const head = Buffer.alloc(2)
    return readSync(descriptor, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b
  } catch {
    return false // whoever reads it says why
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/** A file without line ends must not fill the memory: what is beyond the longest line is one that cannot be read. */
async function* boundedLines(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n')
    rest = (lines.pop() ?? '').slice(0, LONGEST)
    for (const line of lines) yield line.replace(/\r$/, '')
  }
  if (rest !== '') yield rest
}
