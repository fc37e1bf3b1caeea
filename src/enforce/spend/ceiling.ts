// The most tokens that a request can come to, known before it is sent. A token stands for at least one byte of what was
// written, so the bytes of the body are a bound that holds for every tokenizer; most requests need a quarter of it, and the
// rest is given back when the answer has come.
import type { Arrival } from '../guard.ts'
import type { Part, Turn } from '../../model/turn.ts'
import { hostedTools } from '../hosted-tools.ts'
import type { WireId } from '../wire/wire.ts'

export interface Ceiling {
  input: number
  /** Undefined where the request sets no bound. */
  output: number | undefined
}

type Answers = 'text' | 'nothing' | 'free'

const ANSWERS: Readonly<Record<WireId, Answers>> = {
  'openai-chat': 'text',
  'openai-responses': 'text',
  'openai-completions': 'text',
  'openai-embeddings': 'nothing',
  'openai-moderations': 'free',
  'anthropic-messages': 'text',
  'anthropic-count-tokens': 'free',
  'gemini-generate': 'text',
  'gemini-embed': 'nothing',
  'gemini-batch-embed': 'nothing',
  'gemini-count-tokens': 'free',
  'bedrock-converse': 'text',
}
/** Instructions that a provider adds where tools are offered, and what it says around each message. */
const ADDED = { tools: 1024, always: 64 }
/** The dearest way to read one picture: the tiles of the largest that providers take. */
const PER_PICTURE = 6000

export function answersOf(wire: WireId): Answers {
  return ANSWERS[wire]
}

/** Why nobody can say how many tokens a request will come to: the provider goes on by itself, with what it finds. */
export function isOpenEnded({ body }: Pick<Arrival, 'body'>): boolean {
  return hostedTools(body)
}

/** What the request only points at – files, or a conversation that the provider keeps – can fill all that a model reads. */
function pointsElsewhere({ turn, body }: Pick<Arrival, 'turn' | 'body'>): boolean {
  return (
    turn.foreign.some((place) => !place.startsWith('tools.')) ||
    ['cachedContent', 'cached_content', 'container'].some((name) => body[name] !== undefined) ||
    // A document has pages, and a few bytes can be many of them.
    media(turn).some(({ kind, data }) => kind === 'file' || (kind === 'audio' && data === undefined))
  )
}

export function ceilingOf(arrival: Arrival, contextTokens: number | undefined): Ceiling {
  const { wire, turn, bytes } = arrival
  let input = bytes + ADDED.always + (turn.tools.length > 0 ? ADDED.tools : 0)
  for (const { kind, data = '' } of media(turn)) if (kind === 'image') input += PER_PICTURE - data.length
  input = Math.max(input, ADDED.always)
  if (pointsElsewhere(arrival)) input = contextTokens ?? Number.POSITIVE_INFINITY
  if (answersOf(wire) === 'nothing') return { input: Math.min(input, bytes + ADDED.always), output: 0 }
  const asked = turn.sampling.maxTokens
  return {
    input: Math.min(input, contextTokens ?? input),
    output: asked !== undefined && asked > 0 ? Math.ceil(asked) : undefined,
  }
}

/** How many answers are made at once; each may be as long as one. */
export function choicesOf({ sampling }: Turn): number {
  const choices = sampling.choices ?? 1
  return choices >= 1 ? Math.ceil(choices) : 1
}

type Media = Extract<Part, { kind: 'image' | 'audio' | 'file' }>

export function media({ messages }: Turn): Media[] {
  const found: Media[] = []
  for (const { parts } of messages) {
    for (const part of parts) {
      if (part.kind === 'tool-result') for (const inner of part.parts) keepMedia(inner, found)
      else keepMedia(part, found)
    }
  }
  return found
}

function keepMedia(part: Part, found: Media[]): void {
  if (part.kind === 'image' || part.kind === 'audio' || part.kind === 'file') found.push(part)
}
