// What an edit changes, and that it changes nothing else.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from './canonical-json.ts'
import { editedPieces, editJson, type JsonEdit, type JsonPath } from './json-edit.ts'

describe('an edit', () => {
  const cases: [string, string, JsonEdit[], string][] = [
    [
      'keeps spaces, order and numbers',
      '{ "b" : 1.50e0 , "a":[ 1 ,"x" ] }',
      [{ at: ['a', 1], to: 'y' }],
      '{ "b" : 1.50e0 , "a":[ 1 ,"y" ] }',
    ],
    [
      'finds a key that is written with escapes',
      String.raw`{"\u0061":"x"}`,
      [{ at: ['a'], to: 'y' }],
      String.raw`{"\u0061":"y"}`,
    ],
    [
      'is not confused by quotes and slashes',
      String.raw`{"a":"\\","b":"\"","c":1}`,
      [{ at: ['c'], to: 2 }],
      String.raw`{"a":"\\","b":"\"","c":2}`,
    ],
    ['adds what is missing', '{"a":1}', [{ at: ['b'], to: [true] }], '{"b":[true],"a":1}'],
    ['adds to an empty object', '{}', [{ at: ['b'], to: null }], '{"b":null}'],
    [
      'goes into JSON that a string holds',
      String.raw`{"a":"{\"to\": \"x\"}"}`,
      [{ at: ['a', 'to'], to: 'y' }],
      String.raw`{"a":"{\"to\": \"y\"}"}`,
    ],
    [
      'of two that lie in each other is the outer one',
      '[[1]]',
      [
        { at: [0, 0], to: 2 },
        { at: [0], to: 3 },
      ],
      '[3]',
    ],
    [
      'puts an element before another, which may change as well',
      '{"a":[ {"b":1}]}',
      [
        { at: ['a', 0], to: 'new', before: true },
        { at: ['a', 0, 'b'], to: 2 },
      ],
      '{"a":[ "new",{"b":2}]}',
    ],
    [
      'takes elements out of a list',
      '{"a":[ 1, 2 ,3,4 ], "b":1.0}',
      [
        { at: ['a', 1], to: null, out: true },
        { at: ['a', 3], to: null, out: true },
        { at: ['a', 2], to: 'x' },
      ],
      '{"a":[ 1 ,"x" ], "b":1.0}',
    ],
    [
      'takes the first elements out',
      '[ 1, [2] ,3 ]',
      [
        { at: [0], to: null, out: true },
        { at: [1], to: null, out: true },
      ],
      '[ 3 ]',
    ],
    [
      'takes all elements out',
      '[1, 2]',
      [
        { at: [0], to: null, out: true },
        { at: [1], to: null, out: true },
      ],
      '[]',
    ],
    ['of a place that is not there changes nothing', '[1]', [{ at: [7, 'a'], to: 2 }], '[1]'],
  ]
  for (const [title, text, edits, wanted] of cases) test(title, () => assert.equal(editJson(text, edits), wanted))
})

test('a large text comes in pieces that are whole characters each, and together what it is in one', () => {
  for (const shift of ['', 'a']) {
    const old = `${shift}${'😀'.repeat(300_000)}`
    const to = `${shift}${'😀"\n\ud800'.repeat(150_000)}`
    const pieces = [...editedPieces(JSON.stringify({ a: old, b: old }), [{ at: ['b'], to }])]
    assert(pieces.length > 6)
    assert(pieces.every((piece) => piece.isWellFormed() && piece.length < 2_000_000))
    assert.equal(pieces.join(''), JSON.stringify({ a: old, b: to }))
  }
})

test('edits at any places of any value give what changing the value gives', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.integer({ min: 0, max: 4 }),
      fc.array(fc.tuple(fc.nat(), fc.string()), { maxLength: 4 }),
      (value, indent, picks) => {
        const json = JSON.parse(JSON.stringify(value)) as Json
        const paths = leafPaths(json, [])
        const edits = picks.flatMap(([pick, to]) => {
          const at = paths[pick % Math.max(1, paths.length)]
          return at === undefined ? [] : [{ at, to }]
        })
        const unique = edits.filter(({ at }, i) => edits.findIndex((other) => same(other.at, at)) === i)
        const changed = unique.reduce((now, { at, to }) => put(now, at, to), json)
        assert.deepEqual(JSON.parse(editJson(JSON.stringify(json, null, indent), unique)), changed)
      },
    ),
  )
})

const same = (a: JsonPath, b: JsonPath) => JSON.stringify(a) === JSON.stringify(b)

function leafPaths(value: Json, at: JsonPath): JsonPath[] {
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([key, inner]) =>
    leafPaths(inner, [...at, Array.isArray(value) ? Number(key) : key]),
  )
}

function put(value: Json, [step, ...rest]: JsonPath, to: Json): Json {
  if (step === undefined) return to
  if (Array.isArray(value)) return value.map((inner: Json, i) => (i === step ? put(inner, rest, to) : inner))
  const members = value as Record<string, Json>
  return Object.defineProperty({ ...members }, step, { value: put(members[step] ?? null, rest, to), enumerable: true })
}
