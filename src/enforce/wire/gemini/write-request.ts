// A turn as a Gemini generateContent request, for clients that speak another format. Model and stream are in the address.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { MediaPart, Part, ToolCallPart, Turn } from '../../../model/turn.ts'
import { isText } from '../../texts.ts'
import { argumentsOf, compact, joined, operatorTexts, takingTurns, toolNamed } from '../build.ts'

const MODES = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const

export function writeRequest(turn: Turn): JsonObject {
  const { messages, tools, toolChoice, sampling } = turn
  const system = operatorTexts(messages).map((text) => ({ text }))
  return compact({
    systemInstruction: system.length === 0 ? undefined : { parts: system },
    // Results of calls that were made together are asked for together.
    contents: takingTurns(messages, (part) => writePart(turn, part)).map(({ role, content }) =>
      role === 'user' ? { role, parts: content } : { role: 'model', parts: signed(content) },
    ),
    tools:
      tools.length === 0
        ? undefined
        : [
            {
              functionDeclarations: tools.map(({ name, description, schema }) =>
                compact({ name, description, parametersJsonSchema: schema }),
              ),
            },
          ],
    toolConfig: toolChoice && { functionCallingConfig: writeChoice(toolChoice) },
    generationConfig: writeSampling(sampling),
  })
}

/**
 * Newer models want their signature back with the first of the calls they make together. Most other formats have no place for
 * it; for history that comes from elsewhere Google has this word in its stead.
 */
export function signed(parts: JsonObject[]): JsonObject[] {
  const first = parts.findIndex((part) => 'functionCall' in part)
  return parts.map((part, i) => (i === first ? { thoughtSignature: SKIPS_SIGNATURE, ...part } : part))
}

export const SKIPS_SIGNATURE = 'skip_thought_signature_validator'

function writeChoice(choice: NonNullable<Turn['toolChoice']>): JsonObject {
  return typeof choice === 'object' ? { mode: 'ANY', allowedFunctionNames: [choice.name] } : { mode: MODES[choice] }
}

function writeSampling({
  maxTokens,
  temperature,
  topP,
  topK,
  stop,
  choices,
  schema,
  json,
}: Turn['sampling']): JsonObject {
  return compact({
    maxOutputTokens: maxTokens,
    temperature,
    topP,
    topK,
    stopSequences: stop,
    candidateCount: choices,
    responseMimeType: schema || json ? 'application/json' : undefined,
    responseJsonSchema: schema?.schema,
  })
}

function writePart(turn: Turn, part: Part): JsonObject[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }]
    case 'reasoning':
      return []
    case 'tool-call':
      return [writeCall(part)]
    case 'tool-result': {
      const name = part.name ?? toolNamed(turn, part.id) ?? part.id
      const key = part.isError ? 'error' : 'result'
      const media = part.parts.flatMap((inner) => (isText(inner) ? [] : [writeMedia(inner)]))
      return [
        { functionResponse: compact({ id: part.id || undefined, name, response: { [key]: joined(part.parts) } }) },
        ...media,
      ]
    }
    default:
      return [writeMedia(part)]
  }
}

/** As it stands in an answer, too. */
export function writeCall({
  id,
  name,
  arguments: text,
  signature,
}: Omit<ToolCallPart, 'kind' | 'origin' | 'at'>): JsonObject {
  const functionCall = compact({ id: id || undefined, name, args: argumentsOf(text) })
  return compact({ functionCall, thoughtSignature: signature })
}

function writeMedia({ mediaType, data, url }: MediaPart): JsonObject {
  const type: { mimeType?: Json } = mediaType === undefined ? {} : { mimeType: mediaType }
  return url === undefined ? { inlineData: { ...type, data: data ?? '' } } : { fileData: { ...type, fileUri: url } }
}
