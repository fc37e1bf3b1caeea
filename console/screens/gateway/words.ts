// How what happens at the gateway is worded, on every page about it.
import type { Outcome, Step } from '../../../src/model/exchange.ts'
import type { Mode } from '../../../src/model/policy.ts'
import { formatNumber } from '../../lib/format.ts'

export const OUTCOME_WORDS: Readonly<Record<Outcome, { word: string; tone: 'good' | 'bad' | 'warn' | 'note' }>> = {
  answered: { word: 'Answered', tone: 'good' },
  blocked: { word: 'Blocked', tone: 'bad' },
  refused: { word: 'Refused', tone: 'warn' },
  broken: { word: 'Broken off', tone: 'warn' },
  'client-gone': { word: 'Client left', tone: 'note' },
  open: { word: 'Not over', tone: 'note' },
}

export const OUTCOMES = Object.keys(OUTCOME_WORDS) as readonly Outcome[]

export const MODE_WORDS: Readonly<Record<Mode, string>> = { off: 'Off', observe: 'Observe', enforce: 'Enforce' }
export const MODES = Object.keys(MODE_WORDS) as readonly Mode[]

export const ACTION_WORDS = {
  forward: 'Forwarded as it was',
  rewrite: 'Rewritten',
  hold: 'Held for a person',
  block: 'Blocked',
} as const

export const APPROVAL_WORDS = {
  approved: 'Approved by a person',
  refused: 'Refused by a person',
  expired: 'Held, and nobody decided in time',
  closed: 'Held, and nobody waited for it any more',
} as const

const STEP_WORDS: Readonly<Record<Step, string>> = {
  authenticate: 'Find the key',
  read: 'Read the request',
  admit: 'Rates and budgets',
  inspect: 'Guards of the request',
  upstream: 'Wait for the model',
  'first-words': 'First words of the answer',
  record: 'Put on record',
  person: 'Wait for a person',
  answer: 'Guards of the answer',
}

export const wordsOfStep = (stage: string) => STEP_WORDS[stage as Step] ?? stage

const REASON_WORDS: Readonly<Record<string, string>> = {
  unauthenticated: 'No good key',
  not_found: 'Model not open to this key',
  forbidden: 'Not allowed',
  input_invalid: 'Request not understood',
  too_large: 'Request too large',
  too_many: 'Too many at once',
  rate_limited: 'Rate used up',
  budget_exceeded: 'Budget used up',
  blocked: 'Blocked by a guard',
  unavailable: 'Gateway not ready',
  upstream_unreachable: 'Provider not reached',
  upstream_timeout: 'Provider too slow',
  upstream_invalid: 'Answer not understood',
  upstream_failed: 'Provider failed',
  upstream_refused: 'Refused by the provider',
  upstream_refused_key: 'Provider refused its key',
  bug: 'Error in the gateway',
}

/** Why a call ended as it did; a provider's own code stays as it is. */
export const toReason = (code: string) => REASON_WORDS[code] ?? code

/** Joined, so that the unit never stands alone on a line. */
export const toMs = (ms: number) =>
  ms < 10
    ? `${ms.toFixed(1)}\u00a0ms`
    : ms < 1000
      ? `${Math.round(ms)}\u00a0ms`
      : `${formatNumber(Math.round(ms / 100) / 10)}\u00a0s`

const money = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumFractionDigits: 2 })
const small = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', maximumSignificantDigits: 3 })

export const toMoney = (dollars: number) => (dollars !== 0 && Math.abs(dollars) < 1 ? small : money).format(dollars)
export const toCost = (micros: number) => toMoney(micros / 1_000_000)
