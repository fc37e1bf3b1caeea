// What is declared beside what was seen: for each provider whether the house knows of it, whether it is used, whether
// anybody allowed it, and by whom it is used nevertheless.
import type { Observed, Use } from './observe.ts'

export interface ShadowProvider {
  provider: string
  standing: 'declared' | 'observed' | 'both'
  /** Undefined: nobody said which are allowed. */
  sanctioned: boolean | undefined
  users: number
  hosts: string[]
  calls: number
  blocked: number
  sent: number | undefined
  received: number | undefined
  first: string | undefined
  last: string | undefined
  /** Those who sent most, the first fifty. */
  uses: Use[]
}

const SHOWN = 50
const NONE: ReadonlySet<string> = new Set()

export interface Declared {
  providers: readonly string[]
  /** Undefined where there is no list. */
  sanctioned: readonly string[] | undefined
}

export function shadowAi({ uses }: Observed, { providers, sanctioned }: Declared): ShadowProvider[] {
  const seen = Map.groupBy(uses, ({ provider }) => provider)
  const names = [...new Set([...seen.keys(), ...providers])].toSorted()
  return names.map((provider): ShadowProvider => {
    const own = callsOf(seen.get(provider) ?? [])
    const isDeclared = providers.includes(provider)
    return {
      provider,
      standing: own.length === 0 ? 'declared' : isDeclared ? 'both' : 'observed',
      sanctioned: sanctioned?.includes(provider),
      users: new Set(own.map(({ who }) => who)).size,
      hosts: [...new Set(own.map(({ host }) => host))].toSorted(),
      calls: own.reduce((sum, { calls }) => sum + calls, 0),
      blocked: own.reduce((sum, { blocked }) => sum + blocked, 0),
      sent: total(own.map(({ sent }) => sent)),
      received: total(own.map(({ received }) => received)),
      first: dayOf(Math.min(...own.flatMap(({ first }) => first ?? []))),
      last: dayOf(Math.max(...own.flatMap(({ last }) => last ?? []))),
      uses: own.slice(0, SHOWN),
    }
  })
}

/** A question to DNS is no call where the calls themselves were seen, nor is a handshake where its connection was. */
function callsOf(uses: Use[]): Use[] {
  const seenBy = (...ways: Use['seen'][]) =>
    new Set(uses.filter(({ seen }) => ways.includes(seen)).map(({ who, host }) => `${who}\n${host}`))
  const counted = { dns: seenBy('sni', 'http', 'address'), sni: seenBy('address'), http: NONE, address: NONE }
  return uses.filter(({ seen, who, host }) => !counted[seen].has(`${who}\n${host}`))
}

/** In use, and neither declared nor allowed, or not allowed where there is a list. */
export function isShadow({ standing, sanctioned, calls, blocked }: ShadowProvider): boolean {
  if (calls === blocked) return false
  return sanctioned === undefined ? standing === 'observed' : !sanctioned
}

function total(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((one) => one !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0)
}

const dayOf = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString() : undefined)
