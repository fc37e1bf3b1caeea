// What a prompt of ten megabytes takes is taken in many turns of the loop, also where it is changed on its way: whoever else
// asks is heard between them. One turn holds nothing longer than the reading of its JSON, which comes in one piece.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { startGateway, TEST_KEY, over } from './testing.ts'
import type { LargeCall } from './testing-large.ts'

const CHARACTERS = 9_000_000
/** A share of all turns and no number of milliseconds: a busy machine makes everything slower alike. */
const SHARE = 1 / 10

describe('a prompt of ten megabytes holds up nobody', () => {
  for (const [title, planted] of [
    ['that goes as it came', ''],
    ['in which secrets are masked', `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`],
  ] as const)
    test(title, async (t) => {
      const far = new Worker(new URL('./testing-large.ts', import.meta.url))
      t.after(() => far.terminate())
      const [port] = (await once(far, 'message')) as [number]
      const gateway = await startGateway(t, {
        upstreams: { far: { provider: 'openai-compatible', url: `http://127.0.0.1:${port}/v1`, private: true } },
        routes: { far: { models: ['large-*'], upstreams: ['far'] } },
        guards: {
          'model-input-confidentiality': { mode: 'enforce', secrets: 'mask' },
          // The text is words without sense.
          'prompt-injection-io-handling': { mode: 'observe' },
          'dos-input-validation': { mode: 'off' },
        },
      })
      const call: LargeCall = { url: gateway.url, key: TEST_KEY, characters: CHARACTERS, planted }
      const { worst, all } = await turnsUntil(once(far, 'message'), () => far.postMessage(call, []))
      t.diagnostic(`the longest of the turns: ${Math.round(worst / 1000)} of ${Math.round(all / 1000)} ms`)
      const first = await over(gateway, 1)
      const masked = first.verdicts.find(({ guard }) => guard === 'model-input-confidentiality')?.changes ?? 0
      assert.equal(first.outcome, 'answered')
      assert.equal(masked > 100, planted !== '', `${masked} masked`)
      assert(worst < all * SHARE, `${worst} of ${all} µs`)
    })
})

/** Processor time of this thread in single turns of its loop, in microseconds. */
async function turnsUntil(done: Promise<unknown>, begin: () => void): Promise<{ worst: number; all: number }> {
  let [worst, all, isOver] = [0, 0, false]
  let last = process.threadCpuUsage()
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last)
    worst = Math.max(worst, user + system)
    all += user + system
    last = process.threadCpuUsage()
    if (!isOver) setImmediate(turn)
  }
  setImmediate(turn)
  begin()
  await done
  isOver = true
  return { worst, all }
}
