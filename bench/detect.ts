// What the injection stage is worth and what it costs: accuracy by source on texts that it was not trained on, and speed on
// the same machine in the same run against a bare pass over the text. Prints a table; --write keeps it as a reference page.
// Usage: node bench/detect.ts [FOLDER with dev.jsonl] [--write]
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRows } from '../scripts/train-detection/corpus.ts'
import { bySource, evaluate, mean, share } from '../scripts/train-detection/evaluate.ts'
import { THRESHOLD } from '../src/detect/collect.ts'

const folder = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '../shared/data/injection'
const rows = readRows(join(folder, 'dev.jsonl'))

globalThis.gc?.()
const memoryBefore = process.memoryUsage()
const { createEngine } = await import('../src/detect/engine.ts')
const { INJECTION } = await import('../src/detect/injection/assemble.ts')
const engine = createEngine(INJECTION)
engine.scan('warm')
globalThis.gc?.()
const memory = process.memoryUsage()
const megabytes = (memory.heapUsed + memory.arrayBuffers - memoryBefore.heapUsed - memoryBefore.arrayBuffers) / 1e6

const scored = rows.map((row) => ({ row, score: engine.scan(row.text).score }))
const plain = evaluate(scored.filter(({ row }) => row.source !== 'obfuscated-dev' || row.label === 0))
const shipped = evaluate(scored, 0.01, THRESHOLD)
const attacks = Object.entries(shipped.recall)
const harmless = [...bySource(scored.filter(({ row }) => row.label === 0))].map(
  ([source, scores]) => [source, share(scores, THRESHOLD)] as const,
)
const prose = rows.filter(({ kind }) => kind === 'benign_hard' || kind === 'benign_tech_doc').map(({ text }) => text)
const kilobyte = prose.join('\n').slice(0, 1024)
const all = prose.join('\n').repeat(2)

const lines = [
  '# Detection: what the injection stage reaches',
  '',
  'Made by `bench/detect.ts` on sources that are in no training set; one thread, role `user`.',
  '',
  '| what | must | reached |',
  '| --- | --- | --- |',
  `| injection, mean AUC over attack sources | ≥ .95 | ${plain.meanAuc.toFixed(3)} |`,
  `| recall at 1 % false positives (mean over benign sources) | ≥ .72 | ${plain.meanRecall.toFixed(3)} |`,
  `| recall at the shipped threshold | ≥ .65 | ${mean(attacks.filter(([source]) => source !== 'obfuscated-dev').map(([, recall]) => recall)).toFixed(3)} |`,
  `| false positives there, mean over benign sources | ≤ .01 | ${mean(harmless.map(([, rate]) => rate)).toFixed(4)} |`,
  `| false positives there, worst benign source | ≤ .04 | ${Math.max(...harmless.map(([, rate]) => rate)).toFixed(3)} |`,
  `| disguised attacks, recall | ≥ .95 | ${(shipped.recall['obfuscated-dev'] ?? 0).toFixed(3)} |`,
  `| their benign look-alikes, false positives | ≤ .02 | ${(harmless.find(([source]) => source === 'obfuscated-dev')?.[1] ?? 0).toFixed(3)} |`,
  ...speed(),
  `| memory added at load | ≤ 25 MB | ${megabytes.toFixed(1)} MB |`,
  '',
  '| source | texts | share flagged |',
  '| --- | --- | --- |',
  ...attacks.map(([source, recall]) => `| ${source} (attacks) | ${count(source, 1)} | ${recall.toFixed(3)} |`),
  ...harmless.map(([source, rate]) => `| ${source} (benign) | ${count(source, 0)} | ${rate.toFixed(3)} |`),
]
const page = `${lines.join('\n')}\n`
console.log(page)
if (process.argv.includes('--write')) writeFileSync('docs/reference/detection.md', page)

function count(source: string, label: number): number {
  return rows.filter((row) => row.source === source && row.label === label).length
}

function speed(): string[] {
  engine.scan(all)
  const started = process.cpuUsage()
  engine.scan(all)
  const whole = all.length / process.cpuUsage(started).user
  const bare = performance.now()
  let sum = 0
  for (let i = 0; i < all.length; i++) sum += all.charCodeAt(i) & 1
  const reference = all.length / 1e3 / (performance.now() - bare + (sum < 0 ? 1 : 0))
  const times = Array.from({ length: 3000 }, () => {
    const start = performance.now()
    engine.scan(kilobyte)
    return performance.now() - start
  }).toSorted((a, b) => a - b)
  return [
    `| injection stage, one thread | ≥ 15 MB/s | ${whole.toFixed(1)} MB/s (a bare loop over the text: ${reference.toFixed(0)}) |`,
    `| 1 KB, p50 | ≤ .08 ms | ${(times[1500] ?? 0).toFixed(3)} ms |`,
    `| 1 KB, p99 | ≤ 1 ms | ${(times[2970] ?? 0).toFixed(3)} ms |`,
  ]
}
