// A turn as an Anthropic messages request, for clients that speak another format.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { MediaPart, Part, Turn } from '../../../model/turn.ts'
import { argumentsOf, compact, operatorTexts, resultOf, takingTurns } from '../build.ts'

/** This format asks for a limit where others have none. */
const MOST_TOKENS = 4096

export function writeRequest({ model, stream, messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const system = operatorTexts(messages)
  return compact({
    model,
    max_tokens: sampling.maxTokens ?? MOST_TOKENS,
    stream: stream || undefined,
    system: system.length === 0 ? undefined : system.join('\n\n'),
    messages: takingTurns(messages, writePart),
    tools:
      tools.length === 0
        ? undefined
        : tools.map(({ name, description, schema }) => compact({ name, description, input_schema: schemaOf(schema) })),
    tool_choice: writeChoice(toolChoice),
    temperature: sampling.temperature === undefined ? undefined : Math.min(1, sampling.temperature),
    top_p: sampling.topP,
    top_k: sampling.topK,
    stop_sequences: sampling.stop,
    output_config: sampling.schema && { format: { type: 'json_schema', schema: sampling.schema.schema } },
  })
}

function schemaOf(schema: Turn['tools'][number]['schema']): JsonObject {
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema)
  return isObject && 'type' in schema ? schema : { type: 'object', properties: {} }
}

function writeChoice(choice: Turn['toolChoice']): JsonObject | undefined {
  if (choice === undefined) return undefined
  if (typeof choice === 'object') return { type: 'tool', name: choice.name }
  return { type: choice === 'required' ? 'any' : choice }
}

function writePart(part: Part): JsonObject[] {
  switch (part.kind) {
    case 'reasoning':
      return part.signature === undefined ? [] : [{ type: 'thinking', thinking: part.text, signature: part.signature }]
    case 'text':
    case 'refusal':
      // An empty text block is refused by the provider.
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'tool-call':
      return [{ type: 'tool_use', id: part.id, name: part.name, input: argumentsOf(part.arguments) }]
    case 'tool-result': {
      const content = resultOf(part).flatMap(writePart)
      return [compact({ type: 'tool_result', tool_use_id: part.id, content, is_error: part.isError || undefined })]
    }
    default:
      return [writeMedia(part)]
  }
}

function writeMedia(part: MediaPart): JsonObject {
  if (part.kind === 'audio') {
    throw new Failure('input_invalid', `${part.at.join('.')}: the upstream of this model takes no audio`, {
      hint: 'send text or pictures, or ask for another model',
    })
  }
  const source: JsonObject =
    part.url === undefined
      ? { type: 'base64', media_type: part.mediaType ?? 'application/pdf', data: part.data ?? '' }
      : { type: 'url', url: part.url }
  return compact({ type: part.kind === 'image' ? 'image' : 'document', source, title: part.name })
}
