// A response, read as an answer and written from one.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Answer, Part, StopReason, Usage } from '../../../model/turn.ts'
import { joined } from '../build.ts'
import { Claims, listOf, objectOf, textOf } from '../claims.ts'
import { UNSIGNED } from '../unsigned.ts'
import { RESPONSES_USAGE, usageOf } from '../usage.ts'
import type { AnswerContext } from '../wire.ts'
import { readCall, readContent, readReasoning } from './read-request.ts'

export function readAnswer(body: JsonObject): Answer {
  const claims = new Claims(body)
  const parts = readOutput(claims, body, [])
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    choices: [{ index: 0, parts, stop: readStop(body) }],
    usage: readUsage(body['usage']),
    rest: claims.rest(() => 'assistant'),
  }
}

/** Also reads the response that ends a stream, which lies deeper. */
export function readOutput(claims: Claims, response: JsonObject, at: JsonPath): Part[] {
  for (const key of ['id', 'model', 'previous_response_id']) claims.label([...at, key])
  return listOf(response['output']).flatMap((value, i) => readItem(claims, objectOf(value) ?? {}, [...at, 'output', i]))
}

export function readItem(claims: Claims, item: JsonObject, at: JsonPath): Part[] {
  claims.label([...at, 'id'])
  if (item['type'] === 'message') return readContent(claims, 'assistant', item['content'], [...at, 'content'])
  if (item['type'] === 'reasoning') return readReasoning(claims, item, at)
  if (item['type'] === 'image_generation_call' && textOf(item['result']) !== undefined) {
    claims.blob([...at, 'result'])
    return [{ kind: 'image', origin: 'assistant', at: [...at, 'result'], mediaType: undefined }]
  }
  const call = readCall(claims, item, at)
  return call === undefined ? [] : [call]
}

export function readStop(response: JsonObject): StopReason {
  const reason = objectOf(response['incomplete_details'])?.['reason']
  if (reason === 'max_output_tokens') return 'length'
  if (reason === 'content_filter') return 'filtered'
  const calls = listOf(response['output']).some((item) => textOf(objectOf(item)?.['type'])?.endsWith('_call'))
  return calls ? 'tools' : response['status'] === 'completed' ? 'end' : 'other'
}

export function readUsage(value: Json | undefined): Usage | undefined {
  return usageOf(value, RESPONSES_USAGE)
}

export function writeAnswer({ choices, usage }: Answer, context: AnswerContext): JsonObject {
  const parts = choices[0]?.parts ?? []
  const output = parts.flatMap((part, i) => writeItem(part, `${context.id}_${i}`))
  return writeResponse(context, { id: `resp_${context.id}`, output, usage, stop: choices[0]?.stop ?? 'other' })
}

function writeItem(part: Part, id: string): JsonObject[] {
  if (part.kind === 'text' || part.kind === 'refusal') return [messageItem(`msg_${id}`, part.kind, part.text)]
  if (part.kind === 'reasoning') return [reasoningItem(`rs_${id}`, joined([part]))]
  return part.kind === 'tool-call' ? [callItem(`fc_${id}`, part, part.arguments)] : []
}

export function messageItem(id: string, kind: 'text' | 'refusal', text: string): JsonObject {
  return { id, type: 'message', status: 'completed', role: 'assistant', content: [contentPart(kind, text)] }
}

export function contentPart(kind: 'text' | 'refusal', text: string): JsonObject {
  return kind === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', text, annotations: [], logprobs: [] }
}

export function reasoningItem(id: string, text: string): JsonObject {
  const summary = text === '' ? [] : [{ type: 'summary_text', text }]
  return { id, type: 'reasoning', summary, encrypted_content: UNSIGNED }
}

export function callItem(id: string, call: { id: string; name: string }, text: string): JsonObject {
  return { id, type: 'function_call', status: 'completed', call_id: call.id, name: call.name, arguments: text }
}

/** Without `stop` it is still under way. */
export function writeResponse(
  { model, createdAt }: AnswerContext,
  {
    id,
    output,
    usage,
    stop,
  }: { id: string; output: JsonObject[]; usage: Usage | undefined; stop: StopReason | undefined },
): JsonObject {
  const reason = stop === 'length' ? 'max_output_tokens' : stop === 'filtered' ? 'content_filter' : undefined
  return {
    id,
    object: 'response',
    created_at: Math.floor(createdAt.getTime() / 1000),
    status: stop === undefined ? 'in_progress' : reason === undefined ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    instructions: null,
    max_output_tokens: null,
    model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: null,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    truncation: 'disabled',
    usage: usage ? writeUsage(usage) : null,
    metadata: {},
  }
}

export function writeUsage({ input, output, cacheRead = 0 }: Usage): JsonObject {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cacheRead },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
  }
}
