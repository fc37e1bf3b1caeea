// A chat completion request as a turn.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Speaker } from '../../../model/finding.ts'
import type { MediaPart, Message, OfferedTool, Part, Sampling, TextPart, Turn } from '../../../model/turn.ts'
import { type Choice, chosen } from '../choice.ts'
import { Claims, countOf, flagOf, listOf, numberOf, objectOf, textOf, textsIn } from '../claims.ts'
import { fileOf, mediaOf } from '../media.ts'

const ORIGINS: Readonly<Record<string, Speaker>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
}
const OURS = new Set(['tools', 'functions', 'tool_choice', 'response_format', 'prediction'])

export function readRequest(body: JsonObject): Turn {
  const claims = new Claims(body)
  const model = textOf(body['model'])
  if (model === undefined) throw new Failure('input_invalid', 'model: expected a string')
  if (!Array.isArray(body['messages'])) throw new Failure('input_invalid', 'messages: expected a list')
  claims.label(['model'])
  return {
    model,
    stream: flagOf(body['stream'], 'stream'),
    messages: listOf(body['messages']).map((message, i) => readMessage(claims, message, ['messages', i])),
    tools: listOf(body['tools']).flatMap((tool, i) => readTool(claims, objectOf(objectOf(tool)?.['function']), i)),
    ...readChoice(body['tool_choice'], claims),
    sampling: readSampling(body),
    maxTokensAt: placesOfMaximum(body),
    rest: claims.rest(([first = '']) => (OURS.has(String(first)) ? 'developer' : 'user')),
    foreign: claims.foreign,
  }
}

function readMessage(claims: Claims, value: Json, at: JsonPath): Message {
  const message = objectOf(value) ?? {}
  const origin = ORIGINS[textOf(message['role']) ?? ''] ?? 'user'
  const content = readContent(claims, origin, message['content'], [...at, 'content'])
  if (origin === 'tool') return { origin, parts: [readResult(claims, message, content, at)] }
  const parts: Part[] = content
  const refusal = textOf(message['refusal'])
  if (refusal !== undefined) parts.push(claims.text(origin, [...at, 'refusal'], refusal, 'refusal'))
  const calls = listOf(message['tool_calls'])
  for (const [i, call] of calls.entries()) parts.push(...readCall(claims, call, [...at, 'tool_calls', i]))
  return { origin, parts }
}

function readResult(claims: Claims, message: JsonObject, parts: (TextPart | MediaPart)[], at: JsonPath): Part {
  claims.label([...at, 'tool_call_id'])
  const name = textOf(message['name'])
  const id = textOf(message['tool_call_id']) ?? name ?? ''
  return { kind: 'tool-result', origin: 'tool', at: [...at, 'content'], id, name, parts, isError: false }
}

/** Also reads the calls of an answer, which have the same shape. */
export function readCall(claims: Claims, value: Json, at: JsonPath): Part[] {
  const call = objectOf(value)
  const custom = objectOf(call?.['custom'])
  const [inner, key, input] = custom
    ? [custom, 'custom', 'input']
    : [objectOf(call?.['function']), 'function', 'arguments']
  const text = textOf(inner?.[input])
  const name = textOf(inner?.['name'])
  if (call === undefined || text === undefined || name === undefined) return []
  claims.label([...at, 'id'])
  for (const place of ['name', input]) claims.take([...at, key, place])
  const signature = readSignature(claims, call, at)
  return [
    {
      kind: 'tool-call',
      origin: 'assistant',
      at: [...at, key, input],
      id: textOf(call['id']) ?? '',
      name,
      arguments: text,
      signature,
    },
  ]
}

/** Google's own place for it in this format. */
export function readSignature(claims: Claims, call: JsonObject, at: JsonPath): string | undefined {
  const signature = textOf(objectOf(objectOf(call['extra_content'])?.['google'])?.['thought_signature'])
  if (signature !== undefined) claims.blob([...at, 'extra_content', 'google', 'thought_signature'])
  return signature
}

function readContent(claims: Claims, origin: Speaker, value: Json | undefined, at: JsonPath): (TextPart | MediaPart)[] {
  const text = textOf(value)
  if (text !== undefined) return [claims.text(origin, at, text)]
  return listOf(value).flatMap((part, i) => readPart(claims, origin, part, [...at, i]))
}

function readPart(claims: Claims, origin: Speaker, value: Json, at: JsonPath): (TextPart | MediaPart)[] {
  const part = objectOf(value)
  const text = textOf(part?.['text'])
  if (part?.['type'] === 'text' && text !== undefined) return [claims.text(origin, [...at, 'text'], text)]
  const refusal = textOf(part?.['refusal'])
  if (refusal !== undefined) return [claims.text(origin, [...at, 'refusal'], refusal, 'refusal')]
  const image = textOf(objectOf(part?.['image_url'])?.['url'])
  if (image !== undefined) return [mediaOf(claims, origin, 'image', [...at, 'image_url', 'url'], image)]
  const file = objectOf(part?.['file'])
  const fileData = textOf(file?.['file_data'])
  if (fileData !== undefined)
    return [{ ...fileOf(claims, origin, [...at, 'file', 'file_data'], fileData), name: textOf(file?.['filename']) }]
  const audio = objectOf(part?.['input_audio'])
  const audioData = textOf(audio?.['data'])
  if (audioData === undefined) return claims.unknown(origin, at, value)
  claims.blob([...at, 'input_audio', 'data'])
  const mediaType = `audio/${textOf(audio?.['format']) ?? 'wav'}`
  return [{ kind: 'audio', origin, at: [...at, 'input_audio', 'data'], mediaType, data: audioData }]
}

function readTool(claims: Claims, tool: JsonObject | undefined, index: number): OfferedTool[] {
  const name = textOf(tool?.['name'])
  if (tool === undefined || name === undefined) {
    claims.foreign.push(`tools.${index}`)
    return []
  }
  return [{ name, description: textOf(tool['description']), schema: tool['parameters'] ?? {} }]
}

function readChoice(value: Json | undefined, claims: Claims): Choice {
  const choice = objectOf(value)
  const allowed = objectOf(choice?.['allowed_tools'])
  const among = listOf(allowed?.['tools']).map((tool) => objectOf(objectOf(tool)?.['function'])?.['name'])
  return chosen(claims, allowed?.['mode'] ?? value, objectOf(choice?.['function'])?.['name'], allowed && among)
}

function readSampling(body: JsonObject): Sampling {
  const stop = textOf(body['stop'])
  const format = objectOf(body['response_format'])
  const schema = objectOf(format?.['json_schema'])
  return {
    maxTokens:
      countOf(body['max_completion_tokens'], 'max_completion_tokens') ?? countOf(body['max_tokens'], 'max_tokens'),
    temperature: numberOf(body['temperature']),
    topP: numberOf(body['top_p']),
    stop: stop === undefined ? textsIn(body['stop']) : [stop],
    choices: countOf(body['n'], 'n'),
    ...(schema ? { schema: { name: textOf(schema['name']) ?? 'answer', schema: schema['schema'] ?? {} } } : {}),
    json: format?.['type'] === 'json_object' || undefined,
  }
}

/** OpenAI's own models want the newer name, other servers may only know the older one: what is said is said again. */
function placesOfMaximum(body: JsonObject): string[][] {
  const said = ['max_completion_tokens', 'max_tokens'].filter((key) => body[key] !== undefined)
  return (said.length === 0 ? ['max_completion_tokens'] : said).map((key) => [key])
}
