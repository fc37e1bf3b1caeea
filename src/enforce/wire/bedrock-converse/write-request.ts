// A turn as a request to Amazon's Converse. Model and stream are in the address.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { MediaPart, Part, Turn } from '../../../model/turn.ts'
import { argumentsOf, compact, operatorTexts, resultOf, takingTurns } from '../build.ts'

export function writeRequest({ messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const system = operatorTexts(messages).map((text) => ({ text }))
  const choice = writeChoice(toolChoice)
  return compact({
    system: system.length === 0 ? undefined : system,
    messages: takingTurns(messages, writePart),
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

function writeChoice(choice: Turn['toolChoice']): JsonObject | undefined {
  if (choice === 'auto') return { auto: {} }
  if (choice === 'required') return { any: {} }
  return typeof choice === 'object' ? { tool: { name: choice.name } } : undefined
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
      const content = resultOf(part).flatMap(writePart)
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
