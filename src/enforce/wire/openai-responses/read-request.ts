// A request to OpenAI's responses as a turn. Its items are finer than messages: what the model said and called in a row,
// and the results that follow in a row, each become one message.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Speaker } from '../../../model/finding.ts'
import type { MediaPart, Message, OfferedTool, Part, Sampling, TextPart, Turn } from '../../../model/turn.ts'
import { type Choice, chosen } from '../choice.ts'
import { Claims, countOf, flagOf, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import { fileOf, mediaOf } from '../media.ts'
import { UNSIGNED } from '../unsigned.ts'

const OURS = new Set(['instructions', 'tools', 'tool_choice', 'text', 'prompt'])
/** What refers to something that only this provider keeps. */
const KEPT_THERE = ['previous_response_id', 'conversation', 'prompt']
const ORIGINS: Readonly<Record<string, Speaker>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
}

export function readRequest(body: JsonObject): Turn {
  const claims = new Claims(body)
  const model = textOf(body['model'])
  if (model === undefined) throw new Failure('input_invalid', 'model: expected a string')
  claims.label(['model'])
  claims.foreign.push(...KEPT_THERE.filter((key) => body[key] !== undefined && body[key] !== null))
  const instructions = textOf(body['instructions'])
  const input = textOf(body['input'])
  const messages: Message[] = [
    ...(instructions === undefined
      ? []
      : [{ origin: 'system' as const, parts: [claims.text('system', ['instructions'], instructions)] }]),
    ...(input === undefined ? [] : [{ origin: 'user' as const, parts: [claims.text('user', ['input'], input)] }]),
    ...listOf(body['input']).map((item, i) => readItem(claims, item, ['input', i])),
  ]
  return {
    model,
    stream: flagOf(body['stream'], 'stream'),
    messages: joinRows(messages),
    tools: listOf(body['tools']).flatMap((tool, i) => readTool(claims, tool, i)),
    ...readChoice(body['tool_choice'], claims),
    sampling: readSampling(body),
    maxTokensAt: [['max_output_tokens']],
    unsigned: claims.unsigned,
    rest: claims.rest(([first = '']) => (OURS.has(String(first)) ? 'developer' : 'user')),
    foreign: claims.foreign,
  }
}

function joinRows(messages: readonly Message[]): Message[] {
  const joined: { origin: Speaker; parts: Part[] }[] = []
  for (const { origin, parts } of messages) {
    const last = joined.at(-1)
    if (last?.origin === origin && (origin === 'assistant' || origin === 'tool')) last.parts.push(...parts)
    else joined.push({ origin, parts: [...parts] })
  }
  return joined
}

function readItem(claims: Claims, value: Json, at: JsonPath): Message {
  const item = objectOf(value) ?? {}
  claims.label([...at, 'id'])
  const call = readCall(claims, item, at)
  if (call !== undefined) return { origin: 'assistant', parts: [call] }
  const result = readResult(claims, item, at)
  if (result !== undefined) return { origin: 'tool', parts: [result] }
  // The provider would look for it under an id that we made up.
  if (item['type'] === 'reasoning' && item['encrypted_content'] === UNSIGNED) (claims.unsigned ??= []).push(at)
  if (item['type'] === 'reasoning') return { origin: 'assistant', parts: readReasoning(claims, item, at) }
  const role = textOf(item['role'])
  if (role === undefined) return { origin: 'tool', parts: claims.unknown('tool', at, value) }
  const origin = ORIGINS[role] ?? 'user'
  return { origin, parts: readContent(claims, origin, item['content'], [...at, 'content']) }
}

/** Also reads the calls of an answer, which have the same shape. */
export function readCall(claims: Claims, item: JsonObject, at: JsonPath): Part | undefined {
  const key = item['type'] === 'custom_tool_call' ? 'input' : 'arguments'
  const [name, text] = [textOf(item['name']), textOf(item[key])]
  if (!(item['type'] === 'function_call' || item['type'] === 'custom_tool_call')) return undefined
  if (name === undefined || text === undefined) return undefined
  claims.label([...at, 'call_id'])
  for (const taken of ['name', key]) claims.take([...at, taken])
  return {
    kind: 'tool-call',
    origin: 'assistant',
    at: [...at, key],
    id: textOf(item['call_id']) ?? '',
    name,
    arguments: text,
  }
}

function readResult(claims: Claims, item: JsonObject, at: JsonPath): Part | undefined {
  if (item['type'] !== 'function_call_output' && item['type'] !== 'custom_tool_call_output') return undefined
  claims.label([...at, 'call_id'])
  const place = [...at, 'output']
  const parts = readContent(claims, 'tool', item['output'], place)
  return {
    kind: 'tool-result',
    origin: 'tool',
    at: place,
    id: textOf(item['call_id']) ?? '',
    name: undefined,
    parts,
    isError: false,
  }
}

/** Also reads the reasoning of an answer. */
export function readReasoning(claims: Claims, item: JsonObject, at: JsonPath): TextPart[] {
  claims.blob([...at, 'encrypted_content'])
  return ['summary', 'content'].flatMap((key) =>
    listOf(item[key]).flatMap((part, i) => {
      const text = textOf(objectOf(part)?.['text'])
      return text === undefined ? [] : [claims.text('assistant', [...at, key, i, 'text'], text, 'reasoning')]
    }),
  )
}

/** Also reads the content of an answer. */
export function readContent(
  claims: Claims,
  origin: Speaker,
  value: Json | undefined,
  at: JsonPath,
): (TextPart | MediaPart)[] {
  const text = textOf(value)
  if (text !== undefined) return [claims.text(origin, at, text)]
  return listOf(value).flatMap((part, i) => readPart(claims, origin, part, [...at, i]))
}

function readPart(claims: Claims, origin: Speaker, value: Json, at: JsonPath): (TextPart | MediaPart)[] {
  const part = objectOf(value)
  const [text, refusal] = [textOf(part?.['text']), textOf(part?.['refusal'])]
  if (text !== undefined) return [claims.text(origin, [...at, 'text'], text)]
  if (refusal !== undefined) return [claims.text(origin, [...at, 'refusal'], refusal, 'refusal')]
  const image = textOf(part?.['image_url'])
  if (image !== undefined) return [mediaOf(claims, origin, 'image', [...at, 'image_url'], image)]
  const [data, url, name] = [textOf(part?.['file_data']), textOf(part?.['file_url']), textOf(part?.['filename'])]
  if (data !== undefined) return [{ ...fileOf(claims, origin, [...at, 'file_data'], data), name }]
  if (url === undefined) return claims.unknown(origin, at, value)
  return [{ ...mediaOf(claims, origin, 'file', [...at, 'file_url'], url), name }]
}

function readTool(claims: Claims, value: Json, index: number): OfferedTool[] {
  const tool = objectOf(value)
  const name = textOf(tool?.['name'])
  if (tool?.['type'] === 'function' && name !== undefined)
    return [{ name, description: textOf(tool['description']), schema: tool['parameters'] ?? {} }]
  claims.foreign.push(`tools.${index}`)
  return []
}

function readChoice(value: Json | undefined, claims: Claims): Choice {
  const choice = objectOf(value)
  const among = choice?.['type'] === 'allowed_tools' ? listOf(choice['tools']) : undefined
  const names = among?.map((tool) => objectOf(tool)?.['name'])
  return chosen(claims, choice?.['mode'] ?? value, choice?.['name'], names)
}

function readSampling(body: JsonObject): Sampling {
  const format = objectOf(objectOf(body['text'])?.['format'])
  const schema = format?.['schema']
  return {
    maxTokens: countOf(body['max_output_tokens'], 'max_output_tokens'),
    temperature: numberOf(body['temperature']),
    topP: numberOf(body['top_p']),
    ...(schema === undefined ? {} : { schema: { name: textOf(format?.['name']) ?? 'answer', schema } }),
    json: format?.['type'] === 'json_object' || undefined,
  }
}
