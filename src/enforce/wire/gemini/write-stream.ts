// Deltas as the responses of a streamed Gemini answer. Calls are whole in this format, so they wait for their arguments.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import type { StopReason, Usage } from '../../../model/turn.ts'
import { compact } from '../build.ts'
import { textOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import type { AnswerContext, OutFrame, StreamWriter } from '../wire.ts'
import { writeStop, writeUsage } from './answer.ts'
import { SKIPS_SIGNATURE, writeCall } from './write-request.ts'

export function writeStream({ id, model }: AnswerContext): StreamWriter {
  const calls = new Map<string, { id: string; name: string; signature: string | undefined; text: string }>()
  const stops = new Map<number, StopReason>()
  /** Choices that called something: only the first call is signed. */
  const called = new Set<number>()
  let usage: Usage | undefined
  let responseId = id

  const response = (members: JsonObject): OutFrame => ({ data: { ...members, modelVersion: model, responseId } })
  const said = (index: number, part: JsonObject) =>
    response({ candidates: [{ index, content: { role: 'model', parts: [part] } }] })

  function write(delta: Delta): OutFrame[] {
    switch (delta.kind) {
      case 'text': {
        const isThought = delta.channel === 'reasoning'
        return delta.text === ''
          ? []
          : [said(delta.choice, isThought ? { text: delta.text, thought: true } : { text: delta.text })]
      }
      case 'call':
        calls.set(`${delta.choice}/${delta.block}`, {
          id: delta.id,
          name: delta.name,
          signature: delta.signature,
          text: '',
        })
        return []
      case 'arguments': {
        const call = calls.get(`${delta.choice}/${delta.block}`)
        if (call) call.text += delta.text
        return []
      }
      case 'close':
        return finish(delta.choice, `${delta.choice}/${delta.block}`)
      case 'stop':
        stops.set(delta.choice, delta.reason)
        return []
      case 'usage':
        usage = delta.usage
        return []
      case 'error':
        return [{ data: { error: { code: 502, message: delta.message, status: 'UNAVAILABLE' } } }]
      case 'end': {
        const candidates = [...stops].map(([index, reason]) => ({
          index,
          content: { role: 'model', parts: [] },
          finishReason: writeStop(reason),
        }))
        return [response(compact({ candidates, usageMetadata: usage && writeUsage(usage) }))]
      }
      default:
        return []
    }
  }

  function finish(choice: number, key: string): OutFrame[] {
    const call = calls.get(key)
    if (call === undefined) return []
    calls.delete(key)
    const signature = call.signature ?? (called.has(choice) ? undefined : SKIPS_SIGNATURE)
    called.add(choice)
    return [said(choice, writeCall({ ...call, signature, arguments: call.text }))]
  }

  function follow(event: JsonObject): void {
    responseId = textOf(event['responseId']) ?? responseId
  }
  return { write, follow }
}
