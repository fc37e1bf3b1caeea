// An answer of Amazon's Converse, whole or as the events of a stream.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Answer, MediaPart, Part, StopReason, Usage } from '../../../model/turn.ts'
import { Claims, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import { BEDROCK_USAGE, usageOf } from '../usage.ts'
import type { StreamReader } from '../wire.ts'

const STOPS: Readonly<Record<string, StopReason>> = {
  end_turn: 'end',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  stop_sequence: 'stop-sequence',
  tool_use: 'tools',
  guardrail_intervened: 'filtered',
  content_filtered: 'filtered',
  malformed_tool_use: 'malformed',
  malformed_model_output: 'malformed',
}

export function readAnswer(body: JsonObject): Answer {
  const claims = new Claims(body)
  claims.label(['stopReason'])
  const at = ['output', 'message', 'content']
  const content = listOf(objectOf(objectOf(body['output'])?.['message'])?.['content'])
  return {
    id: '',
    model: '',
    choices: [
      {
        index: 0,
        parts: content.flatMap((block, i) => readBlock(claims, objectOf(block) ?? {}, [...at, i])),
        stop: readStop(body['stopReason']),
      },
    ],
    usage: readUsage(body['usage']),
    rest: claims.rest(() => 'assistant'),
  }
}

function readBlock(claims: Claims, block: JsonObject, at: JsonPath): Part[] {
  const text = textOf(block['text'])
  if (text !== undefined) return [claims.text('assistant', [...at, 'text'], text)]
  // Packed for the model alone.
  for (const packed of [['reasoningText', 'signature'], ['redactedContent']])
    claims.blob([...at, 'reasoningContent', ...packed])
  const reasoning = textOf(objectOf(objectOf(block['reasoningContent'])?.['reasoningText'])?.['text'])
  if (reasoning !== undefined)
    return [claims.text('assistant', [...at, 'reasoningContent', 'reasoningText', 'text'], reasoning, 'reasoning')]
  const [media] = readMedia(claims, block, at)
  if (media !== undefined) return [media]
  const call = objectOf(block['toolUse'])
  if (call === undefined) return []
  claims.label([...at, 'toolUse', 'toolUseId'])
  for (const key of ['name', 'input']) claims.take([...at, 'toolUse', key])
  const [id, name] = [textOf(call['toolUseId']) ?? '', textOf(call['name']) ?? '']
  const input = JSON.stringify(call['input'] ?? {})
  return [{ kind: 'tool-call', origin: 'assistant', at: [...at, 'toolUse', 'input'], id, name, arguments: input }]
}

const MEDIA = { image: 'image', audio: 'audio', video: 'file', document: 'file' } as const

/** Also reads what a stream has of them. */
function readMedia(claims: Claims, block: JsonObject, at: JsonPath): MediaPart[] {
  return (['image', 'audio', 'video', 'document'] as const).flatMap((name) => {
    if (objectOf(block[name]) === undefined) return []
    claims.blob([...at, name, 'source', 'bytes'])
    return [{ kind: MEDIA[name], origin: 'assistant', at: [...at, name], mediaType: undefined }]
  })
}

function readStop(value: Json | undefined): StopReason {
  return STOPS[textOf(value) ?? ''] ?? 'other'
}

function readUsage(value: Json | undefined): Usage | undefined {
  return usageOf(value, BEDROCK_USAGE)
}

/** What an event is, stands in the framing and not in its JSON. */
export function readStream(): StreamReader {
  const names = new Set<string>()
  let isStopped = false

  function read(data: Json, event: string | undefined): Delta[] {
    const body = objectOf(data) ?? {}
    const claims = new Claims(body, undefined, names)
    for (const key of ['p', 'stopReason']) claims.label([key])
    const deltas = readEvent(body, event, claims)
    for (const { at, text, fixed } of claims.rest(() => 'assistant')) deltas.push({ kind: 'whole', at, text, fixed })
    return deltas
  }

  function readEvent(body: JsonObject, event: string | undefined, claims: Claims): Delta[] {
    const block = numberOf(body['contentBlockIndex']) ?? 0
    switch (event) {
      case 'messageStart':
        return [{ kind: 'start', id: '', model: '' }]
      case 'contentBlockStart': {
        const start = objectOf(body['start']) ?? {}
        const call = objectOf(start['toolUse'])
        if (call === undefined) return mediaDeltas(claims, start, 'start')
        claims.label(['start', 'toolUse', 'toolUseId'])
        claims.take(['start', 'toolUse', 'name'])
        return [
          { kind: 'call', choice: 0, block, id: textOf(call['toolUseId']) ?? '', name: textOf(call['name']) ?? '' },
        ]
      }
      case 'contentBlockDelta':
        return readDelta(objectOf(body['delta']) ?? {}, block, claims)
      case 'contentBlockStop':
        return [{ kind: 'close', choice: 0, block }]
      case 'messageStop':
        isStopped = true
        return [{ kind: 'stop', choice: 0, reason: readStop(body['stopReason']) }]
      case 'metadata': {
        const usage = readUsage(body['usage'])
        return usage ? [{ kind: 'usage', usage }] : []
      }
      default:
        return [{ kind: 'error', message: textOf(body['message']) ?? '', code: event }]
    }
  }

  return {
    read,
    end: () =>
      isStopped
        ? [{ kind: 'end' }]
        : [{ kind: 'error', message: 'the upstream ended its answer early', code: 'upstream_unreachable' }],
  }
}

function readDelta(delta: JsonObject, block: number, claims: Claims): Delta[] {
  const text = textOf(delta['text'])
  if (text !== undefined) {
    claims.take(['delta', 'text'])
    return [{ kind: 'text', choice: 0, block, channel: 'text', text, at: ['delta', 'text'] }]
  }
  const input = textOf(objectOf(delta['toolUse'])?.['input'])
  if (input !== undefined) {
    claims.take(['delta', 'toolUse', 'input'])
    return [{ kind: 'arguments', choice: 0, block, text: input, at: ['delta', 'toolUse', 'input'] }]
  }
  const media = mediaDeltas(claims, delta, 'delta')
  if (media.length > 0) return media
  const reasoning = textOf(objectOf(delta['reasoningContent'])?.['text'])
  for (const packed of ['signature', 'redactedContent']) claims.blob(['delta', 'reasoningContent', packed])
  if (reasoning === undefined) return []
  claims.take(['delta', 'reasoningContent', 'text'])
  const at = ['delta', 'reasoningContent', 'text']
  return [{ kind: 'text', choice: 0, block, channel: 'reasoning', text: reasoning, at }]
}

function mediaDeltas(claims: Claims, inner: JsonObject, at: string): Delta[] {
  return readMedia(claims, inner, [at]).map(({ kind }) => ({ kind: 'media', choice: 0, what: kind }))
}
