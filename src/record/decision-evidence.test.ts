import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Exchange } from '../model/exchange.ts'
import type { Mode, Policy } from '../model/policy.ts'
import type { Telling } from '../model/telling.ts'
import type { Verdict } from '../model/verdict.ts'
import { DecisionEvidence, type DecisionProof } from './decision-evidence.ts'
import { exchangeOf } from './testing.ts'

const T0 = Date.parse('2026-05-01T00:00:00Z')
const MINUTE = 60_000
/** In minutes. */
const DAY = 24 * 60
const at = (minute: number) => new Date(T0 + minute * MINUTE)

function policy(mode: Mode, more: { onFailure?: 'block' | 'pass'; weak?: boolean } = {}): Policy {
  const { onFailure = 'block', weak = false } = more
  return {
    hash: JSON.stringify([mode, more]),
    guards: { scan: { mode, onFailure, deadlineMs: 1, settings: { weak } } },
  }
}

const tellings = (['holds', 'breaks', 'lacks'] as const).map((says): Telling => {
  return { measure: 'scan.told', says, words: (count) => `${count} ${says}` }
})

const verdict = (outcome: Verdict['outcome']): Verdict => ({ guard: 'scan', stage: 'request', outcome, remedy: 'block', changes: 0, hits: [], more: 0 }) // prettier-ignore

function setUp(first: Policy = policy('enforce')) {
  const policies = new Map([['chat', first]])
  const past = new Set<string>()
  const evidence = () =>
    new DecisionEvidence({
      policies: () => policies,
      goesPast: () => past.has('chat'),
      proves: (guard, { weak }) => (weak === true ? [] : [`${guard}.find`]),
      toldOf: (guard, { weak }) => (weak === true ? [] : [`${guard}.told`]),
      tellers: new Map([['scan', ({ code }) => tellings.filter(({ says }) => says === code)]]),
      standing: ['log.whole'],
      freshMs: () => DAY * MINUTE,
    })
  let living = evidence()
  return {
    policies,
    past,
    tell(minute: number, says: Telling['says'], count: number, how: 'tell' | 'state' = 'tell') {
      const telling = { measure: 'log.whole', says, words: (found: number) => `${found} ${says}` }
      living[how]({ asset: 'shop', route: 'chat', at: at(minute) }, telling, count)
    },
    call(minute: number, more: Partial<Exchange> & { said?: Verdict['outcome'] | 'nothing' } = {}) {
      const { said = 'pass', ...rest } = more
      const route = 'route' in more ? more.route : 'chat'
      const hash = policies.get(route ?? '')?.hash ?? ''
      const decisions = [{ action: 'forward' as const, because: [], policy: hash }]
      living.note([exchangeOf({ at: at(minute), decisions, verdicts: said === 'nothing' ? [] : [verdict(said)], ...rest, route })]) // prettier-ignore
    },
    cycle(minute: number, settle = true): DecisionProof[] {
      const sayings = living.sayings(at(minute), 'ab'.repeat(32))
      if (settle) for (const saying of sayings) saying.settle()
      return sayings.map(({ proof }) => proof)
    },
    restart(said: readonly DecisionProof[]) {
      living = evidence()
      living.recall(said.toReversed())
    },
  }
}

const brief = (proofs: readonly DecisionProof[]) =>
  proofs.map(({ supports, population, failing, note }) => ({ supports, covered: population?.covered, failing, note }))

describe('decisions as evidence', () => {
  test('a guard at work on real calls is proof, said once and then again each hour', () => {
    const { call, cycle } = setUp()
    assert.deepEqual(cycle(0), [])
    call(1)
    call(2, { said: 'hit' })
    const [proof] = cycle(3)
    assert.deepEqual(proof, {
      measure: 'scan.find',
      asset: 'shop',
      kind: 'decision',
      supports: true,
      population: { of: 'route', names: ['chat'], covered: ['chat'] },
      failing: [],
      observedFrom: at(1).toISOString(),
      observedTo: at(3).toISOString(),
      collectedAt: at(3).toISOString(),
      collector: 'gateway',
      note: '2 calls went through it',
      sha256: 'ab'.repeat(32),
    })
    call(4)
    assert.deepEqual(cycle(5), [])
    assert.equal(cycle(63)[0]?.note, '1 call went through it')
    assert.deepEqual(cycle(200), [])
  })

  test('turned off, it fails within the cycle and names the route, without a call', () => {
    const { policies, call, cycle } = setUp()
    call(1)
    cycle(2)
    for (const [mode, why] of [
      ['off', 'scan is off on route chat'],
      ['observe', 'scan only observes on route chat'],
    ] as const) {
      // prettier-ignore
      policies.set('chat', policy(mode))
      if (mode === 'off')
        assert.deepEqual(brief(cycle(3)), [{ supports: false, covered: [], failing: ['chat'], note: why }])
      else assert.deepEqual(brief(cycle(64)), [{ supports: false, covered: [], failing: ['chat'], note: why }])
    }
    policies.set('chat', policy('enforce'))
    assert.deepEqual(cycle(65), [], 'nobody called yet')
    call(66)
    assert.deepEqual(brief(cycle(67)), [{ supports: true, covered: ['chat'], failing: [], note: '1 call went through it' }]) // prettier-ignore
  })

  test('a route that lets sessions past a guard proves nothing of it, whatever else it did', () => {
    const { past, call, cycle } = setUp()
    call(1)
    assert.equal(cycle(2)[0]?.supports, true)
    past.add('chat')
    call(3)
    const why = {
      supports: false,
      covered: [],
      failing: ['chat'],
      note: 'realtime sessions go past scan on route chat',
    }
    assert.deepEqual(brief(cycle(4)), [why])
  })

  test('settings that leave a measure out are told as such', () => {
    const { policies, call, cycle } = setUp()
    call(1)
    cycle(2)
    policies.set('chat', policy('enforce', { weak: true }))
    assert.match(cycle(3)[0]?.note ?? '', /settings of scan leave find out on route chat/)
  })

  test('turned off while the process was down, it fails in the first cycle', () => {
    const { policies, call, cycle, restart } = setUp()
    call(1)
    const said = cycle(2)
    restart(said)
    assert.deepEqual(cycle(3), [])
    policies.set('chat', policy('off'))
    restart(said)
    assert.deepEqual(brief(cycle(4)), [{ supports: false, covered: [], failing: ['chat'], note: 'scan is off on route chat' }]) // prettier-ignore
  })

  test('a guard that fails and lets calls pass is evidence against it, even among calls it worked on', () => {
    const { policies, call, cycle } = setUp(policy('enforce', { onFailure: 'pass' }))
    call(1)
    call(1, { said: 'failed' })
    assert.deepEqual(brief(cycle(2)), [{ supports: false, covered: [], failing: ['chat'], note: 'scan failed and let calls pass on route chat' }]) // prettier-ignore
    policies.set('chat', policy('enforce'))
    call(3, { said: 'failed' })
    assert.deepEqual(cycle(4), [], 'it failed closed: nothing passed, and nothing was proven')
  })

  test('a guard that failed as often as it worked does not prove again what it proved, and says so each hour', () => {
    const { call, cycle } = setUp()
    call(1, { said: 'failed' })
    assert.deepEqual(cycle(2), [], 'who proved nothing yet proves nothing so')
    call(3)
    call(3)
    assert.deepEqual(brief(cycle(4)), holds('2 calls went through it'))
    call(5)
    for (const minute of [6, 7]) call(minute, { said: 'failed' })
    assert.deepEqual(cycle(8), [])
    const stuck = 'scan failed on 2 of 3 calls, which were stopped, on route chat'
    const [word] = cycle(64)
    assert.deepEqual(word && brief([word]), [{ supports: false, covered: [], failing: [], note: stuck }])
    assert.deepEqual(word?.population?.names, ['chat'], 'a word against no route')
    call(65, { said: 'failed' })
    assert.deepEqual(cycle(66), [])
    call(67)
    call(67)
    assert.deepEqual(brief(cycle(68)), holds('2 calls went through it'))
  })

  test('a call on which it failed at one stage and worked at another proves nothing', () => {
    const { call, cycle } = setUp()
    for (const stages of [
      ['pass', 'failed'],
      ['failed', 'pass'],
    ] as const)
      call(1, { verdicts: stages.map(verdict) })
    assert.deepEqual(cycle(2), [])
  })

  const silent: [string, Partial<Exchange> & { said?: Verdict['outcome'] | 'nothing' }, Policy?][] = [
    ['a call that the guard never saw', { said: 'nothing' }],
    ['a call of a key that belongs to no system', { asset: undefined }],
    ['a call that was refused before it had a route', { route: undefined }],
    ['a decision under another policy', { decisions: [{ action: 'forward', because: [], policy: 'older' }] }],
    ['a call on a route that is gone', { route: 'gone' }],
    ['a guard that only observes', {}, policy('observe')],
    ['a guard that is off', {}, policy('off')],
  ]
  for (const [title, more, inForce] of silent)
    test(`${title} proves nothing`, () => {
      const { call, cycle } = setUp(inForce)
      call(1, more)
      assert.deepEqual(cycle(2), [])
    })

  test('a route that is used without the guard is a gap in what is proven', () => {
    const { policies, call, cycle } = setUp()
    policies.set('search', policy('off'))
    call(1)
    call(1, { route: 'search' })
    assert.deepEqual(cycle(2)[0]?.population, { of: 'route', names: ['chat', 'search'], covered: ['chat'] })
    policies.delete('search')
    assert.deepEqual(cycle(63), [])
    call(64)
    assert.deepEqual(cycle(65)[0]?.population?.names, ['chat'])
  })

  test('what could not be recorded is said again', () => {
    const { call, cycle } = setUp()
    call(1)
    assert.equal(cycle(2, false).length, 1)
    call(3)
    assert.equal(cycle(4)[0]?.note, '2 calls went through it')
  })
})

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const told = (proofs: readonly DecisionProof[]) => brief(proofs.filter(({ measure }) => measure === 'scan.told'))
const holds = (note: string) => [{ supports: true, covered: ['chat'], failing: [], note }]
const fails = (note: string) => [{ supports: false, covered: [], failing: ['chat'], note: `${note} on route chat` }]

describe('a measure that calls speak of themselves', () => {
  test('is not proven by a guard at work, and is by calls that say so', () => {
    const { call, cycle } = setUp()
    call(1)
    assert.deepEqual(told(cycle(2)), [])
    call(3, { code: 'holds' })
    call(3, { code: 'holds' })
    assert.deepEqual(told(cycle(4)), holds('2 holds'))
  })

  test('fails with one call that breaks it, and holds again when none did for as long as a proof is fresh', () => {
    const { call, cycle, restart } = setUp()
    call(1, { code: 'holds' })
    call(1, { code: 'breaks' })
    const said = cycle(2)
    assert.deepEqual(told(said), fails('1 breaks'))
    restart(said)
    call(3, { code: 'holds' })
    assert.deepEqual(told(cycle(4)), [])
    call(DAY, { code: 'holds' })
    assert.deepEqual(told(cycle(DAY + 1)), [])
    assert.deepEqual(told(cycle(DAY + 2)), holds('2 holds'))
  })

  test('holds under another policy as soon as calls do', () => {
    const { policies, call, cycle } = setUp()
    call(1, { code: 'breaks' })
    assert.deepEqual(told(cycle(2)), fails('1 breaks'))
    policies.set('chat', policy('enforce', { onFailure: 'pass' }))
    assert.deepEqual(told(cycle(3)), [])
    call(4, { code: 'holds' })
    assert.deepEqual(told(cycle(5)), holds('1 holds'))
  })

  test('changes from bad to good once at most while a proof is fresh, however calls fall into rounds', () => {
    const says = ['holds', 'breaks', 'lacks', undefined] as const
    for (let seed = 1; seed <= 40; seed++) {
      const next = randomOf(seed)
      const { call, cycle, restart } = setUp()
      const [all, words, share]: [DecisionProof[], { minute: number; holds: boolean }[], number] = [[], [], next()]
      for (let minute = 1; minute < 4 * DAY; minute += 1 + Math.floor(next() * 40)) {
        for (let calls = next() * 4; calls > 1; calls--)
          call(minute, { code: next() < share ? 'holds' : says[Math.floor(next() * says.length)] })
        const proofs = cycle(minute)
        all.push(...proofs)
        for (const { supports } of told(proofs)) words.push({ minute, holds: supports })
        if (next() < 0.01) restart(all)
      }
      const changes = words.filter(
        ({ holds: good }, i) => words[i - 1]?.holds !== undefined && good !== words[i - 1]?.holds,
      )
      assert.ok(words.length > 0)
      assert.ok(changes.length <= 8, `seed ${seed}: ${changes.length} changes`)
      for (const [i, { minute, holds: good }] of changes.entries())
        if (good) assert.ok(minute - (changes[i - 1]?.minute ?? minute - DAY) >= DAY, `seed ${seed}, minute ${minute}`)
    }
  })

  test('is not missed where nobody ever had it, and is where others have it, whoever came first', () => {
    const { call, cycle } = setUp()
    call(1, { code: 'lacks' })
    assert.deepEqual(told(cycle(2)), [])
    call(3, { code: 'lacks' })
    call(3, { code: 'holds' })
    assert.deepEqual(told(cycle(4)), fails('1 lacks'))
  })

  test('is missed after a restart where it held before', () => {
    const { call, cycle, restart } = setUp()
    call(1, { code: 'holds' })
    restart(cycle(2))
    call(3, { code: 'lacks' })
    assert.deepEqual(told(cycle(4)), fails('1 lacks'))
  })

  test('is held by nothing where its guard only observes, and breaks there all the same', () => {
    const { call, cycle } = setUp(policy('observe'))
    call(1, { code: 'holds' })
    assert.deepEqual(told(cycle(2)), [])
    call(3, { code: 'breaks' })
    assert.deepEqual(told(cycle(4)), fails('1 breaks'))
  })

  test('and a guard that failed and let a call pass speaks against it where it is expected', () => {
    const { call, cycle } = setUp(policy('enforce', { onFailure: 'pass' }))
    call(1, { code: 'holds', said: 'failed' })
    assert.deepEqual(told(cycle(2)), [])
    call(3, { code: 'holds', said: 'failed' })
    call(3, { code: 'holds' })
    assert.deepEqual(told(cycle(4)), fails('scan failed and let calls pass'))
  })
})

describe('a measure that hangs on no guard', () => {
  test('holds as far as somebody tells, whatever the policy makes of guards', () => {
    const { tell, cycle } = setUp(policy('off'))
    tell(1, 'holds', 5)
    tell(1, 'holds', 2)
    assert.deepEqual(brief(cycle(2)), [{ supports: true, covered: ['chat'], failing: [], note: '7 holds' }])
    tell(3, 'breaks', 1)
    assert.deepEqual(brief(cycle(4)), [{ supports: false, covered: [], failing: ['chat'], note: '1 breaks on route chat' }]) // prettier-ignore
  })

  test('is said anew in place of what was told before, where that is a state and no count', () => {
    const { tell, cycle } = setUp()
    tell(1, 'breaks', 5, 'state')
    tell(2, 'holds', 3, 'state')
    assert.deepEqual(brief(cycle(3)), [{ supports: true, covered: ['chat'], failing: [], note: '3 holds' }])
    tell(4, 'breaks', 1, 'state')
    assert.equal(cycle(5)[0]?.supports, false)
    tell(6, 'holds', 2, 'state')
    assert.deepEqual(brief(cycle(7)), [{ supports: true, covered: ['chat'], failing: [], note: '2 holds' }])
  })
})
