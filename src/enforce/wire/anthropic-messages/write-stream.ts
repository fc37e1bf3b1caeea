// Deltas as the events of a streamed Anthropic message. Blocks follow each other here, so a block ends where another begins.
import type { Usage } from '../../../model/turn.ts'
import type { JsonObject } from '../../../lib/canonical-json.ts'
import { numberOf, objectOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import { inTurn } from '../in-turn.ts'
import { UNSIGNED } from '../unsigned.ts'
import type { AnswerContext, OutFrame, StreamWriter } from '../wire.ts'
import { writeStop, writeUsage } from './answer.ts'

const frame = (data: JsonObject & { type: string }): OutFrame => ({ event: data.type, data })

export function writeStream({ id, model, hold }: AnswerContext): StreamWriter {
  let index = -1
  let open: string | undefined
  let usage: Usage | undefined
  let stop: string | undefined
  let isStarted = false

  function begin(key: string, content: JsonObject): OutFrame[] {
    if (open === key) return []
    const closed = close()
    open = key
    index++
    return [...closed, frame({ type: 'content_block_start', index, content_block: content })]
  }

  function close(): OutFrame[] {
    if (open === undefined) return []
    const signed = open.endsWith('/reasoning') ? [said({ type: 'signature_delta', signature: UNSIGNED })] : []
    open = undefined
    return [...signed, frame({ type: 'content_block_stop', index })]
  }

  function said(delta: JsonObject): OutFrame {
    return frame({ type: 'content_block_delta', index, delta })
  }

  function start(messageId: string): OutFrame[] {
    if (isStarted) return []
    isStarted = true
    const message = {
      id: messageId,
      type: 'message',
      role: 'assistant',
      model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: writeUsage(usage),
    }
    return [frame({ type: 'message_start', message })]
  }

  function write(delta: Delta): OutFrame[] {
    // Other choices than the first have no place in this format.
    if ('choice' in delta && delta.choice > 0) return []
    switch (delta.kind) {
      case 'start':
        return start(delta.id.startsWith('msg_') ? delta.id : `msg_${id}`)
      case 'text': {
        const key = `${delta.block}/${delta.channel}`
        if (delta.text === '' && open !== key) return []
        if (delta.channel === 'reasoning')
          return [
            ...begin(key, { type: 'thinking', thinking: '', signature: '' }),
            said({ type: 'thinking_delta', thinking: delta.text }),
          ]
        return [...begin(key, { type: 'text', text: '' }), said({ type: 'text_delta', text: delta.text })]
      }
      case 'call':
        return begin(`${delta.block}/call`, {
          type: 'tool_use',
          id: delta.id,
          name: delta.name,
          input: {},
        })
      case 'arguments':
        return [said({ type: 'input_json_delta', partial_json: delta.text })]
      case 'close':
        return open?.startsWith(`${delta.block}/`) ? close() : []
      case 'stop':
        stop = writeStop(delta.reason)
        return close()
      case 'usage':
        usage = delta.usage
        return []
      case 'error':
        return [frame({ type: 'error', error: { type: 'api_error', message: delta.message } })]
      case 'end':
        return [
          ...start(`msg_${id}`),
          ...close(),
          frame({
            type: 'message_delta',
            delta: { stop_reason: stop ?? 'end_turn', stop_sequence: null },
            usage: writeUsage(usage),
          }),
          frame({ type: 'message_stop' }),
        ]
      default:
        return []
    }
  }

  function follow(event: JsonObject): void {
    if (event['type'] === 'message_start') isStarted = true
    if (event['type'] === 'content_block_start') {
      index = numberOf(event['index']) ?? index + 1
      open = objectOf(event['content_block'])?.['type'] === 'thinking' ? 'followed/reasoning' : 'followed'
    }
    if (event['type'] === 'content_block_stop') open = undefined
  }
  return { write: inTurn(write, hold), follow }
}
