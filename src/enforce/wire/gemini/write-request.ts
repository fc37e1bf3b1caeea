// A turn as a Gemini generateContent request, for clients that speak another format. Model and stream are in the address.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { MediaPart, Message, Part, Turn } from '../../../model/turn.ts'
import { isText } from '../../texts.ts'
import { argumentsOf, compact, conversation, joined, operatorTexts, toolNamed } from '../build.ts'

const MODES = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const

export function writeRequest(turn: Turn): JsonObject {
  const { messages, tools, toolChoice, sampling } = turn
  const system = operatorTexts(messages).map((text) => ({ text }))
  return compact({
    systemInstruction: system.length === 0 ? undefined : { parts: system },
    contents: conversation(messages).map((message) => writeMessage(turn, message)),
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

function writeChoice(choice: NonNullable<Turn['toolChoice']>): JsonObject {
  return typeof choice === 'object' ? { mode: 'ANY', allowedFunctionNames: [choice.name] } : { mode: MODES[choice] }
}

function writeSampling({ maxTokens, temperature, topP, topK, stop, choices, schema }: Turn['sampling']): JsonObject {
  return compact({
    maxOutputTokens: maxTokens,
    temperature,
    topP,
    topK,
    stopSequences: stop,
    candidateCount: choices,
    responseMimeType: schema && 'application/json',
    responseJsonSchema: schema?.schema,
  })
}

function writeMessage(turn: Turn, { origin, parts }: Message): JsonObject {
  return { role: origin === 'assistant' ? 'model' : 'user', parts: parts.flatMap((part) => writePart(turn, part)) }
}

function writePart(turn: Turn, part: Part): JsonObject[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return [{ text: part.text }]
    case 'reasoning':
      return []
    case 'tool-call':
      return [
        { functionCall: compact({ id: part.id || undefined, name: part.name, args: argumentsOf(part.arguments) }) },
      ]
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

function writeMedia({ mediaType, data, url }: MediaPart): JsonObject {
  const type: { mimeType?: Json } = mediaType === undefined ? {} : { mimeType: mediaType }
  return url === undefined ? { inlineData: { ...type, data: data ?? '' } } : { fileData: { ...type, fileUri: url } }
}
