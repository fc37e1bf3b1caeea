// What the injection stage is worth and what it costs: accuracy by source on texts that it was not trained on, and speed on
// the same machine in the same run against a bare pass over the text. One thread, role `user`; the labelled texts are not
// part of the project (PARAPET_BENCH_DATA, else ../shared/data).
import { join } from 'node:path'
import { readRows } from '../../scripts/train-detection/corpus.ts'
import { bySource, evaluate, mean, share } from '../../scripts/train-detection/evaluate.ts'
import { THRESHOLD } from '../../src/detect/collect.ts'
import type { Engine } from '../../src/detect/engine.ts'
import type { Speaker } from '../../src/model/finding.ts'
import { defineBench, type Row } from '../bench.ts'
import { delays } from '../texts.ts'
import { quotedDocuments } from './injection/quoted.ts'

const DATA = process.env['PARAPET_BENCH_DATA'] ?? '../shared/data'

/** Words that make a nervous filter say no. */
const TRIGGER =
  /\b(?:ignor|disregard|forget|overrid|bypass|prompts?\b|instruction|system\b|password|secret|pretend|act as|role-?play|jailbreak|inject|admin|reveal|hack|without any|restrict|rules?\b)/i

export const bench = defineBench({
  title: 'Injection: accuracy and speed',
  async run() {
    const rows = readRows(join(DATA, 'injection/dev.jsonl'))
    globalThis.gc?.()
    const memoryBefore = process.memoryUsage()
    const { createEngine } = await import('../../src/detect/engine.ts')
    const { INJECTION } = await import('../../src/detect/injection/assemble.ts')
    const engine = createEngine(INJECTION)
    engine.scan('warm')
    globalThis.gc?.()
    const memory = process.memoryUsage()
    const megabytes = (memory.heapUsed + memory.arrayBuffers - memoryBefore.heapUsed - memoryBefore.arrayBuffers) / 1e6

    const scored = rows.map((row) => ({ row, score: engine.scan(row.text).score }))
    const plain = evaluate(scored.filter(({ row }) => row.source !== 'obfuscated-dev' || row.label === 0))
    const shipped = evaluate(scored, 0.01, THRESHOLD)
    const attacks = Object.entries(shipped.recall)
    const plainAttacks = attacks.filter(([source]) => source !== 'obfuscated-dev')
    const harmless = [...bySource(scored.filter(({ row }) => row.label === 0))].map(
      ([source, scores]) => [source, share(scores, THRESHOLD)] as const,
    )
    const lookAlikes = harmless.find(([source]) => source === 'obfuscated-dev')?.[1] ?? 0
    const flagged = (texts: readonly string[], role: Speaker) =>
      texts.length === 0 ? 0 : texts.filter((text) => engine.scan(text, { role }).flag).length / texts.length
    const ofKind = (kind: string) => rows.filter((row) => row.kind === kind).map(({ text }) => text)
    const pages = rows.filter(({ kind }) => kind === 'benign_tech_doc')
    const told = quotedDocuments(
      pages,
      rows.filter(({ kind }) => kind === 'direct' || kind === 'jailbreak'),
    )
    const triggering = rows.filter(({ label, text }) => label === 0 && TRIGGER.test(text)).map(({ text }) => text)
    const prose = rows.filter(({ kind }) => kind === 'benign_hard' || kind === 'benign_tech_doc')
    return [
      atLeast('injection, mean AUC over attack sources', plain.meanAuc, 0.95),
      atLeast('recall at 1 % false positives (mean over benign sources)', plain.meanRecall, 0.72),
      atLeast('recall at the shipped threshold', mean(plainAttacks.map(([, recall]) => recall)), 0.65),
      atMost('false positives there, mean over benign sources', mean(harmless.map(([, rate]) => rate)), 0.01),
      atMost('false positives there, worst benign source', Math.max(...harmless.map(([, rate]) => rate)), 0.04),
      atLeast('disguised attacks, recall', shipped.recall['obfuscated-dev'] ?? 0, 0.95),
      atMost('their benign look-alikes, false positives', lookAlikes, 0.02),
      atLeast(
        `over-defence: ${triggering.length} harmless texts with trigger words, accuracy`,
        1 - flagged(triggering, 'user'),
        0.96,
      ),
      atMost(`${told.length} pages that quote attacks, false positives as document`, flagged(told, 'document'), 0.15),
      shownOnly('pages that quote attacks, false positives as user', flagged(told, 'user')),
      shownOnly('attacks inside documents, recall as document', flagged(ofKind('indirect'), 'document')),
      shownOnly('attacks inside documents, recall as tool', flagged(ofKind('indirect'), 'tool')),
      shownOnly('pages, false positives as document', flagged(ofKind('benign_tech_doc'), 'document')),
      ...speed(engine, prose.map(({ text }) => text).join('\n')),
      atMost('memory added at load', megabytes, 25, 'MB'),
      ...attacks.map(([source, recall]) => shownOnly(`flagged of ${source} (attacks)`, recall)),
      ...harmless.map(([source, rate]) => shownOnly(`flagged of ${source} (benign)`, rate)),
    ]
  },
})

/** Best of five passes: a machine has other things to do. */
function speed(engine: Engine, prose: string): Row[] {
  const all = prose.repeat(2)
  engine.scan(all)
  const took = [1, 2, 3, 4, 5].map(() => {
    const started = process.cpuUsage()
    engine.scan(all)
    return process.cpuUsage(started).user
  })
  const whole = all.length / Math.min(...took)
  const bare = performance.now()
  let sum = 0
  for (let i = 0; i < all.length; i++) sum += all.charCodeAt(i) & 1
  const reference = all.length / 1e3 / (performance.now() - bare + (sum < 0 ? 1 : 0))
  const kilobyte = prose.slice(0, 1024)
  const { at } = delays(kilobyte, (text) => engine.scan(text))
  return [
    {
      ...atLeast('injection stage, one thread', whole, 15, 'MB/s'),
      reference: `a bare loop: ${reference.toFixed(0)} MB/s`,
      ratio: whole / reference,
    },
    atMost('1 KB, p50', at(0.5), 0.08, 'ms'),
    atMost('1 KB, p99', at(0.99), 1, 'ms'),
  ]
}

const shown = (value: number, unit: string) => `${Number(value.toPrecision(3))} ${unit}`.trim()

function shownOnly(what: string, value: number): Row {
  return { what, measured: shown(value, ''), reference: '', ratio: undefined, target: '', met: true }
}

function atLeast(what: string, value: number, least: number, unit = ''): Row {
  return {
    ...shownOnly(what, value),
    measured: shown(value, unit),
    target: `≥ ${shown(least, unit)}`,
    met: value >= least,
  }
}

function atMost(what: string, value: number, most: number, unit = ''): Row {
  return {
    ...shownOnly(what, value),
    measured: shown(value, unit),
    target: `≤ ${shown(most, unit)}`,
    met: value <= most,
  }
}
