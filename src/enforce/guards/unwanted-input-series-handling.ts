// Sees what only shows over many inputs of one caller: the same question with small changes, numbers tried one after the
// other, one input over and over, attempt after attempt at what is stopped. Each input is held against
// the series that it belongs to, so somebody who went too far in one thing may still ask another.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { type Admission, defineGuard } from '../guard.ts'
import { probeOf } from '../series/probe.ts'
import type { Series } from '../series/series.ts'
import type { Member } from '../series/members.ts'
import { seriesScores } from '../series/series-scores.ts'
import { sketchOf } from '../series/sketch.ts'
import { subjectOf, UserHeader } from '../subject.ts'

const ID = 'unwanted-input-series-handling'
/** What they stop says nothing of what a caller is after. */
const COUNTING = new Set([ID, 'anomalous-input-handling', 'model-access-control', 'rate-limit', 'limit-resources'])

const most = (fallback: number, text: string) => z.int().min(2).max(127).default(fallback).describe(text)

const Settings = z.strictObject({
  per: z.enum(['key', 'user', 'asset']).default('user').describe('whose inputs are one series'),
  userHeader: UserHeader,
  minutes: z.int().min(1).max(1440).default(30).describe('how far back is looked'),
  variations: most(40, 'most inputs that are nearly the same; those that ask for log-probabilities count twice'),
  sweep: most(30, 'most inputs that differ in a number only which goes on in equal steps'),
  repeats: most(100, 'most inputs that are the same to the last letter'),
  attempts: most(10, 'most calls that other guards wanted to stop for what they say'),
  response: z
    .enum(['slow', 'block'])
    .default('slow')
    .describe('where it is enforced: let one call in after each `slowSeconds`, or none'),
  slowSeconds: z.int().min(1).max(3600).default(30).describe('the pause between calls of who went too far'),
})
type Settings = z.output<typeof Settings>

export const unwantedInputSeriesHandling = defineGuard({
  id: ID,
  title: 'Recognises probing that only shows over many inputs',
  mode: 'observe',
  settings: Settings,
  proves: () => [`${ID}.similarity`, `${ID}.coverage`],
  admit(arrival, settings, { meters, now }) {
    const { per, userHeader, minutes } = settings
    const probe = probeOf(arrival.turn, arrival.body)
    const series = meters.series.series(`${per}:${subjectOf(per, arrival, userHeader)}`)
    const at = now.getTime()
    series.forgetBefore(at - minutes * 60_000)
    const { exact = '', asksConfidence = false } = probe ?? {}
    const member: Member | undefined = probe && { at, exact, asksConfidence, ...sketchOf(probe.text) }
    const found = foundIn(series, member, settings)
    if (member !== undefined) series.add(member)
    return {
      ...(found.length === 0 ? PASS : answer(series, found, at, settings)),
      settle({ stoppedBy }) {
        if (stoppedBy.some((guard) => !COUNTING.has(guard))) series.stop(at)
      },
    }
  },
})

const PASS: Admission = { outcome: 'pass' }

function foundIn({ members, stopped }: Series, member: Member | undefined, limits: Settings) {
  const scores = member && seriesScores(members, member)
  const counts = [
    ['variations', scores?.variations ?? 0, 'inputs that are nearly the same'],
    ['sweep', scores?.sweep ?? 0, 'inputs with numbers in equal steps'],
    ['repeats', scores?.repeats ?? 0, 'times the same input'],
    ['attempts', stopped.length, 'calls that were to be stopped'],
  ] as const
  return counts.flatMap(([kind, count, words]) =>
    count > limits[kind] ? [{ kind, note: `${count} ${words} in ${limits.minutes} min` }] : [],
  )
}

function answer(
  series: Series,
  found: readonly { kind: string; note: string }[],
  at: number,
  { response, slowSeconds, minutes }: Settings,
): Admission {
  const said = found.map(({ note }) => note).join(', ')
  if (response === 'block')
    return {
      outcome: 'hit',
      found,
      refusal: new Failure('blocked', `this looks like probing: ${said}`, {
        hint: `what is not like it is let in; this again after ${minutes} minutes of rest`,
      }),
    }
  const waitMs = series.slowedAt + slowSeconds * 1000 - at
  if (waitMs <= 0) {
    series.slowedAt = at
    return { outcome: 'hit', found, isNote: true }
  }
  const retryAfter = Math.ceil(waitMs / 1000)
  return {
    outcome: 'hit',
    found,
    refusal: new Failure('rate_limited', `this looks like probing, and is slowed down: ${said}`, {
      hint: `try again in ${retryAfter} s`,
      retryAfter,
    }),
  }
}
