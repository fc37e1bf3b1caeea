// The events of a streamed Anthropic message, read as deltas. Blocks come one after the other and carry their number.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { Usage } from '../../../model/turn.ts'
import { Claims, numberOf, objectOf, textOf } from '../claims.ts'
import type { Delta, TextDelta } from '../delta.ts'
import { isOpaque } from '../labels.ts'
import { UNSIGNED } from '../unsigned.ts'
import { type Piece, UnknownTexts } from '../unknown-texts.ts'
import type { StreamReader } from '../wire.ts'
import { readStop, readUsage } from './answer.ts'

const CHANNELS: Readonly<Record<string, [key: string, channel: TextDelta['channel']]>> = {
  text_delta: ['text', 'text'],
  thinking_delta: ['thinking', 'reasoning'],
}

const NOTHING: ReadonlySet<string> = new Set()

export function readStream(): StreamReader {
  const names = new Set<string>()
  const unknown = new UnknownTexts()
  let started: Usage | undefined
  let isEnded = false

  function read(data: Json): Delta[] {
    const event = objectOf(data) ?? {}
    const claims = new Claims(event, undefined, names)
    const deltas = readEvent(event, claims)
    for (const part of claims.rest(() => 'assistant')) deltas.push(...unknown.read(part, pieceOf(event)))
    return deltas
  }

  function readEvent(event: JsonObject, claims: Claims): Delta[] {
    const block = numberOf(event['index']) ?? 0
    switch (event['type']) {
      case 'message_start': {
        const message = objectOf(event['message'])
        for (const key of ['id', 'model']) claims.label(['message', key])
        started = readUsage(message?.['usage'])
        return [
          { kind: 'start', id: textOf(message?.['id']) ?? '', model: textOf(message?.['model']) ?? '' },
          ...(started && started.input > 0 ? [{ kind: 'usage', usage: started } as const] : []),
        ]
      }
      case 'content_block_start':
        return readStart(objectOf(event['content_block']) ?? {}, block, claims)
      case 'content_block_delta':
        return readDelta(objectOf(event['delta']) ?? {}, block, claims)
      case 'content_block_stop':
        return [{ kind: 'close', choice: 0, block }, ...unknown.close({ choice: 0, of: `${block}` })]
      case 'message_delta': {
        const stop = objectOf(event['delta'])?.['stop_reason']
        claims.label(['delta', 'stop_reason'])
        const usage = readUsage(event['usage'])
        // What the end says again is the whole; what it leaves out was said at the start.
        const used: Delta[] = usage
          ? [{ kind: 'usage', usage: usage.input > 0 ? usage : { ...started, ...usage, input: started?.input ?? 0 } }]
          : []
        return typeof stop === 'string' ? [...used, { kind: 'stop', choice: 0, reason: readStop(stop) }] : used
      }
      case 'message_stop':
        isEnded = true
        return [{ kind: 'end' }]
      case 'error': {
        const error = objectOf(event['error'])
        return [{ kind: 'error', message: textOf(error?.['message']) ?? '', code: textOf(error?.['type']) }]
      }
      default:
        return []
    }
  }

  return {
    read,
    varying: NOTHING,
    end: () =>
      isEnded ? [] : [{ kind: 'error', message: 'the upstream ended its answer early', code: 'upstream_unreachable' }],
  }
}

/** A citation comes whole. */
function pieceOf(event: JsonObject): Piece | undefined {
  if (event['type'] !== 'content_block_delta' || objectOf(event['delta'])?.['type'] === 'citations_delta')
    return undefined
  return { choice: 0, of: `${numberOf(event['index']) ?? 0}` }
}

function readStart(content: JsonObject, block: number, claims: Claims): Delta[] {
  const place = ['content_block']
  // Tools that the provider runs itself are called like any, and their arguments come in pieces as well.
  if (typeof content['name'] === 'string' && objectOf(content['input'])) {
    claims.label([...place, 'id'])
    claims.take([...place, 'name'])
    return [{ kind: 'call', choice: 0, block, id: textOf(content['id']) ?? '', name: textOf(content['name']) ?? '' }]
  }
  const [key, channel] =
    content['type'] === 'thinking' ? (['thinking', 'reasoning'] as const) : (['text', 'text'] as const)
  const text = textOf(content[key])
  // Encrypted by the provider for itself: there is nothing to read.
  if (content['type'] === 'redacted_thinking') claims.blob([...place, 'data'])
  if (content['type'] !== 'thinking' && content['type'] !== 'text') return []
  claims.take([...place, key])
  return text ? [{ kind: 'text', choice: 0, block, channel, text, at: [...place, key] }] : []
}

function readDelta(delta: JsonObject, block: number, claims: Claims): Delta[] {
  const type = textOf(delta['type']) ?? ''
  const signature = textOf(delta['signature']) ?? ''
  // What is none comes in pieces like any text.
  if (signature === UNSIGNED || isOpaque(signature)) claims.take(['delta', 'signature'])
  if (type === 'signature_delta') return [{ kind: 'signature', choice: 0, block, at: ['delta', 'signature'] }]
  const json = textOf(delta['partial_json'])
  if (type === 'input_json_delta' && json !== undefined) {
    claims.take(['delta', 'partial_json'])
    return [{ kind: 'arguments', choice: 0, block, text: json, at: ['delta', 'partial_json'] }]
  }
  const [key, channel] = CHANNELS[type] ?? []
  const text = key === undefined ? undefined : textOf(delta[key])
  if (key === undefined || channel === undefined || text === undefined) return []
  claims.take(['delta', key])
  return [{ kind: 'text', choice: 0, block, channel, text, at: ['delta', key] }]
}
