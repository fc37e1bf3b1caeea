// Names that mean something in our language and nothing in JSON: `constructor`, `prototype`, `__proto__`. A property of
// somebody's schema may be called so and goes on byte for byte; nothing here ever takes it for more than a name.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import { editJson, type JsonPath } from '../lib/json-edit.ts'
import { askThrough, WAYS } from './testing-formats.ts'
import { FORMATS } from './testing-places.ts'
import { type MockUpstream, startGateway, startUpstream, type TestGateway, wholeFile } from './testing.ts'
import { textsOfTurn } from './texts.ts'
import { objectOf } from './wire/claims.ts'
import { CONVERSATIONS } from './wire/index.ts'

const NAMES = ['constructor', 'prototype', '__proto__'] as const
const SECRET = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
/** What whoever plants it hopes to find everywhere. */
const PLANTED = { polluted: 'yes', model: 'm-other', stream: true, toString: 'x', at: [SECRET], prototype: { polluted: 'yes' } } // prettier-ignore

let upstream: MockUpstream
let gateway: TestGateway
const t = wholeFile()

before(async () => {
  upstream = await startUpstream(t)
  const { url } = upstream
  const ids = ['openai', 'anthropic', 'gemini']
  gateway = await startGateway(t, {
    upstreams: Object.fromEntries(ids.map((provider) => [provider, { provider, url }])),
    routes: Object.fromEntries(ids.map((id) => [id, { models: [`m-${id}`], upstreams: [id] }])),
    guards: { 'model-input-confidentiality': { mode: 'enforce', secrets: 'mask', personal: 'off' } },
  })
})
interface Spot {
  at: JsonPath
  /** The body, what stands in its lists, and in theirs: an API has all names there. */
  isEnvelope: boolean
}

function* objectsOf(value: Json, at: JsonPath = [], isEnvelope = true): Generator<Spot> {
  if (Array.isArray(value)) for (const [i, one] of value.entries()) yield* objectsOf(one, [...at, i], isEnvelope)
  const object = objectOf(value)
  if (object === undefined) return
  yield { at, isEnvelope }
  for (const [key, inner] of Object.entries(object))
    yield* objectsOf(inner, [...at, key], isEnvelope && Array.isArray(inner))
}

/** Invariant: no object has been given another parent, and what all inherit from is what it was. */
function assertClean(value: unknown, seen = new Set<unknown>()): void {
  assert.equal(Reflect.get({}, 'polluted'), undefined)
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  const parent: unknown = Object.getPrototypeOf(value)
  assert.ok(PARENTS.has(parent), 'an object inherits from what somebody sent')
  for (const inner of Object.values(value)) assertClean(inner, seen)
}

const PARENTS: ReadonlySet<unknown> = new Set([null, Object.prototype, Array.prototype])
const inherited = Reflect.ownKeys(Object.prototype)

for (const [format, { path, places }] of Object.entries(FORMATS)) {
  test(`in each place of ${format}, and what stands there is read as everywhere`, async () => {
    for (const [, body] of places) {
      const whole: JsonObject = { model: `m-${format.split('-')[0]}`, ...body('Hi') }
      const { model: _, ...nameless } = whole
      const asked: JsonObject = path(false).startsWith('/v1beta/') ? nameless : whole
      for (const { at, isEnvelope } of objectsOf(asked)) {
        for (const name of NAMES) {
          upstream.recorded.length = 0
          const sent = editJson(JSON.stringify(asked), [{ at: [...at, name], to: PLANTED }])
          const reply = await gateway.send(path(false), sent)
          const told = await reply.text()
          const where = `${name} at ${at.join('.')}: ${told}`
          assert.deepEqual(Reflect.ownKeys(Object.prototype), inherited)
          assert.equal(Reflect.get({}, 'polluted'), undefined)
          if (isEnvelope) {
            assert.equal(reply.status, 400, where)
            assert.ok(told.includes(name), where)
            assert.equal(upstream.recorded.length, 0)
          } else {
            assert.equal(reply.status, 200, where)
            const [before, behind, ...more] = sent.split(SECRET)
            const arrived = upstream.recorded[0]?.body ?? ''
            assert.ok(arrived.startsWith(before ?? '-') && arrived.endsWith(behind ?? '-'), where)
            assert.ok(more.length === 0 && !arrived.includes(SECRET), where)
          }
        }
      }
    }
  })
}

describe('what is made of a body', () => {
  const key = fc.oneof(fc.constantFrom(...NAMES, 'model', 'type', 'properties'), fc.string({ maxLength: 5 }))
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom<Json>(true, 1, 'text', PLANTED),
      fc.array(tie('value'), { maxLength: 3 }),
      // As a parser makes them: each name is a member of its own.
      fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
    ),
  }))
  for (const from of CONVERSATIONS) {
    test(`${from.id}: inherits from nobody who sent it, in no format`, () => {
      fc.assert(
        fc.property(value, (planted) => {
          for (const [title, body] of FORMATS[from.id]?.places ?? []) {
            // A file that stands elsewhere, which not all of them take.
            if (title === 'the title of a document') continue
            const asked: JsonObject = { model: 'm', ...body('Hi') }
            for (const { at } of objectsOf(asked)) {
              const sent = editJson(JSON.stringify(asked), [{ at: [...at, '__proto__'], to: planted }])
              const turn = from.client.readRequest(JSON.parse(sent), { model: 'm', stream: false })
              assertClean([turn, [...textsOfTurn(turn)]])
              for (const to of CONVERSATIONS)
                if (to === from || turn.foreign.length === 0) assertClean(to.upstream.writeRequest(turn))
            }
          }
        }),
        { numRuns: 10 },
      )
    })
  }
})

const SCHEMA = JSON.parse(
  '{"type":"object","properties":{"constructor":{"type":"string"},"prototype":{"type":"string"},"__proto__":{"type":"string"}}}',
)
const CALL = JSON.parse('{"constructor":"Ferrari","prototype":"F1","__proto__":{"polluted":"yes"}}')

for (const way of WAYS) {
  test(`a tool has such a property, and is called with it: ${way.title}`, async (t) => {
    const { status, sent, calls } = await askThrough(t, way, {}, { user: 'Who built it?', schema: SCHEMA }, { call: CALL }) // prettier-ignore
    assert.equal(status, 200)
    for (const name of NAMES) assert.ok(sent.includes(`"${name}":{"type":"string"}`), sent)
    assert.equal(JSON.stringify(calls[0]), JSON.stringify(CALL))
    assertClean(calls)
  })
}
