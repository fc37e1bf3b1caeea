// What follows from verdicts, in all combinations that differ.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, Verdict } from '../model/verdict.ts'
import type { Mode, Rule } from '../model/policy.ts'
import { decide } from './decide.ts'

const rule = (mode: Mode, onFailure: Rule['onFailure'] = 'block'): Rule => ({
  mode,
  onFailure,
  deadlineMs: 1,
  settings: {},
})
const verdict = (guard: string, outcome: Verdict['outcome'], remedy: Verdict['remedy'] = 'block'): Verdict => ({
  guard,
  stage: 'request',
  outcome,
  remedy,
  changes: 0,
  hits: [],
  more: 0,
})

const cases: [string, Record<string, Rule>, Verdict[], Decision['action'], string[]][] = [
  ['nothing was seen', { a: rule('enforce') }, [verdict('a', 'pass')], 'forward', []],
  ['an enforced guard hit', { a: rule('enforce') }, [verdict('a', 'hit')], 'block', ['a']],
  ['an observing guard hit', { a: rule('observe') }, [verdict('a', 'hit')], 'forward', []],
  ['a guard can mend what it found', { a: rule('enforce') }, [verdict('a', 'hit', 'rewrite')], 'rewrite', ['a']],
  [
    'one mends and one blocks',
    { a: rule('enforce'), b: rule('enforce') },
    [verdict('a', 'hit', 'rewrite'), verdict('b', 'hit')],
    'block',
    ['b'],
  ],
  ['a guard failed', { a: rule('enforce') }, [verdict('a', 'failed', 'rewrite')], 'block', ['a']],
  ['a guard failed that may', { a: rule('enforce', 'pass') }, [verdict('a', 'failed')], 'forward', []],
  ['an observing guard failed', { a: rule('observe') }, [verdict('a', 'failed')], 'forward', []],
  ['a guard only wants it known', { a: rule('enforce') }, [verdict('a', 'hit', 'note')], 'forward', []],
  [
    'a guard changed what was in order',
    { a: rule('enforce') },
    [{ ...verdict('a', 'pass', 'note'), changes: 2 }],
    'rewrite',
    ['a'],
  ],
  [
    'an observing guard would have changed it',
    { a: rule('observe') },
    [{ ...verdict('a', 'pass', 'note'), changes: 2 }],
    'forward',
    [],
  ],
  ['a guard without a rule hit', {}, [verdict('a', 'hit')], 'block', ['a']],
  ['a guard without a rule failed', {}, [verdict('a', 'failed')], 'block', ['a']],
]

for (const [title, guards, verdicts, action, because] of cases) {
  test(`${action} when ${title}`, () => {
    assert.deepEqual(decide(verdicts, { hash: 'h', guards }), { action, because, policy: 'h' })
  })
}
