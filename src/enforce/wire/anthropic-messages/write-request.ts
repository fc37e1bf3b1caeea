// A turn as an Anthropic messages request, for clients that speak another format.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { MediaPart, Part, Turn } from '../../../model/turn.ts'
import { argumentsOf, argumentSchema, compact, operatorTexts, plainId, resultOf, takingTurns } from '../build.ts'
import { objectOf } from '../claims.ts'
import { notTaken } from '../media.ts'

/** This format asks for a limit where others have none. */
const MOST_TOKENS = 4096

export function writeRequest({ model, stream, messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const system = operatorTexts(messages)
  return compact({
    model,
    max_tokens: sampling.maxTokens ?? MOST_TOKENS,
    stream: stream || undefined,
    system: system.length === 0 ? undefined : system.join('\n\n'),
    messages: takingTurns(messages, writePart).map(({ role, content }) => ({ role, content })),
    tools:
      tools.length === 0
        ? undefined
        : tools.map(({ name, description, schema }) =>
            compact({ name, description, input_schema: argumentSchema(schema) }),
          ),
    tool_choice: writeChoice(toolChoice),
    temperature: sampling.temperature === undefined ? undefined : Math.min(1, sampling.temperature),
    top_p: sampling.topP,
    top_k: sampling.topK,
    stop_sequences: sampling.stop,
    output_config: sampling.schema && { format: { type: 'json_schema', schema: closed(sampling.schema.schema) } },
  })
}

/** This format wants each object to be closed that says what is in it; what fits then fits what was asked for as well. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  const object = objectOf(schema)
  if (object === undefined) return schema
  const inner = Object.entries(object).map(([key, value]): [string, Json] => {
    if (LITERAL.has(key)) return [key, value]
    const members = NAMED.has(key) ? objectOf(value) : undefined
    if (members === undefined) return [key, closed(value)]
    return [key, Object.fromEntries(Object.entries(members).map(([name, one]) => [name, closed(one)]))]
  })
  const isOpen = objectOf(object['properties']) !== undefined && object['additionalProperties'] === undefined
  return Object.fromEntries(isOpen ? [...inner, ['additionalProperties', false]] : inner)
}

/** Of a schema: whose members are names with schemas, and what holds values and no schema. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])
const LITERAL = new Set(['enum', 'const', 'default', 'examples', 'required'])

function writeChoice(choice: Turn['toolChoice']): JsonObject | undefined {
  if (choice === undefined) return undefined
  if (typeof choice === 'object') return { type: 'tool', name: choice.name }
  return { type: choice === 'required' ? 'any' : choice }
}

function writePart(part: Part): JsonObject[] {
  switch (part.kind) {
    case 'reasoning':
      // Whatever signed it, it was not for this format.
      return []
    case 'text':
    case 'refusal':
      // An empty text block is refused by the provider.
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'tool-call':
      return [{ type: 'tool_use', id: plainId(part.id), name: part.name, input: argumentsOf(part.arguments) }]
    case 'tool-result': {
      const content = resultOf(part).flatMap(writePart)
      return [
        compact({ type: 'tool_result', tool_use_id: plainId(part.id), content, is_error: part.isError || undefined }),
      ]
    }
    default:
      return [writeMedia(part)]
  }
}

function writeMedia(part: MediaPart): JsonObject {
  const { kind, name, url, data = '', mediaType = 'application/pdf' } = part
  if (kind === 'audio') throw notTaken(part, 'no audio')
  if (kind === 'image') return { type: 'image', source: sourceOf(url, mediaType, data) }
  if (url === undefined && mediaType.startsWith('text/')) {
    const source = { type: 'text', media_type: 'text/plain', data: Buffer.from(data, 'base64').toString('utf8') }
    return compact({ type: 'document', source, title: name })
  }
  if (url === undefined && mediaType !== 'application/pdf') throw notTaken(part, 'texts and PDFs only as files')
  return compact({ type: 'document', source: sourceOf(url, mediaType, data), title: name })
}

function sourceOf(url: string | undefined, mediaType: string, data: string): JsonObject {
  return url === undefined ? { type: 'base64', media_type: mediaType, data } : { type: 'url', url }
}
