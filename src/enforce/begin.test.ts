// What a guard remembers of a request is there for the answer, and one that cannot begin has failed for both.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { beginCall } from './begin.ts'
import { defineGuard } from './guard.ts'
import { Inspection } from './inspection.ts'
import type { Enforcement } from './policy.ts'
import { readRequest } from './wire/openai-chat/read-request.ts'

const CALL = { keyId: 'k', asset: undefined, route: 'r', secret: new Uint8Array(32) }
const TURN = readRequest({ model: 'm', messages: [{ role: 'user', content: 'tulip' }] })

const enforced = (guard: ReturnType<typeof defineGuard>): Enforcement => ({
  policy: {
    hash: 'h',
    guards: { [guard.id]: { mode: 'enforce', onFailure: 'block', deadlineMs: 1000, settings: {} } },
  },
  guards: [guard.ready({})],
})

/** Takes out of an answer what the request said, whole. */
const echo = defineGuard({
  id: 'echo',
  title: 'Takes out what was asked',
  settings: z.strictObject({}),
  begin() {
    const heard = new Set<string>()
    return {
      open({ stage }) {
        let text = ''
        return {
          push(piece) {
            text += piece
            return { safe: 0, findings: [], cuts: [] }
          },
          end() {
            if (stage === 'request') heard.add(text)
            const cuts = stage === 'answer' && heard.has(text) ? [{ start: 0, end: text.length, put: '-' }] : []
            return { safe: text.length, findings: [], cuts }
          },
        }
      },
    }
  },
})

const text = (words: string) => ({ origin: 'user', part: 'text', at: [], text: words }) as const

test('a guard remembers a request until its answer, and no longer', () => {
  const enforcement = enforced(echo)
  const guards = beginCall(enforcement, TURN, CALL)
  new Inspection(enforcement, 'request', () => 0, guards).texts([text('tulip')])
  const answer = new Inspection(enforcement, 'answer', () => 0, guards)
  assert.equal(answer.whole(text('tulip')), '-')
  assert.deepEqual([answer.decision.action, answer.verdicts[0]?.outcome], ['rewrite', 'pass'])
  const other = beginCall(enforcement, TURN, CALL)
  assert.equal(new Inspection(enforcement, 'answer', () => 0, other).whole(text('tulip')), undefined)
})

test('a guard that cannot begin has failed for the request and for the answer', () => {
  const broken = defineGuard({
    id: 'broken',
    title: 'Cannot begin',
    settings: z.strictObject({}),
    begin() {
      throw new RangeError('tulip')
    },
  })
  const enforcement = enforced(broken)
  const guards = beginCall(enforcement, TURN, CALL)
  for (const stage of ['request', 'answer'] as const) {
    const inspection = new Inspection(enforcement, stage, () => 0, guards)
    inspection.texts([text('x')])
    assert.deepEqual([inspection.decision.action, inspection.verdicts[0]?.why], ['block', 'RangeError'])
  }
})
