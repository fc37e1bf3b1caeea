// Watches how each identity uses models over many calls, sessions and routes, and raises an alert where it looks like
// misuse: stopped again and again, refused in a burst, taking far more than usual, at hours when nobody works. An alert is on
// record with the call it was raised on, goes to whoever takes OCSF events, and stands among the sightings.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { type Admission, defineGuard } from '../guard.ts'
import type { UseHistory } from '../series/use-history.ts'
import { BYTES_PER_TOKEN } from '../used-at-least.ts'
import { subjectOf, UserHeader } from '../subject.ts'

const ID = 'monitor-use'
const MINUTE_MS = 60_000
/** They refuse for how much or what is asked for; the others stop for what is said. */
const REFUSING = new Set(['model-access-control', 'rate-limit', 'limit-resources'])
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'as in 07:30')

const Hours = z.strictObject({
  from: Clock.describe('the first minute of work'),
  to: Clock.describe('the first minute after it; earlier than `from` means over midnight'),
  days: z.array(z.enum(DAYS)).min(1).default(['mon', 'tue', 'wed', 'thu', 'fri']).describe('days on which work begins'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'as in Europe/Amsterdam')
    .default('UTC')
    .describe('where it is these hours, as in Europe/Amsterdam'),
})
type Hours = z.output<typeof Hours>

const Settings = z.strictObject({
  per: z.enum(['key', 'user', 'asset']).default('key').describe('whose use is looked at together'),
  userHeader: UserHeader,
  minutes: z.int().min(1).max(1440).default(30).describe('how far back is looked; an alert is not repeated sooner'),
  stopped: z.int().min(1).max(1000).default(5).describe('most calls that guards wanted to stop for what they say'),
  refused: z.int().min(1).max(1000).default(20).describe('most calls refused for how much, or what, they ask for'),
  surge: z.number().min(2).max(1000).default(10).describe('how many times the tokens of a usual hour are too many'),
  surgeTokens: z.int().min(1).max(1_000_000_000).default(100_000).describe('tokens in an hour that are never too many'),
  hours: Hours.optional().describe('when use is expected; at any time unless given'),
  response: z.enum(['alert', 'block']).default('alert').describe('tell, or tell and let nothing in while it lasts'),
})
type Settings = z.output<typeof Settings>

interface Sign {
  kind: 'stopped-often' | 'refused-often' | 'sudden-use' | 'unusual-hour'
  note: string
}

export const monitorUse = defineGuard({
  id: ID,
  title: 'Watches how each identity uses models, and alerts where it looks like misuse',
  settings: Settings,
  proves: () => [`${ID}.correlation`],
  admit(arrival, settings, { meters, now }) {
    const { per, userHeader, minutes } = settings
    const history = meters.series.uses(`${per}:${subjectOf(per, arrival, userHeader)}`)
    const at = now.getTime()
    history.forgetBefore(at - minutes * MINUTE_MS)
    const settle: Admission['settle'] = ({ stoppedBy, usage, seenBytes, went }) => {
      if (stoppedBy.some((guard) => REFUSING.has(guard))) history.note('refused', at)
      if (stoppedBy.some((guard) => guard !== ID && !REFUSING.has(guard))) history.note('stopped', at)
      if (went !== 'nowhere')
        history.use(usage === undefined ? Math.ceil(seenBytes / BYTES_PER_TOKEN) : usage.input + usage.output, at)
    }
    const signs = signsOf(history, at, settings)
    return signs.length === 0 ? { outcome: 'pass', settle } : { ...answer(signs, history, at, settings), settle }
  },
})

function signsOf(history: UseHistory, at: number, settings: Settings): Sign[] {
  const { minutes, stopped, refused, surge, surgeTokens, hours } = settings
  const signs: Sign[] = []
  const count = (kind: Sign['kind'], many: number, most: number, words: string) => {
    if (many > most) signs.push({ kind, note: `${many} of its calls ${words} in ${minutes} min` })
  }
  count('stopped-often', history.stopped.length, stopped, 'were to be stopped')
  count('refused-often', history.refused.length, refused, 'were refused')
  const tokens = history.tokens(at)
  const usual = tokens > surgeTokens ? history.usualTokens(at) : undefined
  if (usual !== undefined && tokens > usual * surge)
    signs.push({ kind: 'sudden-use', note: `${tokens} tokens in this hour, where ${usual} are usual` })
  if (hours !== undefined && !isWithin(hours, at))
    signs.push({ kind: 'unusual-hour', note: `Used outside of ${hours.from} to ${hours.to} ${hours.timeZone}` })
  return signs
}

function answer(signs: readonly Sign[], history: UseHistory, at: number, { response, minutes }: Settings): Admission {
  const found = signs.filter(({ kind }) => response === 'block' || history.isNews(kind, at, minutes * MINUTE_MS))
  if (found.length === 0) return { outcome: 'pass' }
  if (response === 'alert') return { outcome: 'hit', found, isNote: true }
  const said = found.map(({ note }) => note).join(', ')
  return { outcome: 'hit', found, refusal: new Failure('blocked', `this use looks like misuse: ${said}`) }
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function isWithin({ from, to, days, timeZone }: Hours, at: number): boolean {
  const { day, time } = localTime(timeZone, at)
  const isDay = (shift: number) => days.includes(DAYS[(day + shift + 7) % 7] ?? 'mon')
  if (from <= to) return isDay(0) && time >= from && time < to
  return (isDay(0) && time >= from) || (isDay(-1) && time < to)
}

/** The zones are those of policies, so they are few. */
function localTime(timeZone: string, at: number): { day: number; time: string } {
  let clock = clocks.get(timeZone)
  if (clock === undefined) {
    const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    clocks.set(timeZone, (clock = new Intl.DateTimeFormat('en-GB', { timeZone, ...parts })))
  }
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]))
  const name = (parts.get('weekday') ?? '').toLowerCase()
  return { day: DAYS.findIndex((one) => one === name), time: `${parts.get('hour')}:${parts.get('minute')}` }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
