// A turn as a request to Amazon's Converse. Model and stream are in the address.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import type { MediaPart, Part, Turn } from '../../../model/turn.ts'
import { argumentsOf, argumentSchema, compact, operatorTexts, plainId, resultOf, takingTurns } from '../build.ts'
import { notTaken } from '../media.ts'

const OFFICE = 'application/vnd.openxmlformats-officedocument.'
/** What it calls the files that it takes. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/markdown': 'md',
  'application/msword': 'doc',
  [`${OFFICE}wordprocessingml.document`]: 'docx',
  'application/vnd.ms-excel': 'xls',
  [`${OFFICE}spreadsheetml.sheet`]: 'xlsx',
}

export function writeRequest({ messages, tools, toolChoice, sampling }: Turn): JsonObject {
  const system = operatorTexts(messages).map((text) => ({ text }))
  const choice = writeChoice(toolChoice)
  return compact({
    system: system.length === 0 ? undefined : system,
    messages: takingTurns(messages, writePart).map(({ role, content }) => ({ role, content })),
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
              toolSpec: compact({ name, description, inputSchema: { json: argumentSchema(schema) } }),
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
      return [{ toolUse: { toolUseId: plainId(part.id), name: part.name, input: argumentsOf(part.arguments) } }]
    case 'tool-result': {
      const content = resultOf(part).flatMap(writePart)
      return [
        { toolResult: compact({ toolUseId: plainId(part.id), content, status: part.isError ? 'error' : undefined }) },
      ]
    }
    default:
      return [writeMedia(part)]
  }
}

function writeMedia(part: MediaPart): JsonObject {
  const { kind, mediaType = '', data, name = 'file' } = part
  if (data === undefined) throw notTaken(part, 'pictures and files as data only')
  const source = { bytes: data }
  const format = kind === 'image' ? mediaType.split('/')[1]?.replace(/^jpg$/, 'jpeg') : DOCUMENTS[mediaType]
  if (format === undefined) throw notTaken(part, 'pictures, texts, PDFs and documents of offices only')
  if (kind === 'image') return { image: { format, source } }
  return { document: { format, name: name.replaceAll(/[^A-Za-z0-9 ()[\]-]/g, '-'), source } }
}
