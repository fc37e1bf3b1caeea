// An Anthropic messages request as a turn.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Speaker } from '../../../model/finding.ts'
import type { MediaPart, Message, OfferedTool, Part, Sampling, TextPart, Turn } from '../../../model/turn.ts'
import { type Choice, chosen } from '../choice.ts'
import { UNSIGNED } from '../unsigned.ts'
import { Claims, countOf, flagOf, listOf, numberOf, objectOf, textOf, textsIn } from '../claims.ts'

const OURS = new Set(['system', 'tools', 'tool_choice', 'output_config', 'output_format', 'mcp_servers', 'container'])

export function readRequest(body: JsonObject): Turn {
  const claims = new Claims(body)
  const model = textOf(body['model'])
  if (model === undefined) throw new Failure('input_invalid', 'model: expected a string')
  if (!Array.isArray(body['messages'])) throw new Failure('input_invalid', 'messages: expected a list')
  claims.label(['model'])
  const system = readContent(claims, 'system', body['system'], ['system'])
  const messages = listOf(body['messages']).map((message, i) => readMessage(claims, message, ['messages', i]))
  return {
    model,
    stream: flagOf(body['stream'], 'stream'),
    messages: system.length === 0 ? messages : [{ origin: 'system', parts: system }, ...messages],
    tools: listOf(body['tools']).flatMap((tool, i) => readTool(claims, tool, i)),
    ...readChoice(objectOf(body['tool_choice']), claims),
    sampling: readSampling(body),
    maxTokensAt: [['max_tokens']],
    unsigned: claims.unsigned,
    rest: claims.rest(([first = '']) => (OURS.has(String(first)) ? 'developer' : 'user')),
    foreign: claims.foreign,
  }
}

function readMessage(claims: Claims, value: Json, at: JsonPath): Message {
  const message = objectOf(value) ?? {}
  const role = message['role']
  const origin = role === 'assistant' || role === 'system' ? role : 'user'
  const before = claims.unsigned?.length ?? 0
  const parts = readContent(claims, origin, message['content'], [...at, 'content'])
  // A message that would be empty without it is refused as well.
  const unsigned = (claims.unsigned?.length ?? 0) - before
  if (unsigned > 0 && unsigned === listOf(message['content']).length) claims.unsigned?.splice(before, unsigned, at)
  return { origin, parts }
}

/** Also reads the content of an answer, which has the same shape. */
export function readContent(claims: Claims, origin: Speaker, value: Json | undefined, at: JsonPath): Part[] {
  const text = textOf(value)
  if (text !== undefined) return [claims.text(origin, at, text)]
  return listOf(value).flatMap((block, i) => readBlock(claims, origin, block, [...at, i]))
}

function readBlock(claims: Claims, origin: Speaker, value: Json, at: JsonPath): Part[] {
  const block = objectOf(value) ?? {}
  switch (block['type']) {
    case 'tool_use':
      return readCall(claims, block, at) ?? claims.unknown(origin, at, value)
    case 'tool_result':
      return [readResult(claims, block, at)]
    case 'thinking':
      return [readThinking(claims, block, at)]
    case 'redacted_thinking':
      // Encrypted by the provider for itself: there is nothing to read.
      claims.blob([...at, 'data'])
      return []
    default:
      return readSimple(claims, origin, block, at) ?? claims.unknown(origin, at, value)
  }
}

function readCall(claims: Claims, block: JsonObject, at: JsonPath): Part[] | undefined {
  const [id, name] = [textOf(block['id']), textOf(block['name'])]
  if (id === undefined || name === undefined) return undefined
  claims.label([...at, 'id'])
  for (const key of ['name', 'input']) claims.take([...at, key])
  const input = JSON.stringify(block['input'] ?? {})
  return [{ kind: 'tool-call', origin: 'assistant', at: [...at, 'input'], id, name, arguments: input }]
}

function readResult(claims: Claims, block: JsonObject, at: JsonPath): Part {
  claims.label([...at, 'tool_use_id'])
  const text = textOf(block['content'])
  const content = [...at, 'content']
  const parts =
    text !== undefined
      ? [claims.text('tool', content, text)]
      : listOf(block['content']).flatMap((inner, i): (TextPart | MediaPart)[] => {
          const place = [...content, i]
          return readSimple(claims, 'tool', objectOf(inner) ?? {}, place) ?? claims.unknown('tool', place, inner)
        })
  const id = textOf(block['tool_use_id']) ?? ''
  return {
    kind: 'tool-result',
    origin: 'tool',
    at: content,
    id,
    name: undefined,
    parts,
    isError: block['is_error'] === true,
  }
}

function readThinking(claims: Claims, block: JsonObject, at: JsonPath): TextPart {
  const signatureAt = [...at, 'signature']
  claims.blob(signatureAt)
  const part = claims.text('assistant', [...at, 'thinking'], textOf(block['thinking']) ?? '', 'reasoning')
  const signature = textOf(block['signature'])
  if (signature === UNSIGNED) (claims.unsigned ??= []).push(at)
  return signature ? { ...part, signature, signatureAt } : part
}

function readSimple(
  claims: Claims,
  origin: Speaker,
  block: JsonObject,
  at: JsonPath,
): (TextPart | MediaPart)[] | undefined {
  const text = textOf(block['text'])
  if (block['type'] === 'text' && text !== undefined) return [claims.text(origin, [...at, 'text'], text)]
  if (block['type'] !== 'image' && block['type'] !== 'document') return undefined
  const kind = block['type'] === 'image' ? 'image' : 'file'
  const source = objectOf(block['source'])
  const [data, url] = [textOf(source?.['data']), textOf(source?.['url'])]
  const [mediaType, name] = [textOf(source?.['media_type']), textOf(block['title'])]
  if (source?.['type'] === 'base64' && data !== undefined) {
    claims.blob([...at, 'source', 'data'])
    return [{ kind, origin, at: [...at, 'source', 'data'], mediaType, data, name }]
  }
  if (source?.['type'] === 'text' && data !== undefined)
    return [claims.text('document', [...at, 'source', 'data'], data)]
  return url === undefined ? undefined : [{ kind, origin, at: [...at, 'source', 'url'], mediaType, url, name }]
}

function readTool(claims: Claims, value: Json, index: number): OfferedTool[] {
  const tool = objectOf(value)
  const name = textOf(tool?.['name'])
  if (tool === undefined || name === undefined) return []
  if (tool['input_schema'] === undefined) {
    claims.foreign.push(`tools.${index}`)
    return []
  }
  return [{ name, description: textOf(tool['description']), schema: tool['input_schema'] }]
}

function readChoice(choice: JsonObject | undefined, claims: Claims): Choice {
  const type = choice?.['type']
  return chosen(claims, type === 'any' ? 'required' : type, choice?.['name'])
}

function readSampling(body: JsonObject): Sampling {
  const format = objectOf(objectOf(body['output_config'])?.['format']) ?? objectOf(body['output_format'])
  const schema = format?.['schema']
  return {
    maxTokens: countOf(body['max_tokens'], 'max_tokens'),
    temperature: numberOf(body['temperature']),
    topP: numberOf(body['top_p']),
    topK: numberOf(body['top_k']),
    stop: textsIn(body['stop_sequences']),
    ...(schema === undefined ? {} : { schema: { name: 'answer', schema } }),
  }
}
