// A chat completion, read as an answer and written from one.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Answer, Choice, MediaPart, Part, StopReason, Usage } from '../../../model/turn.ts'
import { compact, joined } from '../build.ts'
import { Claims, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import { mediaOf } from '../media.ts'
import { OPENAI_USAGE, usageOf } from '../usage.ts'
import type { AnswerContext } from '../wire.ts'
import { readCall } from './read-request.ts'

/** Members of an answer, and of an event of one, that hold no text. */
export const LABELS: ReadonlySet<string> = new Set([
  'id',
  'model',
  'object',
  'system_fingerprint',
  'service_tier',
  'obfuscation',
])
const STOPS: Readonly<Record<string, StopReason>> = {
  stop: 'end',
  length: 'length',
  tool_calls: 'tools',
  function_call: 'tools',
  content_filter: 'filtered',
}
const REASONS: Readonly<Record<StopReason, string>> = {
  end: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  tools: 'tool_calls',
  filtered: 'content_filter',
  malformed: 'stop',
  other: 'stop',
}

export function readAnswer(body: JsonObject): Answer {
  const claims = new Claims(body, LABELS)
  const choices = listOf(body['choices']).map((value, i): Choice => {
    const choice = objectOf(value) ?? {}
    claims.label(['choices', i, 'finish_reason'])
    return {
      index: numberOf(choice['index']) ?? i,
      parts: readMessage(claims, objectOf(choice['message']) ?? {}, i),
      stop: readStop(choice['finish_reason']),
    }
  })
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    choices,
    usage: readUsage(body['usage']),
    rest: claims.rest(() => 'assistant'),
  }
}

function readMessage(claims: Claims, message: JsonObject, index: number): Part[] {
  const at = ['choices', index, 'message']
  const parts: Part[] = []
  for (let i = 0; i < TEXTS.length; i++) {
    const key = TEXTS[i]?.[0] ?? ''
    const text = textOf(message[key])
    if (text !== undefined) parts.push(claims.text('assistant', [...at, key], text, TEXTS[i]?.[1]))
  }
  const calls = listOf(message['tool_calls'])
  for (const [i, call] of calls.entries()) parts.push(...readCall(claims, call, [...at, 'tool_calls', i]))
  return [...parts, ...readMedia(claims, message, at)]
}

/** Sound that was asked for, and pictures as compatible servers send them. Also reads a piece of a streamed answer. */
export function readMedia(claims: Claims, message: JsonObject, at: JsonPath): MediaPart[] {
  const sound = textOf(objectOf(message['audio'])?.['data'])
  const place = [...at, 'audio', 'data']
  if (sound !== undefined) claims.blob(place)
  const audio: MediaPart = { kind: 'audio', origin: 'assistant', at: place, mediaType: undefined, data: sound }
  const images = listOf(message['images']).flatMap((image, i) => {
    const url = textOf(objectOf(objectOf(image)?.['image_url'])?.['url'])
    return url === undefined
      ? []
      : [mediaOf(claims, 'assistant', 'image', [...at, 'images', i, 'image_url', 'url'], url)]
  })
  return sound === undefined ? images : [audio, ...images]
}

/** What compatible servers call the model's reasoning differs. */
export const TEXTS = [
  ['reasoning_content', 'reasoning'],
  ['reasoning', 'reasoning'],
  ['content', 'text'],
  ['refusal', 'refusal'],
] as const

export function readStop(value: Json | undefined): StopReason {
  return STOPS[textOf(value) ?? ''] ?? 'other'
}

export function writeStop(reason: StopReason): string {
  return REASONS[reason]
}

export function readUsage(value: Json | undefined): Usage | undefined {
  return usageOf(value, OPENAI_USAGE)
}

export function writeUsage({ input, output, cacheRead }: Usage): JsonObject {
  const cached: JsonObject = cacheRead === undefined ? {} : { prompt_tokens_details: { cached_tokens: cacheRead } }
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output, ...cached }
}

export function writeAnswer(answer: Answer, { id, model, createdAt }: AnswerContext): JsonObject {
  return compact({
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: Math.floor(createdAt.getTime() / 1000),
    model,
    choices: answer.choices.map(({ index, parts, stop }) => ({
      index,
      message: writeMessage(parts),
      logprobs: null,
      finish_reason: writeStop(stop),
    })),
    usage: answer.usage && writeUsage(answer.usage),
  })
}

/** Google's own place for it in this format. */
export function writeSignature(signature: string | undefined): JsonObject {
  return signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }
}

function writeMessage(parts: readonly Part[]): JsonObject {
  const calls = parts.flatMap((part) =>
    part.kind === 'tool-call'
      ? [
          {
            id: part.id,
            type: 'function',
            function: { name: part.name, arguments: part.arguments },
            ...writeSignature(part.signature),
          },
        ]
      : [],
  )
  const of = (kind: Part['kind']) => joined(parts.filter((part) => part.kind === kind))
  const [text, refusal, reasoning] = [of('text'), of('refusal'), of('reasoning')]
  return compact({
    role: 'assistant',
    content: text === '' && (calls.length > 0 || refusal !== '') ? null : text,
    refusal: refusal === '' ? null : refusal,
    reasoning_content: reasoning === '' ? undefined : reasoning,
    tool_calls: calls.length > 0 ? calls : undefined,
  })
}
