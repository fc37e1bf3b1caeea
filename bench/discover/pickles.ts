// What large model files cost, each in a process of its own: pickles of ten megabytes in the shapes that ask most of a
// reader, and a torch archive of a quarter of a gigabyte of which every member is told.
import { mkdtempSync, openSync, closeSync, writeFileSync, writeSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipOf } from '../../src/discover/artefacts/testing.ts'
import { defineBench, limited, type Row } from '../bench.ts'
import { costOf } from '../measured.ts'

const SIZE = 10_000_000
/** Opcodes of one item: numbers, pairs of them, lists in lists, entries of a dict; all but the first are remembered. */
const SHAPES: readonly [what: string, opcodes: string][] = [
  ['numbers', 'K\u0001'],
  ['pairs', 'K\u0001K\u0002\u0086\u0094'],
  ['lists in lists', ']\u0094]\u0094K\u0001aa'],
  ['dicts', '}\u0094\u008c\u0001a\u0094K\u0001s'],
]
const BATCH = 1000

export const bench = defineBench({
  title: 'large model files',
  run() {
    const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
    try {
      const rows = SHAPES.flatMap(([what, opcodes]) => {
        const file = join(folder, 'model.pkl')
        writePickle(file, opcodes)
        return measured(`pickle of ${what}, 10 MB`, file)
      })
      const torch = join(folder, 'model.pt')
      const weights = Buffer.alloc(1024 * 1024, 7)
      const members = Array.from({ length: 256 }, (_, at) => ({ name: `archive/data/${at}`, data: weights }))
      writeFileSync(
        torch,
        zipOf([{ name: 'archive/data.pkl', data: Buffer.from('\u0080\u0002N.', 'latin1') }, ...members]),
      )
      return Promise.resolve([...rows, ...measured('torch archive, 256 MiB, 257 members', torch)])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
})

function measured(what: string, file: string): Row[] {
  const { seconds, megabytes } = costOf(['dist/parapet.mjs', 'discover', 'model', file, '--json'])
  return [limited(what, seconds, 1, 's'), limited(`${what}: most memory`, megabytes, 150, 'MB')]
}

function writePickle(file: string, opcodes: string) {
  const batch = Buffer.from(`(${opcodes.repeat(BATCH)}e`, 'latin1')
  const handle = openSync(file, 'w')
  try {
    writeSync(handle, Buffer.from('\u0080\u0004]', 'latin1'))
    for (let written = 0; written < SIZE; written += batch.length) writeSync(handle, batch)
    writeSync(handle, '.')
  } finally {
    closeSync(handle)
  }
}
