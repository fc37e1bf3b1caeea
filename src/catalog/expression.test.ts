import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evaluate, Expression, factsOf, type Profile, type Truth } from './expression.ts'

const yes: Expression = { fact: 'yes', is: true }
const no: Expression = { fact: 'no', is: true }
const open: Expression = { fact: 'open', is: true }
const profile: Profile = { yes: true, no: false, kind: 'llm', kinds: ['rag', 'memory'] }

const value = (expression: Expression, known = profile) => evaluate(expression, known).value

test('a condition is true, false, or unknown where the fact is not known', () => {
  const cases: [Expression, Truth][] = [
    [{ always: true }, true],
    [{ fact: 'yes', is: true }, true],
    [{ fact: 'yes', is: false }, false],
    [{ fact: 'no', is: false }, true],
    [{ fact: 'open', is: true }, 'unknown'],
    [{ fact: 'open', is: false }, 'unknown'],
    [{ fact: 'kind', in: ['llm', 'heuristic'] }, true],
    [{ fact: 'kind', in: ['heuristic'] }, false],
    [{ fact: 'open', in: ['llm'] }, 'unknown'],
    [{ fact: 'kinds', has: 'rag' }, true],
    [{ fact: 'kinds', has: 'tool-output' }, false],
    [{ fact: 'open', has: 'rag' }, 'unknown'],
  ]
  for (const [expression, expected] of cases) assert.equal(value(expression), expected, JSON.stringify(expression))
})

test('a value of the wrong type says nothing', () => {
  assert.equal(value({ fact: 'kind', is: true }), 'unknown')
  assert.equal(value({ fact: 'yes', in: ['true'] }), 'unknown')
  assert.equal(value({ fact: 'kind', has: 'l' }), 'unknown')
})

test('a fact named like a member of every object is unknown, not found', () => {
  assert.equal(value({ fact: 'constructor', is: true }), 'unknown')
  assert.equal(value({ fact: '__proto__', has: 'x' }), 'unknown')
})

test('all, any and not follow the tables of three values', () => {
  const table: [Expression, Expression, Truth, Truth][] = [
    [yes, yes, true, true],
    [yes, no, false, true],
    [yes, open, 'unknown', true],
    [no, yes, false, true],
    [no, no, false, false],
    [no, open, false, 'unknown'],
    [open, yes, 'unknown', true],
    [open, no, false, 'unknown'],
    [open, open, 'unknown', 'unknown'],
  ]
  for (const [left, right, both, either] of table) {
    assert.equal(value({ all: [left, right] }), both, `all ${JSON.stringify([left, right])}`)
    assert.equal(value({ any: [left, right] }), either, `any ${JSON.stringify([left, right])}`)
    const negated: Truth = both === 'unknown' ? both : !both
    assert.equal(value({ not: { all: [left, right] } }), negated)
  }
})

test('knowing more never turns a settled answer around', () => {
  const parts: Expression[] = [yes, no, open, { not: open }, { fact: 'kind', in: ['llm'] }]
  for (const left of parts) {
    for (const right of parts) {
      const expression: Expression = { any: [{ all: [left, right] }, { not: right }] }
      const before = value(expression)
      if (before === 'unknown') continue
      for (const open of [true, false]) assert.equal(value(expression, { ...profile, open }), before)
    }
  }
})

test('with every fact known, the value is that of ordinary logic', () => {
  const facts = ['a', 'b', 'c']
  const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.record({ fact: fc.constantFrom(...facts), is: fc.boolean() }),
      fc.record({ not: tie('expression') }),
      fc.record({ all: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('expression'), { minLength: 1, maxLength: 3 }) }),
    ),
  }))
  const known = fc.record({ a: fc.boolean(), b: fc.boolean(), c: fc.boolean() })
  fc.assert(
    fc.property(expression, known, (expression, known) => {
      assert.equal(value(expression, known), ordinary(expression, known))
    }),
  )
})

function ordinary(expression: Expression, known: Record<string, boolean>): boolean {
  if ('not' in expression) return !ordinary(expression.not, known)
  if ('all' in expression) return expression.all.every((part) => ordinary(part, known))
  if ('any' in expression) return expression.any.some((part) => ordinary(part, known))
  return 'is' in expression && known[expression.fact] === expression.is
}

test('the facts read are all of them, once, in the order of reading', () => {
  const { value, read } = evaluate({ any: [yes, { all: [no, { not: open }] }, yes] }, profile)
  assert.equal(value, true)
  assert.deepEqual(read, ['yes', 'no', 'open'])
  assert.deepEqual(factsOf({ all: [open, { fact: 'kinds', has: 'rag' }] }), ['open', 'kinds'])
})

test('what is no expression is refused', () => {
  const wrong: unknown[] = [
    {},
    { always: false },
    { all: [] },
    { all: [{}] },
    { fact: 'a' },
    { fact: 'a', is: 'true' },
    { fact: 'a', in: [] },
    { fact: 'a', is: true, in: ['b'] },
    { not: [] },
    null,
    'always',
  ]
  for (const one of wrong) assert.equal(Expression.safeParse(one).success, false, JSON.stringify(one))
})
