// Reads labelled texts, one JSON object a line, and keeps of each text only the numbers of its features, block by block.
import { readFileSync } from 'node:fs'
import { WordReader } from '../../src/detect/injection/features.ts'
import { toText } from '../../src/detect/text.ts'

export interface Row {
  id: string
  text: string
  label: 0 | 1
  kind: string
  source: string
}

export interface Corpus {
  rows: readonly Row[]
  /** Features of block b: `features[from[b] … from[b + 1])`. */
  features: Int32Array
  from: Int32Array
  /** Blocks of row r: `blocks[r] … blocks[r + 1]`. */
  blocks: Int32Array
}

export function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Row => JSON.parse(line))
}

export function toCorpus(rows: readonly Row[]): Corpus {
  let features = new Int32Array(1 << 20)
  let count = 0
  const from = [0]
  const blocks = [0]
  for (const { text } of rows) {
    const reader = new WordReader((block) => {
      if (count + block.count > features.length) {
        const larger = new Int32Array(features.length * 2)
        larger.set(features)
        features = larger
      }
      features.set(block.features.subarray(0, block.count), count)
      count += block.count
      from.push(count)
    })
    reader.read(toText(text).units, 0, text.length)
    reader.finish()
    blocks.push(from.length - 1)
  }
  return { rows, features, from: Int32Array.from(from), blocks: Int32Array.from(blocks) }
}
