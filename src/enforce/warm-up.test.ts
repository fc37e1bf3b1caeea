import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEnforcement } from './policy.ts'
import { warmUpFor } from './warm-up.ts'

test('what a guard needs is made once for a speaker, and a guard that fails while it is made fails later, not here', () => {
  const { policy } = createEnforcement({})
  const opened: string[] = []
  const open = ({ stage, origin }: { stage: string; origin: string }) => {
    opened.push(`${stage} ${origin}`)
    throw new Error('cannot')
  }
  const enforcement = { policy, guards: [{ id: 'oversight', reads: () => true, open }] }
  const turn = {
    messages: [
      { origin: 'user' as const, parts: [] },
      { origin: 'user' as const, parts: [] },
    ],
    rest: [],
  }
  warmUpFor(turn, enforcement)
  warmUpFor(turn, enforcement)
  assert.deepEqual(opened, ['answer assistant', 'request user'])
})
