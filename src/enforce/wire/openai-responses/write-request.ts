// A turn as a request to OpenAI's responses, for clients that speak another format.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import type { MediaPart, Message, Part, TextPart, Turn } from '../../../model/turn.ts'
import { isText } from '../../texts.ts'
import { argumentSchema, compact, conversation, joined, operatorTexts, resultOf } from '../build.ts'
import { notTaken, urlOf } from '../media.ts'

export function writeRequest({ model, stream, messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const system = operatorTexts(messages)
  const { schema, json } = sampling
  return compact({
    model,
    stream: stream || undefined,
    // Nothing is kept there that we did not say should be.
    store: false,
    instructions: system.length === 0 ? undefined : system.join('\n\n'),
    input: conversation(messages).flatMap(writeMessage),
    tools:
      tools.length === 0
        ? undefined
        : tools.map(({ name, description, schema }) =>
            compact({ type: 'function', name, description, parameters: argumentSchema(schema), strict: false }),
          ),
    tool_choice: typeof toolChoice === 'object' ? { type: 'function', name: toolChoice.name } : toolChoice,
    max_output_tokens: sampling.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    text: schema
      ? { format: { type: 'json_schema', name: schema.name, schema: schema.schema, strict: false } }
      : json && { format: { type: 'json_object' } },
  })
}

function writeMessage({ origin, parts }: Message): JsonObject[] {
  const items: JsonObject[] = []
  const role = origin === 'assistant' ? 'assistant' : 'user'
  let content: JsonObject[] = []
  const finish = () => {
    if (content.length > 0) items.push({ type: 'message', role, content })
    content = []
  }
  for (const part of parts) {
    if (part.kind === 'tool-call' || part.kind === 'tool-result') {
      finish()
      items.push(writeTool(part))
    } else content.push(...writeContent(part, role))
  }
  finish()
  return items
}

function writeTool(part: Extract<Part, { kind: 'tool-call' | 'tool-result' }>): JsonObject {
  if (part.kind === 'tool-call')
    return { type: 'function_call', call_id: part.id, name: part.name, arguments: part.arguments }
  const parts = resultOf(part)
  const text = joined(parts)
  const output = parts.every(isText) ? text : parts.flatMap((inner) => writeContent(inner, 'user'))
  return { type: 'function_call_output', call_id: part.id, output: part.isError ? `Error: ${text}` : output }
}

function writeContent(part: TextPart | MediaPart, role: 'user' | 'assistant'): JsonObject[] {
  // Reasoning can only be given back to whom it came from.
  if (part.kind === 'reasoning') return []
  if (isText(part)) return [{ type: role === 'user' ? 'input_text' : 'output_text', text: part.text }]
  if (part.kind === 'image') return [{ type: 'input_image', image_url: urlOf(part), detail: 'auto' }]
  if (part.kind === 'audio') throw notTaken(part, 'no audio')
  if (part.url !== undefined) return [{ type: 'input_file', file_url: part.url }]
  return [{ type: 'input_file', filename: part.name ?? 'file', file_data: urlOf(part) }]
}
