import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { Failure } from './failure.ts'
import { parse } from './parse.ts'

const Schema = z.strictObject({
  name: z.string().min(2),
  mode: z.enum(['off', 'observe', 'enforce']).default('observe'),
  limits: z.strictObject({ requests: z.int().positive().optional(), tokens: z.int().optional() }).prefault({}),
  routes: z.array(z.strictObject({ model: z.string(), timeout: z.int().optional() })).default([]),
})

const refusals: [title: string, input: unknown, path: string, suggestion: string | undefined, words: RegExp][] = [
  ['an unknown key is named with the nearest right one', { name: 'ab', mod: 'off' }, 'mod', 'mode', /unknown key/],
  ['so is one inside an object', { name: 'ab', limits: { request: 1 } }, 'limits.request', 'requests', /unknown key/],
  [
    'so is one inside a list',
    { name: 'ab', routes: [{ model: 'm', timeuot: 1 }] },
    'routes[0].timeuot',
    'timeout',
    /unknown key/,
  ],
  [
    'a wrong enum value is told what is allowed',
    { name: 'ab', mode: 'enforced' },
    'mode',
    'enforce',
    /"off", "observe", "enforce"/,
  ],
  ['a wrong type is told what was expected', { name: 7 }, 'name', undefined, /expected string/],
  ['a missing key is named', {}, 'name', undefined, /expected string/],
  [
    'no near match, no suggestion',
    { name: 'ab', zzzzzz: 1 },
    'zzzzzz',
    undefined,
    /unknown key; expected one of "name"/,
  ],
]

for (const [title, input, path, suggestion, words] of refusals) {
  test(title, () => {
    assert.throws(
      () => parse(Schema, input),
      (error: unknown) => {
        assert.ok(error instanceof Failure)
        assert.equal(error.code, 'input_invalid')
        assert.equal(error.issues[0]?.path, path)
        assert.equal(error.issues[0]?.suggestion, suggestion)
        assert.match(error.issues[0]?.message ?? '', words)
        assert.match(error.message, new RegExp(`^${path.replaceAll(/[.[\]]/g, String.raw`\$&`)}: `))
        return true
      },
    )
  })
}

test('what is right comes back with its defaults', () => {
  assert.deepEqual(parse(Schema, { name: 'ab' }), { name: 'ab', mode: 'observe', limits: {}, routes: [] })
})

test('a wrong member of a union is explained for the variant that came closest', () => {
  const Publisher = z.union([
    z.strictObject({ file: z.string() }),
    z.strictObject({ witness: z.strictObject({ url: z.url() }) }),
  ])
  assert.throws(() => parse(Publisher, { witness: { url: 'nope' } }), /witness\.url: /)
})

test('no more than twenty problems are listed', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, i]))
  assert.throws(
    () => parse(Schema, { name: 'ab', ...many }),
    (error: unknown) => error instanceof Failure && error.issues.length === 20 && /99 more/.test(error.message),
  )
})
