// What fits a schema and what does not, beside a validator that others trust; and that no schema takes the house down.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import type { Json } from '../lib/canonical-json.ts'
import { fitsSchema } from './json-schema.ts'
import { processorMs } from '../lib/testing.ts'

const person = {
  type: 'object',
  properties: { name: { type: 'string', minLength: 1 }, age: { type: 'integer', minimum: 0 }, boss: { $ref: '#' } },
  required: ['name'],
  additionalProperties: false,
}
const cases: [title: string, schema: Json, fits: Json[], misses: Json[]][] = [
  ['types', { type: ['string', 'null'] }, ['a', null], [1, true, [], {}]],
  ['whole numbers, however they are written', { type: 'integer' }, [1, 1.0, -3], [1.5, '1']],
  ['objects and references to the whole', person, [{ name: 'a', boss: { name: 'b', age: 3 } }], [{}, { name: 'a', x: 1 }, { name: 'a', boss: { age: 1 } }]], // prettier-ignore
  ['references to a part', { $defs: { 'a/b': { const: 1 } }, $ref: '#/$defs/a~1b' }, [1], [2]],
  ['one of several values', { enum: [{ a: 1, b: 2 }, 'x'] }, [{ b: 2, a: 1 }, 'x'], [{ a: 1 }, 'y']],
  ['any and exactly one', { anyOf: [{ minimum: 5 }, { multipleOf: 2 }], oneOf: [{ minimum: 3 }, { maximum: 1 }] }, [6, 0, 4], [3, 2]], // prettier-ignore
  // oxlint-disable-next-line unicorn/no-thenable -- it is a keyword
  ['a condition', { if: { type: 'string' }, then: { maxLength: 1 }, else: { type: 'number' } }, ['a', 2], ['ab', null]],
  ['lists', { prefixItems: [{ type: 'string' }], items: { type: 'number' }, maxItems: 2 }, [['a', 1], []], [[1], ['a', 'b'], ['a', 1, 2]]], // prettier-ignore
  ['what lists hold', { contains: { const: 1 }, uniqueItems: true }, [[1, 2]], [[2], [1, 1]]],
  ['characters and not their halves', { maxLength: 1 }, ['🌧'], ['ab']],
  ['patterns', { patternProperties: { '^x-': { type: 'number' } }, propertyNames: { maxLength: 3 }, additionalProperties: false }, [{ 'x-a': 1 }], [{ 'x-a': 'b' }, { y: 1 }, { 'x-ab': 1 }]], // prettier-ignore
  ['nothing at all', false, [], [1, null, {}]],
  ['what it does not know', { format: 'date', unheardOf: 3 }, [1, 'x'], []],
]
for (const [title, schema, fits, misses] of cases)
  test(`a schema says ${title}`, () => {
    for (const value of fits) assert.equal(fitsSchema(value, schema), true, JSON.stringify(value))
    for (const value of misses) assert.equal(fitsSchema(value, schema), false, JSON.stringify(value))
  })

test('what fits is what another validator lets through', () => {
  const ajv = new Ajv2020({ strict: false })
  const checks = cases.flatMap(([, schema]) =>
    schema === false ? [] : [{ schema, other: ajv.compile(Object(schema)) }],
  )
  const key = fc.constantFrom('name', 'age', 'boss', 'a', 'b', 'x-a', 'x-ab')
  const leaf = fc.oneof(fc.constantFrom(null, true, 0, 1, 2, 3, 6, 1.5, 'a', 'ab', 'x', '🌧', ''), fc.integer())
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(tree, (value) => {
      for (const { schema, other } of checks)
        assert.equal(fitsSchema(value, schema), other(value), `${JSON.stringify(schema)} ${JSON.stringify(value)}`)
    }),
    { numRuns: 500 },
  )
})

describe('a pattern', () => {
  const good: [pattern: string, text: string, matches: boolean][] = [
    ['^[A-Z]{3}-\\d{4}$', 'ABC-1234', true],
    ['^[A-Z]{3}-\\d{4}$', 'ABC-123', false],
    ['^\\S+@\\S+$', 'a@b', true],
    ['^(red|green)$', 'green', true],
    ['^[(a+)+]*$', '(a+)', true],
    ['^a?(b+)?$', 'abb', true],
    ['[0-9]+', 'a1', true],
  ]
  for (const [pattern, text, matches] of good)
    test(`${pattern} is tried on ${text}`, () => assert.equal(fitsSchema(text, { pattern }), matches))
  const slow = [
    '(a+)+$',
    '(a|a)*$',
    '(a|aa)+$',
    '((a)*)*',
    '(?=a)',
    '(a)\\1',
    'a*a*a*a*a*b',
    '(?:a{0,99}){0,99}',
    '(x+x+)+y',
    `${'a?'.repeat(40)}${'a'.repeat(40)}`,
    `${'(a|ab)'.repeat(40)}c`,
  ]
  for (const pattern of slow)
    test(`${pattern} is refused on a long text, and no time goes by`, () => {
      const took = processorMs(() => assertRefused('a'.repeat(5000), { pattern }))
      assert.ok(took < 500, `${took} ms`)
    })
})

describe('a schema is refused that', () => {
  const hostile: [title: string, schema: Json, value: Json][] = [
    ['never ends', { $ref: '#' }, 1],
    ['grows without end', { allOf: Array.from({ length: 20 }, () => ({ $ref: '#' })) }, 1],
    ['asks for a pattern that never ends', { pattern: '^(a+)+$' }, `${'a'.repeat(60)}!`],
    ['holds a pattern that is none', { pattern: '(' }, 'a'],
    ['refers elsewhere', { $ref: 'https://evil.test/schema' }, 1],
    ['refers to nothing', { $ref: '#/$defs/x' }, 1],
    ['refers to what every object has', { $ref: '#/constructor' }, 1],
  ]
  for (const [title, schema, value] of hostile)
    test(title, () => {
      const took = processorMs(() => assertRefused(value, schema))
      assert.ok(took < 2000, `${took} ms`)
    })
})

function assertRefused(value: Json, schema: Json): void {
  assert.throws(() => fitsSchema(value, schema), { name: 'Failure' })
}
