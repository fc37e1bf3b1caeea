import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { approveAcceptance, proposeAcceptance } from '../govern/acceptances.ts'
import { DAY_MS } from '../govern/govern.ts'
import { select } from '../govern/selection.ts'
import { openTestGovern, RISK } from '../govern/testing.ts'
import { watchDecisions } from './decision-watch.ts'

test('what ended is written down soon after something was recorded, once', async (t) => {
  const { govern, store, clock, person, risks, kinds } = await openTestGovern(t)
  const [engineer, owner] = [await person('engineer'), await person('owner')]
  const until = new Date(clock.ms + 10 * DAY_MS).toISOString()
  const about = { system: 'claims', reason: 'a pilot', until }
  const { id } = await proposeAcceptance(govern, engineer, { ...about, threat: 'evasion', conditions: [] })
  await approveAcceptance(govern, owner, id)
  await select(govern, engineer, { ...about, measure: 'rate-limit.total', choice: 'not-needed' })
  const troubles: unknown[] = []
  const stop = watchDecisions({ store, govern, onTrouble: (error) => troubles.push(error), soonMs: 1 })
  t.after(stop)
  await wait(100)
  assert.deepEqual((await kinds()).slice(-1), ['selection.set'])
  risks.set('claims evasion', { ...RISK, verdict: 'unknown' })
  clock.ms += 11 * DAY_MS
  const nudge = { kind: 'thing.made', actor: engineer, subject: { kind: 'thing', id: 'x' }, data: {} }
  await store.append([nudge])
  for (let i = 0; i < 100 && (await kinds()).length < 9; i++) await wait(20)
  await wait(100)
  const ends = (await kinds()).filter((kind) => /\.(expired|voided|cleared)$/.test(kind))
  assert.deepEqual(ends, ['selection.cleared', 'acceptance.expired'])
  assert.deepEqual(troubles, [])
})
