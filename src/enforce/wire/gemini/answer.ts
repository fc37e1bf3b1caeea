// A Gemini response, read as an answer and written from one. A streamed answer is a row of such responses.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { Answer, Choice, Part, StopReason, Usage } from '../../../model/turn.ts'
import { compact } from '../build.ts'
import { Claims, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import { GEMINI_USAGE, usageOf } from '../usage.ts'
import type { AnswerContext } from '../wire.ts'
import { readParts, withIds } from './read-request.ts'
import { signed, writeCall } from './write-request.ts'

const STOPS: Readonly<Record<string, StopReason>> = {
  STOP: 'end',
  MAX_TOKENS: 'length',
  SAFETY: 'filtered',
  RECITATION: 'filtered',
  BLOCKLIST: 'filtered',
  PROHIBITED_CONTENT: 'filtered',
  SPII: 'filtered',
  LANGUAGE: 'filtered',
  IMAGE_SAFETY: 'filtered',
  IMAGE_PROHIBITED_CONTENT: 'filtered',
  IMAGE_RECITATION: 'filtered',
  MALFORMED_FUNCTION_CALL: 'malformed',
  UNEXPECTED_TOOL_CALL: 'malformed',
}

export function readAnswer(body: JsonObject): Answer {
  const claims = new Claims(body)
  for (const key of ['responseId', 'modelVersion']) claims.label([key])
  const choices = listOf(body['candidates']).map((value, i): Choice => {
    const candidate = objectOf(value) ?? {}
    claims.label(['candidates', i, 'finishReason'])
    const at = ['candidates', i, 'content', 'parts']
    const parts = withIds(readParts(claims, 'assistant', objectOf(candidate['content'])?.['parts'], at), '')
    return { index: numberOf(candidate['index']) ?? i, parts, stop: readStop(candidate['finishReason'], parts) }
  })
  const blocked = objectOf(body['promptFeedback'])?.['blockReason'] !== undefined
  return {
    id: textOf(body['responseId']) ?? '',
    model: textOf(body['modelVersion']) ?? '',
    choices: choices.length === 0 && blocked ? [{ index: 0, parts: [], stop: 'filtered' }] : choices,
    usage: readUsage(body['usageMetadata']),
    rest: claims.rest(() => 'assistant'),
  }
}

/** This format says nothing of calls in its reasons. */
export function readStop(value: Json | undefined, parts: readonly Part[]): StopReason {
  const reason = STOPS[textOf(value) ?? ''] ?? 'other'
  return reason === 'end' && parts.some(({ kind }) => kind === 'tool-call') ? 'tools' : reason
}

export function writeStop(reason: StopReason): string {
  if (reason === 'malformed') return 'MALFORMED_FUNCTION_CALL'
  return reason === 'length' ? 'MAX_TOKENS' : reason === 'filtered' ? 'SAFETY' : 'STOP'
}

export function readUsage(value: Json | undefined): Usage | undefined {
  return usageOf(value, GEMINI_USAGE)
}

export function writeUsage({ input, output, cacheRead }: Usage): JsonObject {
  const cached: JsonObject = cacheRead === undefined ? {} : { cachedContentTokenCount: cacheRead }
  return { promptTokenCount: input, candidatesTokenCount: output, ...cached, totalTokenCount: input + output }
}

export function writeAnswer(answer: Answer, { id, model }: AnswerContext): JsonObject {
  return compact({
    candidates: answer.choices.map(({ index, parts, stop }) => ({
      index,
      content: { role: 'model', parts: signed(parts.flatMap(writePart)) },
      finishReason: writeStop(stop),
    })),
    usageMetadata: answer.usage && writeUsage(answer.usage),
    modelVersion: model,
    responseId: id,
  })
}

export function writePart(part: Part): JsonObject[] {
  if (part.kind === 'text' || part.kind === 'refusal') return part.text === '' ? [] : [{ text: part.text }]
  if (part.kind === 'reasoning') return [{ text: part.text, thought: true }]
  if (part.kind !== 'tool-call') return []
  return [writeCall(part)]
}
