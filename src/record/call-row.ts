// What of a call becomes a column or a mark. Names come from clients, so a name that no store takes is mended: a call must
// never be lost over a character.
import type { Exchange } from '../model/exchange.ts'
import type { Verdict } from '../model/verdict.ts'
import type { NewCall } from './call-store.ts'

const MOST_NAME = 256
const PLAIN = /^[\x20-\x7e]*$/
const ORDINARY: readonly string[] = []
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/g

export function toCallRow(
  exchange: Exchange,
  place: { segment: string; position: number; leaf: string; replaces: boolean },
): NewCall {
  const { id, outcome, status } = exchange
  return {
    id,
    keyId: named(exchange.keyId),
    asset: named(exchange.asset),
    agent: named(exchange.agent),
    route: named(exchange.route),
    model: named(exchange.model),
    outcome,
    status,
    ...place,
    marks: marksOf(exchange),
  }
}

export function named(text: string | undefined): string | undefined {
  if (text === undefined || (text.length <= MOST_NAME && PLAIN.test(text))) return text
  return text.slice(0, MOST_NAME).toWellFormed().replace(CONTROL, '\ufffd')
}

function marksOf({ outcome, status, code, verdicts }: Exchange): readonly string[] {
  if (outcome === 'answered' && status === 200 && code === undefined && verdicts.every(passes)) return ORDINARY
  const guards = verdicts.filter((verdict) => !passes(verdict)).map(({ guard }) => mark('guard', guard))
  return [
    ...(outcome === 'answered' ? [] : [mark('outcome', outcome)]),
    ...(status === 200 ? [] : [mark('status', status)]),
    ...(code === undefined ? [] : [mark('code', code)]),
    ...new Set(guards),
  ]
}

const passes = ({ outcome }: Verdict): boolean => outcome === 'pass'

/** What exceptional calls are found by; ordinary ones have no mark. `guard` is one that hit or failed. */
export function mark(kind: 'outcome' | 'status' | 'code' | 'guard', value: string | number): string {
  return `${kind}:${value}`
}
