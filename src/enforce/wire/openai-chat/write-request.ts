// A turn as a chat completion request, for clients that speak another format.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import type { MediaPart, Message, Part, ToolResultPart, Turn } from '../../../model/turn.ts'
import { isText } from '../../texts.ts'
import { argumentSchema, compact, joined, resultOf, textsOf } from '../build.ts'
import { notTaken, urlOf } from '../media.ts'

/** What this format calls the kinds of sound that go by several names. */
const SOUNDS: Readonly<Record<string, string>> = { mpeg: 'mp3', 'x-wav': 'wav', wave: 'wav', 'vnd.wave': 'wav' }

export function writeRequest({ model, stream, messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const { schema, json } = sampling
  return compact({
    model,
    stream: stream || undefined,
    stream_options: stream ? { include_usage: true } : undefined,
    messages: messages.flatMap(writeMessage),
    tools:
      tools.length === 0
        ? undefined
        : tools.map(({ name, description, schema }) => ({
            type: 'function',
            function: compact({ name, description, parameters: argumentSchema(schema) }),
          })),
    tool_choice:
      typeof toolChoice === 'object' ? { type: 'function', function: { name: toolChoice.name } } : toolChoice,
    max_tokens: sampling.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    stop: sampling.stop,
    n: sampling.choices,
    response_format: schema
      ? { type: 'json_schema', json_schema: { name: schema.name, schema: schema.schema } }
      : json && { type: 'json_object' },
  })
}

function writeMessage({ origin, parts }: Message): JsonObject[] {
  const results = parts.filter((part) => part.kind === 'tool-result')
  const pictures = results.flatMap((result) => result.parts.filter((part) => !isText(part)))
  const others = [...pictures, ...parts.filter((part) => part.kind !== 'tool-result')]
  const messages = results.map(writeResult)
  if (others.length === 0) return messages
  return [
    ...messages,
    origin === 'assistant' ? writeAssistant(others) : { role: roleOf(origin), content: contentOf(others) },
  ]
}

function roleOf(origin: Message['origin']): string {
  return origin === 'system' || origin === 'developer' ? 'system' : 'user'
}

/** Results are text in this format; what else a tool gave follows as a message of its own. */
function writeResult(part: ToolResultPart): JsonObject {
  const { id, isError } = part
  const text = joined(resultOf(part))
  return { role: 'tool', tool_call_id: id, content: isError ? `Error: ${text}` : text }
}

function writeAssistant(parts: readonly Part[]): JsonObject {
  const calls = parts.flatMap((part) =>
    part.kind === 'tool-call'
      ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } }]
      : [],
  )
  const text = joined(parts.filter(({ kind }) => kind === 'text' || kind === 'refusal'))
  return compact({
    role: 'assistant',
    content: text === '' ? null : text,
    tool_calls: calls.length > 0 ? calls : undefined,
  })
}

function contentOf(parts: readonly Part[]): string | JsonObject[] {
  if (parts.every(isText)) return textsOf(parts).join('\n\n')
  return parts.flatMap((part) => {
    if (isText(part)) return [{ type: 'text', text: part.text }]
    return part.kind === 'tool-call' || part.kind === 'tool-result' ? [] : [writeMedia(part)]
  })
}

function writeMedia(part: MediaPart): JsonObject {
  if (part.kind === 'image') return { type: 'image_url', image_url: { url: urlOf(part) } }
  if (part.data === undefined) throw notTaken(part, 'sound and files as data only')
  if (part.kind === 'file') return { type: 'file', file: { filename: part.name ?? 'file', file_data: urlOf(part) } }
  const format = part.mediaType?.split('/')[1] ?? 'wav'
  return { type: 'input_audio', input_audio: { data: part.data, format: SOUNDS[format] ?? format } }
}
