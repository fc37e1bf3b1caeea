// Asks the guards that count once more, call by call in the order in which they came: with counters of their own, by the
// clock of the calls. What such a guard looks at and nobody kept – the words, a header, who it was for – is noticed when it
// looks, so that what it says then is known not to be sure.
import { once } from '../../lib/once.ts'
import type { JsonObject } from '../../lib/canonical-json.ts'
import type { Exchange } from '../../model/exchange.ts'
import type { Turn } from '../../model/turn.ts'
import type { Verdict } from '../../model/verdict.ts'
import type { CallGuard } from '../begin.ts'
import type { Admission, Arrival, CallEnd } from '../guard.ts'
import type { Inspection } from '../inspection.ts'
import type { Caller, Route } from '../routes.ts'
import { createSeriesBook } from '../series/series-book.ts'
import { probeOf } from '../series/read-probe.ts'
import type { Meters } from '../spend/meters.ts'
import { lateVerdict } from '../time-limit.ts'
import type { WireId } from '../wire/wire.ts'
import { dryLeases } from './dry-leases.ts'

/** What a guard wanted to know and nobody kept; `earlier`: what was counted before the first of the calls. */
export const LACKS = ['words', 'headers', 'user', 'answer', 'earlier'] as const
export type Lack = (typeof LACKS)[number]

/** A call of the past that asks to be let in again. */
export interface Again {
  exchange: Exchange
  wire: WireId
  route: Route
  caller: Caller
  /** Undefined where its words were not kept. */
  words: { turn: Turn; body: JsonObject } | undefined
  /** Whether all is known of who asks; of tokens of other houses it is not. */
  isKnown: boolean
  /** Guards whose verdict of then stands: they only count. */
  stands: ReadonlySet<string>
}

export interface Admitted {
  /** What guards lacked, by their ids. */
  lacks: ReadonlyMap<string, ReadonlySet<Lack>>
  /** Of the answer: calls that would have been ended. */
  late: readonly Verdict[]
  /** To be called once with what became of it. */
  end(isStopped: boolean, stoppedBy: readonly string[]): void
}

export interface AdmitAgain {
  guards(again: Again, guards: readonly CallGuard[]): CallGuard[]
  admit(again: Again, inspection: Inspection): Promise<Admitted>
}

interface Pending {
  at: number
  end(): void
}

export function admitAgain({ prices, budgets }: Pick<Meters, 'prices' | 'budgets'>): AdmitAgain {
  let now = 0
  let pending: Pending[] = []
  const leases = dryLeases(() => now)
  const meters: Meters = { leases, prices, budgets, series: createSeriesBook() }
  let lacks = new Map<string, Set<Lack>>()

  const lack = (guard: string, what: Lack) => lacks.set(guard, (lacks.get(guard) ?? new Set()).add(what))

  function goOnTo(at: number): void {
    const due = pending.filter((one) => one.at <= at).toSorted((a, b) => a.at - b.at)
    pending = due.length === 0 ? pending : pending.filter((one) => one.at > at)
    for (const one of due) {
      now = one.at
      one.end()
    }
    now = at
  }

  return {
    guards: (again, guards) =>
      guards.map((guard) => {
        const { id, admit } = guard
        if (admit === undefined) return guard
        const counts = new Proxy(meters, {
          get(all, name: keyof Meters) {
            if (name === 'leases' || name === 'series') lack(id, 'earlier')
            return all[name]
          },
        })
        const asked: typeof admit = (_, context) => {
          const said = admit(
            arrivalOf(again, (what) => lack(id, what)),
            { ...context, meters: counts },
          )
          if (!again.stands.has(id)) return said
          return said instanceof Promise ? said.then(counted) : counted(said)
        }
        return { ...guard, admit: asked }
      }),
    async admit(again, inspection) {
      const { exchange, route } = again
      const at = exchange.at.getTime()
      goOnTo(at)
      lacks = new Map()
      const ends: ((end: CallEnd) => void)[] = []
      const late: Verdict[] = []
      await inspection.admit(
        arrivalOf(again, () => undefined),
        {
          meters,
          now: exchange.at,
          onEnd: (settle) => ends.push(settle),
          onAgain: () => undefined,
          setHeader: () => undefined,
          onLimit(guard, seconds) {
            if (exchange.durationMs > seconds * 1000) late.push(lateVerdict(guard, seconds))
            else if (exchange.verdicts.some((one) => one.guard === guard && one.stage === 'answer'))
              lack(guard, 'answer')
          },
        },
      )
      return {
        lacks,
        late: late.filter(({ guard }) => !again.stands.has(guard)),
        end(isStopped, stoppedBy) {
          const end = { ...endOf(exchange, route, isStopped), stoppedBy }
          const settle = () => ends.forEach((one) => one(end))
          if (isStopped) settle()
          // Calls begin on the millisecond: one that came right behind must not find this one still under way.
          else pending.push({ at: at + Math.floor(exchange.durationMs), end: settle })
        },
      }
    },
  }
}

const counted = ({ settle }: Admission): Admission => ({ outcome: 'pass', ...(settle && { settle }) })

function endOf({ model = '', usage, usageIsEstimate, upstream }: Exchange, { targets }: Route, isStopped: boolean) {
  if (isStopped) return { went: 'nowhere', usage: undefined, seenBytes: 0, target: undefined } as const
  const [first] = targets
  const to = targets.find((one) => one.upstream.id === upstream) ?? first
  const target = to && { upstream: to.upstream.id, model: to.model ?? model }
  return { went: usageIsEstimate ? 'part' : 'whole', usage, seenBytes: 0, target } as const
}

function arrivalOf({ exchange, wire, route, caller, words, isKnown }: Again, lack: (what: Lack) => void): Arrival {
  const { keyId, asset, agent, user, limits = {} } = caller
  const { model = '', stream } = exchange
  const turn = words?.turn ?? unknownTurn({ model, stream }, () => lack('words'))
  const body = words?.body ?? unknownBody(() => lack('words'))
  return {
    keyId,
    asset,
    agent,
    get user() {
      if (!isKnown) lack('user')
      return user
    },
    limits,
    route: route.id,
    wire,
    turn,
    body,
    bytes: exchange.bytesIn,
    address: exchange.client,
    header() {
      lack('headers')
      return undefined
    },
    probe: once(() => {
      if (words === undefined) lack('words')
      return words && probeOf(words.turn, words.body)
    }),
    targets: route.targets.map(({ upstream, model: there = model }) => ({
      upstream: upstream.id,
      provider: upstream.provider,
      model: there,
    })),
  }
}

const NOTHING = { messages: [], tools: [], toolChoice: undefined, sampling: {}, foreign: [], rest: [] }

/** Says when somebody looks at more of it than is known. */
function unknownTurn(known: Pick<Turn, 'model' | 'stream'>, lack: () => void): Turn {
  return new Proxy(
    { ...known, ...NOTHING },
    {
      get(turn, name: keyof Turn) {
        if (name in NOTHING) lack()
        return turn[name as keyof typeof turn]
      },
    },
  )
}

function unknownBody(lack: () => void): JsonObject {
  const looked = () => {
    lack()
    return undefined
  }
  return new Proxy<JsonObject>({}, { get: looked, getOwnPropertyDescriptor: looked, ownKeys: () => (lack(), []) })
}
