// Sees what only shows over many inputs of one caller: the same question with small changes, numbers tried one after the
// other, one input over and over, attempt after attempt at what is stopped. Each input is held against
// the series that it belongs to, so somebody who went too far in one thing may still ask another.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { type Admission, defineGuard } from '../guard.ts'
import type { Probe } from '../series/probe.ts'
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
    const probe = arrival.probe()
    const series = meters.series.series(`${per}:${subjectOf(per, arrival, userHeader)}`)
    const at = now.getTime()
    series.forgetBefore(at - minutes * 60_000)
    const member = probe && memberOf(probe, at)
    const found = foundIn(series, member, settings)
    if (member !== undefined) series.add(member)
    const settle: Admission['settle'] = ({ stoppedBy }) => {
      if (stoppedBy.some((guard) => !COUNTING.has(guard))) series.stop(at)
    }
    return found.length === 0 ? { outcome: 'pass', settle } : { ...answer(series, found, at, settings), settle }
  },
})

function memberOf({ text, exact, asksConfidence }: Probe, at: number): Member {
  const { bins, frame, slots } = sketchOf(text)
  return { at, exact, asksConfidence, bins, frame, slots }
}

interface Excess {
  kind: 'variations' | 'sweep' | 'repeats' | 'attempts'
  note: string
}

function foundIn({ members, stopped }: Series, member: Member | undefined, limits: Settings): Excess[] {
  const found: Excess[] = []
  const count = (kind: Excess['kind'], many: number, words: string) => {
    if (many > limits[kind]) found.push({ kind, note: `${many} ${words} in ${limits.minutes} min` })
  }
  if (member !== undefined) {
    const { variations, sweep, repeats } = seriesScores(members, member)
    count('variations', variations, 'inputs that are nearly the same')
    count('sweep', sweep, 'inputs with numbers in equal steps')
    count('repeats', repeats, 'times the same input')
  }
  count('attempts', stopped.length, 'calls that were to be stopped')
  return found
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
