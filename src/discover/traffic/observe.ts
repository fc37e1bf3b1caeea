// Goes through logs line by line and keeps what speaks with AI: by provider, who, with which host, how often and how much.
// Bounded: a line too long is passed over, and users beyond the limit are added up under no name.
import { unwrapped } from './cells.ts'
import type { Flow, ReadLine, Resolved, SeenBy } from './flow.ts'
import { TRAFFIC_READERS } from './readers/index.ts'
import { wholeObjects } from './whole-objects.ts'

const FIRST_LINES = 50
const LONGEST_LINE = 65_536
const MOST_USES = 100_000
const MOST_ADDRESSES = 200_000

/** Who is behind a host and path; undefined where it is no AI. */
export type ServiceOf = (host: string, path: string | undefined) => string | undefined

export interface Use {
  provider: string
  /** The user where the log names one, else the address. */
  who: string
  department: string | undefined
  host: string
  seen: SeenBy
  calls: number
  blocked: number
  /** Undefined where no log counted. */
  sent: number | undefined
  received: number | undefined
  first: number | undefined
  last: number | undefined
}

export interface ReadLog {
  file: string
  /** Undefined: no reader knows the format. */
  format: string | undefined
  lines: number
  unread: number
}

export interface Observed {
  uses: Use[]
  logs: ReadLog[]
  /** Uses that were not kept apart any more. */
  dropped: number
}

export function createObserver(serviceOf: ServiceOf) {
  const uses = new Map<string, Use>()
  /** Addresses that stand for one AI provider and nothing else, as far as these logs say. */
  const addresses = new Map<string, { provider: string; host: string } | 'shared'>()
  const waiting: Flow[] = []
  const logs: ReadLog[] = []
  let dropped = 0

  function learn({ address, host }: Resolved): void {
    const provider = serviceOf(host, undefined)
    const known = addresses.get(address)
    if (known === undefined && addresses.size >= MOST_ADDRESSES) return
    const isSame = known === undefined || (known !== 'shared' && known.provider === provider)
    addresses.set(address, provider === undefined || !isSame ? 'shared' : { provider, host })
  }

  function add(flow: Flow, provider: string, host: string): void {
    const who = flow.user ?? flow.source
    const key = [provider, who, host, flow.seen].join('\n')
    let use = uses.get(key)
    if (use === undefined) {
      if (uses.size >= MOST_USES) {
        dropped++
        return
      }
      const { department, seen } = flow
      use = {
        provider,
        who,
        department,
        host,
        seen,
        calls: 0,
        blocked: 0,
        sent: undefined,
        received: undefined,
        first: flow.at,
        last: flow.at,
      }
      uses.set(key, use)
    }
    use.calls++
    if (flow.blocked) use.blocked++
    use.department ??= flow.department
    use.sent = plus(use.sent, flow.sent)
    use.received = plus(use.received, flow.received)
    use.first = least(use.first, flow.at)
    use.last = most(use.last, flow.at)
  }

  function take(flow: Flow): void {
    if (flow.seen === 'address') {
      if (waiting.length < MOST_USES) waiting.push(flow)
      else dropped++
      return
    }
    const provider = serviceOf(flow.host, flow.path)
    if (provider !== undefined) add(flow, provider, flow.host)
  }

  return {
    /** Lines of one file, in order. */
    async read(file: string, lines: AsyncIterable<string>): Promise<void> {
      const log: ReadLog = { file, format: undefined, lines: 0, unread: 0 }
      logs.push(log)
      let readLine: ReadLine | undefined
      let begin: string[] = []
      const one = (line: string) => {
        if (line.trim() === '' || readLine === undefined) return
        const said = line.length > LONGEST_LINE ? 'unread' : readLine(unwrapped(line))
        if (said === 'unread') log.unread++
        if (typeof said === 'string') return
        if ('resolved' in said) for (const name of said.resolved) learn(name)
        if (said.flow !== undefined) take(said.flow)
      }
      const start = () => {
        const plain = begin.map(unwrapped)
        const reader = TRAFFIC_READERS.find(({ recognises }) => recognises(plain))
        log.format = reader?.id
        readLine = reader?.open(plain)
        for (const line of begin) one(line)
        begin = []
      }
      for await (const line of wholeObjects(lines)) {
        log.lines++
        if (readLine !== undefined) one(line)
        else if (log.lines <= FIRST_LINES) begin.push(line.slice(0, LONGEST_LINE + 1))
        if (log.lines === FIRST_LINES) start()
      }
      if (log.lines < FIRST_LINES) start()
    },
    /** After the last file: addresses are told apart only when all names are known. */
    result(): Observed {
      for (const flow of waiting.splice(0)) {
        const known = addresses.get(flow.host)
        if (known !== undefined && known !== 'shared') add(flow, known.provider, known.host)
      }
      const sorted = [...uses.values()].toSorted(
        (a, b) =>
          compare(a.provider, b.provider) ||
          (b.sent ?? 0) - (a.sent ?? 0) ||
          b.calls - a.calls ||
          compare(a.who, b.who),
      )
      return { uses: sorted, logs, dropped }
    },
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const plus = (a: number | undefined, b: number | undefined) => (b === undefined ? a : (a ?? 0) + b)
const least = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)
const most = (a: number | undefined, b: number | undefined) =>
  a === undefined ? b : b === undefined ? a : Math.max(a, b)
