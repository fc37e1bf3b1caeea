// A turn as a request to Amazon's Converse. Model and stream are in the address.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { MediaPart, Message, Part, Turn } from '../../../model/turn.ts'
import { argumentsOf, compact, joined } from '../build.ts'

export function writeRequest({ messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const system = messages.filter(({ origin }) => isSystem(origin)).map(({ parts }) => ({ text: joined(parts) }))
  const choice = writeChoice(toolChoice)
  return compact({
    system: system.length === 0 ? undefined : system,
    messages: alternating(messages.filter(({ origin }) => !isSystem(origin))),
    inferenceConfig: compact({
      maxTokens: sampling.maxTokens,
      temperature: sampling.temperature,
      topP: sampling.topP,
      stopSequences: sampling.stop,
    }),
    // Converse has no way to offer tools and forbid them.
    toolConfig:
      tools.length === 0 || toolChoice === 'none'
        ? undefined
        : compact({
            tools: tools.map(({ name, description, schema }) => ({
              toolSpec: compact({ name, description, inputSchema: { json: schema } }),
            })),
            toolChoice: choice,
          }),
  })
}

function isSystem(origin: Message['origin']): boolean {
  return origin === 'system' || origin === 'developer'
}

function writeChoice(choice: Turn['toolChoice']): JsonObject | undefined {
  if (choice === 'auto') return { auto: {} }
  if (choice === 'required') return { any: {} }
  return typeof choice === 'object' ? { tool: { name: choice.name } } : undefined
}

function alternating(messages: readonly Message[]): JsonObject[] {
  const merged: { role: string; content: JsonObject[] }[] = []
  for (const { origin, parts } of messages) {
    const role = origin === 'assistant' ? 'assistant' : 'user'
    const content = parts.flatMap(writePart)
    const last = merged.at(-1)
    if (last?.role === role) last.content.push(...content)
    else if (content.length > 0) merged.push({ role, content })
  }
  return merged
}

function writePart(part: Part): JsonObject[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'reasoning':
      return []
    case 'tool-call':
      return [{ toolUse: { toolUseId: part.id, name: part.name, input: argumentsOf(part.arguments) } }]
    case 'tool-result': {
      const content = part.parts.flatMap(writePart)
      return [{ toolResult: compact({ toolUseId: part.id, content, status: part.isError ? 'error' : undefined }) }]
    }
    default:
      return [writeMedia(part)]
  }
}

function writeMedia({ kind, mediaType, data, at, name }: MediaPart): JsonObject {
  if (data === undefined || kind === 'audio') {
    throw new Failure(
      'input_invalid',
      `${at.join('.')}: the upstream of this model takes pictures and files as data only`,
      {
        hint: 'send it inside the request, as base64',
      },
    )
  }
  const format = mediaType?.split('/')[1] ?? ''
  const source = { bytes: data }
  if (kind === 'image') return { image: { format: format === 'jpg' ? 'jpeg' : format, source } }
  const plain = (name ?? 'file').replaceAll(/[^A-Za-z0-9 ()[\]-]/g, '-')
  return { document: { format: format === 'plain' ? 'txt' : format, name: plain, source } }
}
