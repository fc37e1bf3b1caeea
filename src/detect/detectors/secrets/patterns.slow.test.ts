// Every pattern on a megabyte made to hurt it: its literal over and over, its own beginning over and over, and a long
// run of what it likes best behind its literal. Processor time, because a test machine has other things to do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEngine } from '../../engine.ts'
import { SECRET_KINDS } from './gates.ts'
import { sample, seeded } from './sample.ts'
import { secrets } from './secrets.ts'

const MEGABYTE = 1_048_576
const MOST_MS = 1500

test('no pattern takes long over a megabyte made against it', () => {
  const engine = createEngine([secrets])
  const random = seeded(13)
  const slow: string[] = []
  const tried = new Set<string>()
  for (const { id, source, gates } of SECRET_KINDS) {
    const value = sample(source, random)
    const gate = gates[0] ?? ''
    const units = [gate, `${gate}=`, `${gate}${'a1'.repeat(40)}`, value.slice(0, -2), `${value.slice(0, 12)} `]
    for (const unit of units) {
      if (tried.has(unit)) continue
      tried.add(unit)
      const text = unit.repeat(Math.ceil(MEGABYTE / unit.length))
      const started = process.cpuUsage()
      engine.scan(text)
      const { user, system } = process.cpuUsage(started)
      const took = (user + system) / 1000
      if (took > MOST_MS) slow.push(`${id} on ${JSON.stringify(unit.slice(0, 30))}: ${took.toFixed(0)} ms`)
    }
  }
  assert.deepEqual(slow, [])
})
