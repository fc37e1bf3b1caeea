// What a call asks anew: the words at its end that are not the model's own nor the application's. The conversation before them
// comes again with every call, and would make each one look like the last.
import type { JsonObject } from '../../lib/canonical-json.ts'
import type { Message, Part, Turn } from '../../model/turn.ts'
import { textDigest } from '../silent-texts.ts'
import { isText } from '../texts.ts'
import { objectOf } from '../wire/claims.ts'
import type { Probe } from './probe.ts'

/** Of a longer text, its beginning and its end are looked at. */
const MOST_HEAD = 1536
const MOST_TAIL = 512
const PASSED_OVER = new Set(['assistant', 'system', 'developer'])

/** Undefined where there are no new words. */
export function probeOf({ messages, rest }: Turn, body: JsonObject): Probe | undefined {
  const latestFirst: Message[] = []
  let origin: Probe['origin'] | undefined
  let isOver = false
  for (let i = messages.length - 1; i >= 0 && !isOver; i--) {
    const message = messages[i]
    if (message === undefined) continue
    isOver = PASSED_OVER.has(message.origin) && origin !== undefined
    if (isOver || PASSED_OVER.has(message.origin)) continue
    origin ??= speakerOf(message)
    latestFirst.push(message)
  }
  const pieces: string[] = []
  for (let i = latestFirst.length - 1; i >= 0; i--) addWords(latestFirst[i]?.parts ?? [], pieces)
  // Formats without messages: what is to be embedded, completed or judged.
  if (messages.length === 0) for (const one of rest) if (one.origin === 'user' && !one.fixed) pieces.push(one.text)
  const whole = pieces.length === 1 ? (pieces[0] ?? '') : pieces.join('\n')
  if (whole.trim() === '') return undefined
  return {
    text: whole.length > MOST_HEAD + MOST_TAIL ? whole.slice(0, MOST_HEAD) + whole.slice(-MOST_TAIL) : whole,
    length: whole.length,
    origin: origin ?? 'user',
    exact: textDigest(whole).slice(0, 11),
    asksConfidence: asksConfidence(body),
  }
}

function speakerOf({ origin, parts }: Message): Probe['origin'] {
  return origin === 'tool' || parts.some(({ kind }) => kind === 'tool-result') ? 'tool' : 'user'
}

function addWords(parts: readonly Part[], pieces: string[]): void {
  for (const part of parts) {
    if (isText(part)) pieces.push(part.text)
    else if (part.kind === 'tool-result') addWords(part.parts, pieces)
  }
}

export function asksConfidence(body: JsonObject): boolean {
  const { logprobs, top_logprobs: top, include } = body
  if ((logprobs ?? false) !== false || (typeof top === 'number' && top > 0)) return true
  if (Array.isArray(include) && include.includes('message.output_text.logprobs')) return true
  const gemini = objectOf(body['generationConfig'] ?? body['generation_config'])
  return (gemini?.['responseLogprobs'] ?? gemini?.['response_logprobs'] ?? false) !== false
}
