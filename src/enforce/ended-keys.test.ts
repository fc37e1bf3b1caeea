// A key that is good no more ends what runs under it, on real sockets: within a second, in the words of the client's format.
import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { testBudget } from './spend/testing.ts'
import { over, type TestGateway } from './testing.ts'
import { askThrough, WAYS } from './testing-formats.ts'

const TEXT = 'one two three four five six seven eight nine ten'

describe('in every format', { concurrency: 8 }, () => {
  for (const way of WAYS)
    test(`${way.title}: a call ends with its key, and what it used is settled`, async (t) => {
      const begun = Promise.withResolvers<TestGateway>()
      const gone = Promise.withResolvers<number>()
      let ended = 0
      const budget = testBudget({ unit: 'tokens', limit: 10_000 })
      const asked = askThrough(t, way, {}, { user: 'Count' }, { text: TEXT }, {
        budgets: [budget],
        send(response: ServerResponse, text: string) {
          response.once('close', () => gone.resolve(performance.now()))
          response.write(text.slice(0, text.length / 2))
        },
        started: begun.resolve,
      }) // prettier-ignore
      const { gateway } = await begun.promise
      while (gateway.active === 0) await sleep(5)
      await sleep(200)
      gateway.endCalls('key_other')
      await sleep(50)
      assert.equal(gateway.active, 1)
      ended = performance.now()
      gateway.endCalls('key_test')
      const said = await asked
      assert.ok((await gone.promise) - ended < 1000)
      const { outcome, code } = await over(said.gateway)
      assert.deepEqual([outcome, code], [way.stream ? 'blocked' : 'refused', 'unauthenticated'])
      assert.ok((await said.gateway.spent(budget)) > 0)
      if (way.stream) {
        assert.equal(said.status, 200)
        assert.deepEqual(said.stops, ['filtered'])
      } else {
        assert.equal(said.status, 401)
        assert.match(said.raw, /revoked/)
      }
      assert.equal(gateway.active, 0)
    })
})
