// Deltas as the events of a streamed response. An item is opened, filled, and said again whole when it is done.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import type { StopReason, Usage } from '../../../model/turn.ts'
import type { Delta, TextDelta } from '../delta.ts'
import { inTurn } from '../in-turn.ts'
import type { AnswerContext, OutFrame, StreamWriter } from '../wire.ts'
import { Followed } from './followed.ts'
import { callItem, contentPart, messageItem, reasoningItem, writeResponse } from './answer.ts'

interface OpenItem {
  key: string
  id: string
  kind: TextDelta['channel'] | 'call'
  text: string
  call: { id: string; name: string }
}

const NAMES = {
  text: 'output_text',
  refusal: 'refusal',
  reasoning: 'reasoning_summary_text',
  call: 'function_call_arguments',
}
const PREFIXES = { text: 'msg', refusal: 'msg', reasoning: 'rs', call: 'fc' }

export function writeStream(context: AnswerContext): StreamWriter {
  const output: JsonObject[] = []
  let open: OpenItem | undefined
  let usage: Usage | undefined
  let stop: StopReason = 'other'
  let count = 0
  let isStarted = false
  const id = `resp_${context.id}`
  const hold = context.hold ?? (() => {})
  const followed = new Followed(hold)

  const event = (type: string, members: JsonObject): OutFrame => ({
    event: type,
    data: { type, sequence_number: Math.max(count++, followed.next++), ...members },
  })

  function start(): OutFrame[] {
    if (isStarted) return []
    isStarted = true
    const response = writeResponse(context, { id, output: [], usage: undefined, stop: undefined })
    return [event('response.created', { response }), event('response.in_progress', { response })]
  }

  function begin(key: string, kind: OpenItem['kind'], call = { id: '', name: '' }): OutFrame[] {
    if (open?.key === key) return []
    const before = [...start(), ...finish()]
    open = { key, id: `${PREFIXES[kind]}_${context.id}_${output.length}`, kind, text: '', call }
    const item = Object.assign({ ...itemOf(open) }, kind === 'reasoning' ? {} : { status: 'in_progress' })
    const added = event('response.output_item.added', { output_index: output.length, item: emptied(item) })
    return [...before, added, ...opening(open)]
  }

  function opening(item: OpenItem): OutFrame[] {
    if (item.kind === 'call') return []
    if (item.kind === 'reasoning')
      return [
        event('response.reasoning_summary_part.added', { ...placeOf(item), part: { type: 'summary_text', text: '' } }),
      ]
    return [event('response.content_part.added', { ...placeOf(item), part: contentPart(item.kind, '') })]
  }

  function placeOf({ id, kind }: OpenItem): JsonObject {
    const place = { item_id: id, output_index: output.length }
    if (kind === 'call') return place
    return kind === 'reasoning' ? { ...place, summary_index: 0 } : { ...place, content_index: 0 }
  }

  function said(text: string): OutFrame[] {
    if (open === undefined) return []
    hold(text.length * 2)
    open.text += text
    const logprobs: JsonObject = open.kind === 'text' ? { logprobs: [] } : {}
    return [event(`response.${NAMES[open.kind]}.delta`, { ...placeOf(open), delta: text, ...logprobs })]
  }

  function finish(): OutFrame[] {
    if (open === undefined) return []
    const item = open
    const place = placeOf(item)
    const frames: OutFrame[] = []
    if (item.kind === 'call') {
      frames.push(
        event('response.function_call_arguments.done', { ...place, name: item.call.name, arguments: item.text }),
      )
    } else if (item.kind === 'reasoning') {
      frames.push(event('response.reasoning_summary_text.done', { ...place, text: item.text }))
      frames.push(
        event('response.reasoning_summary_part.done', { ...place, part: { type: 'summary_text', text: item.text } }),
      )
    } else {
      const said: JsonObject = item.kind === 'refusal' ? { refusal: item.text } : { text: item.text, logprobs: [] }
      frames.push(event(`response.${NAMES[item.kind]}.done`, { ...place, ...said }))
      frames.push(event('response.content_part.done', { ...place, part: contentPart(item.kind, item.text) }))
    }
    frames.push(event('response.output_item.done', { output_index: output.length, item: itemOf(item) }))
    open = undefined
    output.push(itemOf(item))
    return frames
  }

  function write(delta: Delta): OutFrame[] {
    // Other choices than the first have no place in this format.
    if ('choice' in delta && delta.choice > 0) return []
    switch (delta.kind) {
      case 'start':
        return start()
      case 'text': {
        const key = `${delta.block}/${delta.channel}`
        return delta.text === '' && open?.key !== key ? [] : [...begin(key, delta.channel), ...said(delta.text)]
      }
      case 'call':
        return begin(`${delta.block}/call`, 'call', { id: delta.id, name: delta.name })
      case 'arguments':
        return said(delta.text)
      case 'close':
        return open?.key.startsWith(`${delta.block}/`) ? finish() : []
      case 'stop':
        stop = delta.reason
        return [...finish(), ...followed.close().map(([type, members]) => event(type, members))]
      case 'usage':
        usage = delta.usage
        return []
      case 'error':
        return [event('error', { code: delta.code ?? null, message: delta.message, param: null })]
      case 'end': {
        const before = [...start(), ...finish()]
        const own = writeResponse(context, { id, output, usage, stop })
        const { status = null, incomplete_details = null } = own
        const begun = followed.response
        const response = begun ? { ...begun, status, incomplete_details, output: followed.output } : own
        return [...before, event(`response.${String(response['status'])}`, { response })]
      }
      default:
        return []
    }
  }

  function follow(event: JsonObject): void {
    followed.hear(event)
    isStarted ||= followed.response !== undefined
  }
  return { write: inTurn(write, hold), follow }
}

function itemOf({ id, kind, text, call }: OpenItem): JsonObject {
  if (kind === 'call') return callItem(id, call, text)
  return kind === 'reasoning' ? reasoningItem(id, text) : messageItem(id, kind, text)
}

/** An item that was only begun has no content yet. */
function emptied(item: JsonObject): JsonObject {
  return item['type'] === 'message' ? { ...item, content: [] } : item
}
