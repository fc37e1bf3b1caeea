// An Anthropic message, read as an answer and written from one.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { Answer, Part, StopReason, Usage } from '../../../model/turn.ts'
import { argumentsOf } from '../build.ts'
import { Claims, textOf } from '../claims.ts'
import { UNSIGNED } from '../unsigned.ts'
import { ANTHROPIC_USAGE, usageOf } from '../usage.ts'
import type { AnswerContext } from '../wire.ts'
import { readContent } from './read-request.ts'

const STOPS: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  stop_sequence: 'stop-sequence',
  tool_use: 'tools',
  refusal: 'filtered',
}
const REASONS: Readonly<Record<StopReason, string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  'stop-sequence': 'stop_sequence',
  tools: 'tool_use',
  filtered: 'refusal',
  malformed: 'end_turn',
  other: 'end_turn',
}

export function readAnswer(body: JsonObject): Answer {
  const claims = new Claims(body)
  for (const key of ['id', 'model', 'stop_reason']) claims.label([key])
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    choices: [
      {
        index: 0,
        parts: readContent(claims, 'assistant', body['content'], ['content']),
        stop: readStop(body['stop_reason']),
      },
    ],
    usage: readUsage(body['usage']),
    rest: claims.rest(() => 'assistant'),
  }
}

export function readStop(value: Json | undefined): StopReason {
  return STOPS[textOf(value) ?? ''] ?? 'other'
}

export function writeStop(reason: StopReason): string {
  return REASONS[reason]
}

/** What was read from a cache was sent as well. */
export function readUsage(value: Json | undefined): Usage | undefined {
  return usageOf(value, ANTHROPIC_USAGE)
}

export function writeAnswer(answer: Answer, { id, model }: AnswerContext): JsonObject {
  const choice = answer.choices[0]
  return {
    id: `msg_${id}`,
    type: 'message',
    role: 'assistant',
    model,
    content: (choice?.parts ?? []).flatMap(writePart),
    stop_reason: writeStop(choice?.stop ?? 'other'),
    stop_sequence: null,
    usage: writeUsage(answer.usage),
  }
}

/** Tokens of the cache are not among those of the input here. */
export function writeUsage({ input, output, cacheRead = 0, cacheWritten = 0 }: Usage = NOTHING_USED): JsonObject {
  return {
    input_tokens: Math.max(0, input - cacheRead - cacheWritten),
    cache_creation_input_tokens: cacheWritten,
    cache_read_input_tokens: cacheRead,
    output_tokens: output,
  }
}

const NOTHING_USED: Usage = { input: 0, output: 0 }

function writePart(part: Part): JsonObject[] {
  if (part.kind === 'reasoning')
    return [{ type: 'thinking', thinking: part.text, signature: part.signature ?? UNSIGNED }]
  if (part.kind === 'text' || part.kind === 'refusal')
    return part.text === '' ? [] : [{ type: 'text', text: part.text }]
  if (part.kind !== 'tool-call') return []
  return [{ type: 'tool_use', id: part.id, name: part.name, input: argumentsOf(part.arguments) }]
}
