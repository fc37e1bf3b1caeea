// What others in the npm registry find on the same texts in the same run, and how fast: a number of ours says little by
// itself. Each is used as its README says, with its own thresholds.
import { createVard } from '@andersmyrmel/vard'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { checkInjection, checkJailbreak } from 'llm_guardrail'
import { secrets } from '../../src/detect/detectors/secrets/secrets.ts'
import { createEngine } from '../../src/detect/engine.ts'
import { INJECTION } from '../../src/detect/injection/assemble.ts'
import { defineBench, type Row, told } from '../bench.ts'
import { labelled, type Labelled } from '../texts.ts'

type Judge = (text: string) => boolean | Promise<boolean>

const injection = createEngine(INJECTION)
const credentials = createEngine([secrets])
const vard = createVard()
const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] }

async function bySecretlint(content: string): Promise<boolean> {
  const source = { content, filePath: 'text.txt', ext: '.txt', contentType: 'text' as const }
  const { messages } = await lintSource({ source, options: { config } })
  return messages.length > 0
}

async function byGuardrail(text: string): Promise<boolean> {
  const [one, other] = await Promise.all([checkInjection(text), checkJailbreak(text)])
  return one.detected || other.detected
}

export const bench = defineBench({
  title: 'Beside others',
  async run() {
    // Some peers take milliseconds a text: every third one is enough to compare by.
    const texts = labelled('injection/dev.jsonl').filter((_, i) => i % 3 === 0)
    const files = labelled('secrets/dev.jsonl')
    return [
      ...(await compare('injection', texts, (text) => injection.scan(text).flag, {
        '@andersmyrmel/vard 1.2.0': (text) => !vard.safeParse(text).safe,
        'llm_guardrail 2.1.2': byGuardrail,
      })),
      ...(await compare('secrets', files, (text) => credentials.scan(text).findings.length > 0, {
        'secretlint 13.0.7, recommended rules': bySecretlint,
      })),
    ]
  },
})

async function compare(what: string, texts: Labelled[], ours: Judge, peers: Record<string, Judge>): Promise<Row[]> {
  if (texts.length === 0) return []
  const us = await measure(texts, ours)
  const rows = [told(`${what}: Parapet`, us.said)]
  for (const [name, judge] of Object.entries(peers)) {
    const they = await measure(texts, judge)
    const reference = `Parapet: ${us.speed.toPrecision(3)} MB/s`
    rows.push({ ...told(`${what}: ${name}`, they.said), reference, ratio: us.speed / they.speed })
  }
  return rows
}

async function measure(texts: Labelled[], judge: Judge): Promise<{ said: string; speed: number }> {
  // Models and patterns are made ready by the first texts, for everybody.
  for (const { text } of texts.slice(0, 400)) await judge(text)
  const hits: Labelled[] = []
  const before = process.cpuUsage()
  for (const row of texts) if (await judge(row.text)) hits.push(row)
  const { user, system } = process.cpuUsage(before)
  const speed = texts.reduce((sum, { text }) => sum + text.length, 0) / (user + system)
  const share = (label: number) =>
    (hits.filter((row) => row.label === label).length / texts.filter((row) => row.label === label).length).toFixed(3)
  return { said: `finds ${share(1)}, flags ${share(0)} of the harmless, ${speed.toPrecision(3)} MB/s`, speed }
}
