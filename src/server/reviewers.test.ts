// From what people decide about calls that wait to the status of the measure that watches them, on a whole server.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { ASKS, openHouse, RULE, TOOL } from './testing-approvals.ts'

async function opened(t: TestContext, reviewers: object) {
  const house = await openHouse(t, [], { guards: { oversight: { rules: [RULE], reviewers } } })
  const { server, maker } = house
  const send = async (method: string, path: string, body?: object) => {
    const answer = await server.send(method, path, { headers: maker, body })
    assert.ok(answer.status < 300, answer.text)
    return answer.body
  }
  await send('PUT', '/api/assets/shop', { kind: 'system', name: 'Shop' })
  const { secret } = await send('POST', '/api/keys', { name: 'shop', asset: 'shop' })
  return {
    send,
    async decide(count: number, what: 'approve' | 'refuse' = 'approve') {
      for (let i = 0; i < count; i++) {
        const asked = server.send('POST', '/v1/chat/completions', {
          headers: { authorization: `Bearer ${String(secret)}` },
          body: {
            model: 'openai-1',
            messages: [{ role: 'user', content: ASKS }],
            tools: [{ type: 'function', function: { name: 'look', description: 'Looks', parameters: TOOL } }],
          },
        })
        const { id } = await house.waiting()
        assert.equal((await house.decide(id, what)).status, 200)
        await asked
      }
      await server.app.record.seal()
    },
    async status() {
      const { measures } = await send('GET', '/api/systems/shop/controls/oversight')
      const all = measures as { measure: string; state: { status: string; reason: string } }[]
      return all.find(({ measure }) => measure === 'oversight.reviewer-health')?.state
    },
  }
}

test('decisions within bounds prove that people look, once there are enough of them', async (t) => {
  const { decide, status } = await opened(t, { hastySeconds: 0, least: 3 })
  await decide(2)
  assert.equal((await status())?.status, 'missing')
  await decide(1, 'refuse')
  const after = await status()
  assert.equal(after?.status, 'proven', after?.reason)
})

test('approvals that nobody can have read fail it, with the name of the route, and are told of', async (t) => {
  const { decide, status, send } = await opened(t, { hastySeconds: 60, least: 3 })
  await decide(3)
  const after = await status()
  assert.equal(after?.status, 'failing')
  assert.match(after.reason, /gave 3 of 3 approvals within 60 s on route openai/)
  const { reviewers, routes } = await send('GET', '/api/reviewers')
  assert.partialDeepStrictEqual(reviewers, [{ approved: 3, refused: 0, own: 0, mostOnADay: 3 }])
  assert.partialDeepStrictEqual(routes, [{ route: 'openai', asset: 'shop', questions: 3, unanswered: 0 }])
  assert.match(JSON.stringify(routes), /3 of 3 approvals within 60 s/)
})
