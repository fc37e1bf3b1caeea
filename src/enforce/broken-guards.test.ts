// Guards that break, on real sockets: whatever a guard does in place of its work, in every format, whole and streamed, on
// the way to the model and back, nothing goes past it. The client hears so in its own format, and the record says `failed`.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ReadyGuard, TextKind, Watch, Watched } from './guard.ts'
import { allUpstreams, over, startGateway, startUpstream } from './testing.ts'
import { askThrough, WAYS } from './testing-formats.ts'

const ID = 'sensitive-output-handling'
const LATE_MS = 45
const WORDS = 'tulips in the garden'
const PASSING = { safe: 0, findings: [], cuts: [] }
type Readings = Omit<ReadyGuard, 'id'>

function throwing(): never {
  throw new RangeError(`cannot read ${WORDS}`)
}

function late(): never {
  const until = performance.now() + LATE_MS
  while (performance.now() < until);
  return PASSING as never
}

const never = () => new Promise<never>(() => undefined)
/** What no guard may say: types end where a guard is a plug-in. */
const nonsense = (said: unknown) => () => said as never
const GARBAGE: readonly unknown[] = [
  undefined,
  null,
  'pass',
  {},
  { safe: Number.NaN, findings: [], cuts: [] },
  { safe: 9e9, findings: [null], cuts: [] },
  { safe: 9e9, findings: 'none', cuts: [] },
  { safe: 9e9, findings: [], cuts: [{ start: 3, end: 1, put: '' }] },
  { safe: 9e9, findings: [], cuts: [{ start: 0, end: 1 }] },
  { outcome: 'ok' },
  { outcome: 'hit', findings: [] },
  { outcome: 'pass', edits: [{ at: 'model' }] },
]
const garbage = (i: number) => nonsense(GARBAGE[i % GARBAGE.length])

const WAYS_TO_BREAK: readonly {
  how: string
  sync: (i: number) => () => never
  async: (i: number) => () => Promise<never>
}[] = [
  { how: 'throws', sync: () => throwing, async: () => async () => throwing() },
  { how: 'is late', sync: () => late, async: () => never },
  { how: 'talks nonsense', sync: garbage, async: (i) => async () => garbage(i)() },
]

const of = (stage: TextKind['stage']) => (kind: TextKind) => kind.stage === stage
const watch = (more: Partial<Watch>): Watch => ({ push: (): Watched => PASSING, end: (): Watched => PASSING, ...more })

/** Every place where a guard is asked. */
const PLACES: readonly { at: string; side: 'request' | 'answer' | 'both'; guard: (fail: () => never) => Readings }[] = [
  { at: 'begins a call', side: 'both', guard: (fail) => ({ begin: fail }) as Readings },
  {
    at: 'is asked what it reads',
    side: 'request',
    guard: (fail) => ({
      reads: fail === late ? throwing : (k) => (k.stage === 'request' ? fail() : false),
      open: () => watch({}),
    }),
  },
  { at: 'opens a text', side: 'request', guard: (fail) => ({ reads: of('request'), open: fail }) },
  {
    at: 'reads a text',
    side: 'request',
    guard: (fail) => ({ reads: of('request'), open: () => watch({ push: fail }) }),
  },
  { at: 'ends a text', side: 'request', guard: (fail) => ({ reads: of('request'), open: () => watch({ end: fail }) }) },
  {
    at: 'sees the body',
    side: 'request',
    guard: (fail) => ({ examine: (_, stage) => (stage === 'request' ? fail() : { outcome: 'pass' }) }),
  },
  { at: 'opens a text', side: 'answer', guard: (fail) => ({ reads: of('answer'), open: fail }) },
  { at: 'reads a text', side: 'answer', guard: (fail) => ({ reads: of('answer'), open: () => watch({ push: fail }) }) },
  { at: 'ends a text', side: 'answer', guard: (fail) => ({ reads: of('answer'), open: () => watch({ end: fail }) }) },
  {
    at: 'sees the body',
    side: 'answer',
    guard: (fail) => ({ examine: (_, stage) => (stage === 'answer' ? fail() : { outcome: 'pass' }) }),
  },
]
const ASYNC_PLACES: readonly { at: string; guard: (fail: () => Promise<never>) => Readings }[] = [
  { at: 'inspects the turn', guard: (fail) => ({ inspect: fail }) },
  { at: 'admits the call', guard: (fail) => ({ admit: fail }) },
]

const QUESTION = { system: 'Be brief', user: 'What grows here?' }
const RULE = { [ID]: { mode: 'enforce', deadlineMs: 30_000 } }
/** Only to be late takes a deadline that a busy machine might miss as well. */
const HASTE = { [ID]: { mode: 'enforce', deadlineMs: 40 } }

for (const way of WAYS) {
  describe(way.title, () => {
    for (const { how, sync, async } of WAYS_TO_BREAK) {
      const isLate = how === 'is late'
      // What takes time is the same whichever format the upstream speaks.
      if (isLate && way.client !== way.upstream) continue
      const rule = isLate ? HASTE : RULE
      for (const [i, { at, side, guard }] of PLACES.entries()) {
        test(`a guard that ${how} when it ${at} of the ${side} lets nothing by`, async (t) => {
          const atWork = [{ id: ID, ...guard(sync(i)) }]
          const said = await askThrough(t, way, rule, QUESTION, { text: WORDS }, { atWork })
          assert.ok(!said.raw.includes('tulip') && !said.raw.includes('garden'), said.raw)
          if (side !== 'answer') assert.equal(said.sent, '')
          await isTold(said, side === 'answer' ? 'answer' : 'request')
        })
      }
      for (const { at, guard } of ASYNC_PLACES) {
        test(`a guard that ${how} when it ${at} lets nothing by`, async (t) => {
          for (const i of how === 'talks nonsense' ? GARBAGE.keys() : [0]) {
            const said = await askThrough(
              t,
              way,
              rule,
              QUESTION,
              { text: WORDS },
              { atWork: [{ id: ID, ...guard(async(i)) }] },
            )
            assert.equal(said.sent, '')
            await isTold(said, 'request')
          }
        })
      }
    }
  })

  async function isTold(said: Awaited<ReturnType<typeof askThrough>>, stage: 'request' | 'answer'): Promise<void> {
    const exchange = await over(said.gateway)
    const verdict = exchange.verdicts.find(({ outcome }) => outcome === 'failed')
    assert.deepEqual([verdict?.guard, verdict?.stage], [ID, stage])
    assert.ok(!verdict?.why?.includes('tulip'), verdict?.why)
    assert.deepEqual(exchange.decisions.at(-1)?.because, [ID])
    assert.equal(exchange.decisions.at(-1)?.action, 'block')
    if (stage === 'request') {
      assert.ok(said.status === 403 || said.status === 503, String(said.status))
      assert.equal(said.headers.get('x-parapet-failed'), ID)
      assert.ok(isErrorOf(way.client.id, JSON.parse(said.raw)), said.raw)
      assert.match(said.raw, /could not do its work|cannot count/)
      return
    }
    assert.equal(said.status, 200)
    assert.equal(exchange.outcome, 'blocked')
    assert.deepEqual(new Set(said.stops), new Set(['filtered']))
    if (!way.stream) assert.equal(said.headers.get('x-parapet-failed'), ID)
  }
}

describe('formats that are only checked on the way in', () => {
  const cases: [path: string, body: object, family: string][] = [
    ['/v1/completions', { model: 'openai-model', prompt: WORDS }, 'openai'],
    ['/v1/embeddings', { model: 'openai-model', input: WORDS }, 'openai'],
    ['/v1/moderations', { model: 'openai-model', input: WORDS }, 'openai'],
    [
      '/v1/messages/count_tokens',
      { model: 'anthropic-model', messages: [{ role: 'user', content: WORDS }] },
      'anthropic',
    ],
    ['/v1beta/models/gemini-model:countTokens', { contents: [{ parts: [{ text: WORDS }] }] }, 'gemini'],
    ['/v1beta/models/gemini-model:embedContent', { content: { parts: [{ text: WORDS }] } }, 'gemini'],
  ]
  for (const [path, body, family] of cases)
    for (const { how, sync } of WAYS_TO_BREAK)
      test(`${path}: a guard that ${how} lets nothing by`, async (t) => {
        const upstream = await startUpstream(t)
        const atWork = [{ id: ID, open: () => watch({ push: sync(0) }) }]
        const gateway = await startGateway(t, {
          ...allUpstreams(upstream),
          guards: how === 'is late' ? HASTE : RULE,
          atWork,
        })
        const said = await gateway.send(path, body)
        assert.deepEqual([said.status, said.headers.get('x-parapet-failed')], [403, ID])
        assert.ok(isErrorOf(family, JSON.parse(await said.text())))
        assert.equal(upstream.recorded.length, 0)
        assert.equal((await over(gateway)).verdicts[0]?.outcome, 'failed')
      })
})

describe('a broken guard that the policy lets calls past', () => {
  for (const stream of [false, true])
    test(`is told of all the same, ${stream ? 'streamed' : 'whole'}`, async (t) => {
      const way = WAYS.find((one) => one.stream === stream)
      assert(way)
      const rule = { [ID]: { mode: 'enforce', onFailure: 'pass', deadlineMs: 30_000 } }
      const atWork = [{ id: ID, reads: of('request'), open: throwing }]
      const said = await askThrough(t, way, rule, QUESTION, { text: WORDS }, { atWork })
      assert.deepEqual([said.status, said.texts, said.headers.get('x-parapet-failed')], [200, [WORDS], ID])
      assert.equal((await over(said.gateway)).decisions[0]?.action, 'forward')
    })
})

function isErrorOf(format: string, { error }: { error?: Record<string, unknown> }): boolean {
  if (error === undefined || typeof error['message'] !== 'string') return false
  if (format.startsWith('gemini')) return typeof error['code'] === 'number' && typeof error['status'] === 'string'
  return typeof error['type'] === 'string'
}
