import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { type AnyRoute, defineRoute } from '../../server/route.ts'
import { fieldsOf } from './fields.ts'
import { toRequest } from './request.ts'

const NOW = new Date('2026-01-02T03:04:05.000Z')
const route = defineRoute({
  id: 'change-thing',
  method: 'PATCH',
  path: '/api/boxes/:box/things/:id',
  command: 'thing change',
  summary: 'Changes a thing',
  needs: 'anyone',
  params: z.strictObject({ box: z.string(), id: z.string() }),
  query: z.strictObject({ dryRun: z.boolean().optional(), kinds: z.array(z.enum(['a', 'b'])).optional() }),
  body: z.strictObject({
    name: z.string().describe('what it is called'),
    count: z.int().nullable().default(3),
    open: z.boolean().optional(),
    until: z.iso.datetime().optional(),
    tags: z.array(z.string()).optional(),
    shape: z.strictObject({ sides: z.number() }).optional(),
    answer: z.union([z.boolean(), z.string(), z.array(z.string())]).optional(),
    password: z.string().optional(),
    pin: z.string().meta({ secret: true }).optional(),
  }),
  reply: z.object({}),
  handle: async () => ({}),
}) as unknown as AnyRoute

const fields = fieldsOf(route)
const build = (
  flags: Record<string, string | boolean | string[]>,
  { args = ['b1', 't1'], body = undefined as unknown, secrets = {} } = {},
) => toRequest(route, fields, { args, flags }, { body, secrets, now: NOW })

test('fields say type, choices, default and what is secret', () => {
  assert.deepEqual(
    fields.map(({ flag, part, type, array, required, secret }) => [flag, part, type, array, required, secret]),
    [
      ['dry-run', 'query', 'boolean', false, false, false],
      ['kinds', 'query', 'string', true, false, false],
      ['name', 'body', 'string', false, true, false],
      ['count', 'body', 'number', false, false, false],
      ['open', 'body', 'boolean', false, false, false],
      ['until', 'body', 'time', false, false, false],
      ['tags', 'body', 'string', true, false, false],
      ['shape', 'body', 'json', false, false, false],
      ['answer', 'body', 'loose', false, false, false],
      ['password', 'body', 'string', false, false, true],
      ['pin', 'body', 'string', false, false, true],
    ],
  )
  assert.equal(fields[1]?.about, 'one of a, b')
  assert.equal(fields[2]?.about, 'what it is called; required')
  assert.equal(fields[3]?.about, 'default 3')
})

test('an answer is JSON or a word as it stands', () => {
  const cases: [string, unknown][] = [
    ['true', true],
    ['["rag"]', ['rag']],
    ['llm', 'llm'],
    ['"llm"', 'llm'],
    ['[rag', '[rag'],
  ]
  for (const [answer, value] of cases) assert.deepEqual(build({ answer }).body, { answer: value })
})

test('words and flags become path, query and a typed body', () => {
  assert.deepEqual(
    build({
      'dry-run': true,
      kinds: ['a', 'b'],
      name: 'N',
      count: '4',
      open: false,
      tags: ['x'],
      shape: '{"sides":3}',
    }),
    {
      method: 'PATCH',
      path: '/api/boxes/b1/things/t1?dryRun=true&kinds=a&kinds=b',
      body: { name: 'N', count: 4, open: false, tags: ['x'], shape: { sides: 3 } },
    },
  )
})

test('what is no number is passed on, so that the server says where and why', () => {
  assert.deepEqual(build({ count: 'many' }).body, { count: 'many' })
  assert.deepEqual(build({ count: '' }).body, { count: '' })
})

for (const [text, time] of [
  ['+30d', '2026-02-01T03:04:05.000Z'],
  ['-2h', '2026-01-02T01:04:05.000Z'],
  ['2026-05-06T00:00:00Z', '2026-05-06T00:00:00Z'],
  ['tomorrow', 'tomorrow'],
] as const) {
  test(`the time "${text}" means ${time}`, () => assert.deepEqual(build({ until: text }).body, { until: time }))
}

test('an argument is one segment of the path, whatever it holds', () => {
  assert.equal(build({}, { args: ['a/../b', 'c?d#e'] }).path, '/api/boxes/a%2F..%2Fb/things/c%3Fd%23e')
  for (const word of ['..', '.', '']) {
    assert.throws(
      () => build({}, { args: [word, 'x'] }),
      (error) => error instanceof Failure && error.code === 'input_invalid',
    )
  }
})

test('flags are added to a whole body, and secrets only from where secrets come', () => {
  const body = { name: 'N', count: 1 }
  assert.deepEqual(build({ count: '2', password: 'no' }, { body, secrets: { password: 'yes' } }).body, {
    name: 'N',
    count: 2,
    password: 'yes',
  })
  assert.throws(() => build({ count: '2' }, { body: [1] }), Failure)
})

test('a flag that wants JSON says what is wrong with it', () => {
  assert.throws(() => build({ shape: '{' }), /--shape is not JSON/)
})
