// What a client may say of its own call: less. Each of these headers takes something away that the policy allows, and what
// none of them says stays as the policy has it; so no mistake and no stranger's header can widen anything.
// Invariant: a header of ours that is not understood is refused. Who wanted less and misspelt it must not get more.
import type { IncomingMessage } from 'node:http'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import { type Mode, MODES } from '../model/policy.ts'
import { GUARDS } from './guards/index.ts'
import type { Caller, Route } from './routes.ts'

/** What a guard stops for good it turns into a question; and people's time is not for clients to spend. */
const OF_PEOPLE = 'oversight'
const PREFIX = 'x-parapet-'
const MOST_CHARACTERS = 2048
const MOST_NAMES = 64

export interface Narrowing {
  /** At least so much is done by these guards. */
  modes: ReadonlyMap<string, Mode>
  /** Only these may be taken; undefined where nothing is said. */
  routes: ReadonlySet<string> | undefined
  upstreams: ReadonlySet<string> | undefined
  tools: ReadonlySet<string> | undefined
  /** The call must be made by this agent. */
  agents: ReadonlySet<string> | undefined
}

interface Header {
  name: string
  value: string
  about: string
  add(before: Narrowing, text: string, header: string): Narrowing
}

const both = (before: ReadonlySet<string> | undefined, names: ReadonlySet<string>) =>
  before === undefined ? names : new Set([...names].filter((name) => before.has(name)))

export const HEADERS: readonly Header[] = [
  {
    name: 'x-parapet-guards',
    value: '`guard=enforce, …`',
    about: 'these guards do at least so much on this call: `observe` or `enforce`',
    add(before, text, header) {
      const modes = new Map(before.modes)
      for (const entry of namesOf(text, header)) {
        const [guard = '', mode = '', ...more] = entry.split('=').map((word) => word.trim())
        if (!GUARDS.some(({ id }) => id === guard))
          throw unknown(
            header,
            'guard',
            guard,
            GUARDS.map(({ id }) => id),
          )
        if (guard === OF_PEOPLE)
          throw new Failure(
            'input_invalid',
            `${header}: whether a person is asked is for the policy to say, not for a call`,
          )
        if (more.length > 0 || (mode !== 'observe' && mode !== 'enforce')) {
          throw new Failure(
            'input_invalid',
            `${header}: ${guard} can be asked to observe or to enforce, and for nothing else`,
          )
        }
        modes.set(guard, stricter(modes.get(guard) ?? 'off', mode))
      }
      return { ...before, modes }
    },
  },
  {
    name: 'x-parapet-route',
    value: 'id of a route',
    about: 'the call is refused where its model takes another route',
    add: (before, text, header) => ({ ...before, routes: both(before.routes, namesOf(text, header, 1)) }),
  },
  {
    name: 'x-parapet-upstreams',
    value: '`id, …`',
    about: 'the call goes to no other upstreams than these',
    add: (before, text, header) => ({ ...before, upstreams: both(before.upstreams, namesOf(text, header)) }),
  },
  {
    name: 'x-parapet-tools',
    value: '`name, …`',
    about: 'the call is refused where it offers the model any other tool; `none` stands for no tool at all',
    add: (before, text, header) => {
      const names = text.trim() === 'none' ? new Set<string>() : namesOf(text, header)
      return { ...before, tools: both(before.tools, names) }
    },
  },
  {
    name: 'x-parapet-agent',
    value: 'id of an agent',
    about: 'the call is refused where its key or token is not bound to this agent; it makes nobody that agent',
    add: (before, text, header) => ({ ...before, agents: both(before.agents, namesOf(text, header, 1)) }),
  },
]

/** Undefined where the client says nothing. A header that comes twice takes away twice. */
export function readNarrowing(request: Pick<IncomingMessage, 'headers' | 'headersDistinct'>): Narrowing | undefined {
  let narrowing: Narrowing | undefined
  for (const name in request.headers) {
    if (!name.startsWith(PREFIX)) continue
    const header = HEADERS.find((one) => one.name === name)
    if (header === undefined)
      throw unknown(
        'headers',
        'header of this gateway',
        name,
        HEADERS.map((one) => one.name),
      )
    for (const text of request.headersDistinct[name] ?? ['']) {
      narrowing = header.add(narrowing ?? NOTHING, text, name)
    }
  }
  return narrowing
}

/** The same route with less to go to and more in force; refuses where nothing would be left. */
export function narrowRoute(
  route: Route,
  { routes, upstreams, modes, agents }: Narrowing,
  { agent = '' }: Pick<Caller, 'agent'>,
): Route {
  if (agents !== undefined && !agents.has(agent)) {
    throw new Failure('forbidden', 'the key or token of this call is not that of the agent that x-parapet-agent names')
  }
  if (routes !== undefined && !routes.has(route.id)) {
    throw new Failure('forbidden', 'the model of this call takes another route than x-parapet-route names')
  }
  const targets =
    upstreams === undefined ? route.targets : route.targets.filter(({ upstream }) => upstreams.has(upstream.id))
  if (targets.length === 0) {
    throw new Failure('forbidden', 'none of the upstreams that x-parapet-upstreams names serves this model')
  }
  const asked = Object.fromEntries(
    [...modes].flatMap(([guard, mode]) => {
      const now = route.enforcement.policy.guards[guard]?.mode ?? 'off'
      return stricter(now, mode) === now ? [] : [[guard, { mode }]]
    }),
  )
  return { ...route, targets, enforcement: route.enforcedWith(asked) }
}

const NOTHING: Narrowing = {
  modes: new Map(),
  routes: undefined,
  upstreams: undefined,
  tools: undefined,
  agents: undefined,
}

function stricter(a: Mode, b: Mode): Mode {
  return MODES.indexOf(a) >= MODES.indexOf(b) ? a : b
}

function namesOf(text: string, header: string, most = MOST_NAMES): Set<string> {
  const names = text.split(',').map((name) => name.trim())
  if (text.length > MOST_CHARACTERS || names.length > most || names.includes('')) {
    throw new Failure('input_invalid', `${header}: ${most === 1 ? 'one name is' : `names between commas are`} expected`)
  }
  return new Set(names)
}

function unknown(where: string, kind: string, word: string, known: readonly string[]): Failure {
  const near = suggest(word, known)
  return new Failure('input_invalid', `${where}: there is no ${kind} ${word.slice(0, 100)}`, {
    hint: near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`,
  })
}
