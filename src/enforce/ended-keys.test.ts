// A key that is good no more ends what runs under it, on real sockets: within a second, in the words of the client's format.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { testBudget } from './spend/testing.ts'
import { over, type TestGateway } from './testing.ts'
import { askThrough, WAYS } from './testing-formats.ts'

const HOUR_MS = 3_600_000
const TEXT = 'one two three four five six seven eight nine ten'

// The first call makes the engines of detection, which takes longer than a guard may take.
test('a call whose key stays', async (t) => {
  const [way] = WAYS
  assert(way)
  const { gateway } = await askThrough(t, way, {}, { user: 'Count' }, { text: TEXT })
  assert.equal((await over(gateway)).outcome, 'answered')
})

const ENDS = [
  {
    by: 'revoked',
    end: ({ gateway }: TestGateway) => gateway.endCalls('key_test'),
  },
  {
    by: 'expired',
    end: (_: TestGateway, clock: { ahead: number }) => void (clock.ahead = 2 * HOUR_MS),
  },
]

describe('in every format', () => {
  for (const [way, { by, end }] of WAYS.flatMap((way) => ENDS.map((one) => [way, one] as const)))
    test(`${way.title}: a call ends when its key is ${by}, and what it used is settled`, async (t) => {
      const clock = { ahead: 0 }
      const started = Promise.withResolvers<TestGateway>()
      const sent = Promise.withResolvers<void>()
      const gone = Promise.withResolvers<number>()
      const budget = testBudget({ unit: 'tokens', limit: 1_000_000 })
      const asked = askThrough(t, way, {}, { user: 'Count' }, { text: TEXT }, {
        budgets: [budget],
        caller: { keyId: 'key_test', asset: undefined, models: ['*'], routes: ['*'], until: Date.now() + HOUR_MS },
        now: () => new Date(Date.now() + clock.ahead),
        send(response: ServerResponse, text: string) {
          response.once('close', () => gone.resolve(performance.now()))
          response.write(text.slice(0, text.length / 2), () => {
            if (!way.stream) sent.resolve()
          })
        },
        started: started.resolve,
        headed: sent.resolve,
      }) // prettier-ignore
      const house = await started.promise
      const { gateway } = house
      await sent.promise
      gateway.endCalls('key_other')
      if (gateway.active !== 1) assert.fail((await asked).raw)
      const ended = performance.now()
      end(house, clock)
      const said = await asked
      assert.ok((await gone.promise) - ended < 1000)
      const { outcome, code, usage, usageIsEstimate } = await over(said.gateway)
      assert.deepEqual([outcome, code], [way.stream ? 'blocked' : 'refused', 'unauthenticated'])
      assert.ok((await said.gateway.spent(budget)) > 0)
      assert.equal(usageIsEstimate, true)
      assert.ok(usage && usage.input > 0, JSON.stringify(usage))
      if (way.stream) {
        assert.equal(said.status, 200)
        assert.deepEqual(said.stops, ['filtered'])
      } else {
        assert.equal(said.status, 401)
        assert.match(said.raw, new RegExp(by))
      }
      assert.equal(gateway.active, 0)
    })
})
