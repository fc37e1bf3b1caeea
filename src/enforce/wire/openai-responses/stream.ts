// The events of a streamed response, read as deltas. This format says everything several times: in pieces, then each piece
// whole, then its item, then all of it. Each repetition is a text of its own that the guards read again.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Part, ToolCallPart } from '../../../model/turn.ts'
import { isMedia, isText } from '../../texts.ts'
import { Claims, objectOf, textOf } from '../claims.ts'
import type { Delta, TextDelta } from '../delta.ts'
import type { StreamReader } from '../wire.ts'
import { readItem, readOutput, readStop, readUsage } from './answer.ts'

const CHANNELS: Readonly<Record<string, TextDelta['channel']>> = {
  'response.output_text': 'text',
  'response.refusal': 'refusal',
}
const CALLS: Readonly<Record<string, string>> = {
  'response.function_call_arguments': 'arguments',
  'response.custom_tool_call_input': 'input',
}
const PLACE_KEYS = ['output_index', 'content_index', 'summary_index']
const LABELS: ReadonlySet<string> = new Set(['item_id', 'event_id', 'obfuscation'])
const VARYING: ReadonlySet<string> = new Set(['sequence_number', 'obfuscation'])

export function readStream(): StreamReader {
  const names = new Set<string>()
  const blocks = new Map<string, number>()
  /** Blocks of calls that were told of. */
  const begun = new Set<number>()
  let isEnded = false

  function blockOf(kind: string, event: JsonObject): number {
    const key = [kind, ...PLACE_KEYS.map((name) => String(event[name] ?? ''))].join('/')
    const block = blocks.get(key) ?? blocks.size
    blocks.set(key, block)
    return block
  }

  function read(data: Json): Delta[] {
    const event = objectOf(data) ?? {}
    const claims = new Claims(event, LABELS, names)
    const deltas = readEvent(event, claims)
    for (const { at, text, fixed } of claims.rest(() => 'assistant')) deltas.push({ kind: 'whole', at, text, fixed })
    return deltas
  }

  function readEvent(event: JsonObject, claims: Claims): Delta[] {
    const type = textOf(event['type']) ?? ''
    const [, base = '', phase = ''] = /^(.*)\.(delta|done)$/.exec(type) ?? []
    if (phase !== '' && !type.startsWith('response.output_item') && !type.startsWith('response.content_part'))
      return phase === 'delta' ? readDelta(base, event, claims) : readDone(base, event, claims)
    switch (type) {
      case 'response.created': {
        const response = objectOf(event['response']) ?? {}
        readOutput(claims, response, ['response'])
        return [{ kind: 'start', id: textOf(response['id']) ?? '', model: textOf(response['model']) ?? '' }]
      }
      case 'response.output_item.added':
      case 'response.output_item.done':
        return readItemEvent(type.endsWith('added'), event, claims)
      case 'response.content_part.added':
      case 'response.content_part.done':
        return readPart(objectOf(event['part']) ?? {}, claims)
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return readLast(objectOf(event['response']) ?? {}, claims)
      case 'error':
        return [{ kind: 'error', message: textOf(event['message']) ?? '', code: textOf(event['code']) }]
      default:
        return []
    }
  }

  function readDelta(base: string, event: JsonObject, claims: Claims): Delta[] {
    const text = textOf(event['delta'])
    if (text === undefined) return []
    claims.take(['delta'])
    const at = ['delta']
    if (base in CALLS) return [{ kind: 'arguments', choice: 0, block: blockOf('call', event), text, at }]
    // A text that nobody knows is held to the same rules as one that everybody does.
    return [{ kind: 'text', choice: 0, block: blockOf(base, event), channel: CHANNELS[base] ?? 'reasoning', text, at }]
  }

  function readDone(base: string, event: JsonObject, claims: Claims): Delta[] {
    const key = CALLS[base]
    const deltas: Delta[] = [{ kind: 'close', choice: 0, block: blockOf(key === undefined ? base : 'call', event) }]
    const channel = CHANNELS[base]
    const said = channel === undefined ? undefined : textOf(event[channel])
    if (channel !== undefined && said !== undefined) {
      claims.take([channel])
      deltas.push({ kind: 'whole', at: [channel], text: said, channel })
    }
    const text = key === undefined ? undefined : textOf(event[key])
    if (key === undefined || text === undefined) return deltas
    claims.take([key])
    return [...deltas, { kind: 'whole', at: [key], text, isArguments: true }]
  }

  function readItemEvent(isNew: boolean, event: JsonObject, claims: Claims): Delta[] {
    const item = objectOf(event['item']) ?? {}
    const parts = readItem(claims, item, ['item'])
    const call = parts.find((part) => part.kind === 'tool-call')
    const block = blockOf('call', event)
    const wholes = parts.flatMap(wholeOf)
    if (call === undefined) return wholes
    if (isNew) {
      begun.add(block)
      return [{ kind: 'call', choice: 0, block, id: call.id, name: call.name }, ...wholes]
    }
    if (!begun.has(block)) return unheard(call, block)
    return [{ kind: 'close', choice: 0, block }, ...wholes]
  }

  /** A call that is told of only when it is whole. */
  function unheard({ id, name, arguments: text, at }: ToolCallPart, block: number): Delta[] {
    begun.add(block)
    return [
      { kind: 'call', choice: 0, block, id, name },
      { kind: 'arguments', choice: 0, block, text, at },
      { kind: 'close', choice: 0, block },
    ]
  }

  function readLast(response: JsonObject, claims: Claims): Delta[] {
    isEnded = true
    const wholes = readOutput(claims, response, ['response']).flatMap((part) => {
      const block = blockOf('call', { output_index: part.at[2] ?? null })
      return part.kind === 'tool-call' && !begun.has(block) ? unheard(part, block) : wholeOf(part)
    })
    const failure = objectOf(response['error'])
    if (failure) return [{ kind: 'error', message: textOf(failure['message']) ?? '', code: textOf(failure['code']) }]
    const usage = readUsage(response['usage'])
    return [
      ...wholes,
      ...(usage ? [{ kind: 'usage', usage } as const] : []),
      { kind: 'stop', choice: 0, reason: readStop(response) },
      { kind: 'end' },
    ]
  }

  return {
    read,
    varying: VARYING,
    end: () =>
      isEnded ? [] : [{ kind: 'error', message: 'the upstream ended its answer early', code: 'upstream_unreachable' }],
  }
}

function wholeOf(part: Part): Delta[] {
  const at: JsonPath = part.at
  if (isText(part)) return part.text === '' ? [] : [{ kind: 'whole', at, text: part.text, channel: part.kind }]
  if (isMedia(part)) return [{ kind: 'media', choice: 0, what: part.kind }]
  if (part.kind !== 'tool-call') return []
  const name: Delta = { kind: 'whole', at: [...at.slice(0, -1), 'name'], text: part.name, fixed: true }
  return part.arguments === '' ? [name] : [name, { kind: 'whole', at, text: part.arguments, isArguments: true }]
}

function readPart(part: JsonObject, claims: Claims): Delta[] {
  return Object.values(CHANNELS).flatMap((channel): Delta[] => {
    const text = textOf(part[channel])
    if (text === undefined) return []
    claims.take(['part', channel])
    return [{ kind: 'whole', at: ['part', channel], text, channel }]
  })
}
