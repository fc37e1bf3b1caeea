// Deltas as chunks of a streamed chat completion.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import type { Usage } from '../../../model/turn.ts'
import { textOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import type { AnswerContext, OutFrame, StreamWriter } from '../wire.ts'
import { writeSignature, writeStop, writeUsage } from './answer.ts'

const KEYS = { text: 'content', refusal: 'refusal', reasoning: 'reasoning_content' } as const

export function writeStream({ id, model, createdAt, tellsUsage }: AnswerContext): StreamWriter {
  const calls = new Map<string, number>()
  const counts = new Map<number, number>()
  let upstreamId: string | undefined
  let usage: Usage | undefined

  const chunk = (choices: JsonObject[], more: JsonObject = {}): OutFrame => ({
    data: {
      id: upstreamId ?? `chatcmpl-${id}`,
      object: 'chat.completion.chunk',
      created: Math.floor(createdAt.getTime() / 1000),
      model,
      choices,
      ...more,
    },
  })
  const begun = new Set<number>()
  /** The first words of each answer say who speaks. */
  function said(index: number, delta: JsonObject): OutFrame[] {
    const role: JsonObject = begun.has(index) ? {} : { role: 'assistant' }
    begun.add(index)
    return [chunk([{ index, delta: { ...role, ...delta }, finish_reason: null }])]
  }

  function write(delta: Delta): OutFrame[] {
    switch (delta.kind) {
      case 'start':
        if (delta.id.startsWith('chatcmpl')) upstreamId = delta.id
        return said(0, { content: '' })
      case 'text':
        return said(delta.choice, { [KEYS[delta.channel]]: delta.text })
      case 'call': {
        const index = counts.get(delta.choice) ?? 0
        counts.set(delta.choice, index + 1)
        calls.set(`${delta.choice}/${delta.block}`, index)
        const call = { index, id: delta.id, type: 'function', function: { name: delta.name, arguments: '' } }
        return said(delta.choice, { tool_calls: [{ ...call, ...writeSignature(delta.signature) }] })
      }
      case 'arguments': {
        const index = calls.get(`${delta.choice}/${delta.block}`) ?? 0
        return said(delta.choice, { tool_calls: [{ index, function: { arguments: delta.text } }] })
      }
      case 'stop':
        return [chunk([{ index: delta.choice, delta: {}, finish_reason: writeStop(delta.reason) }])]
      case 'usage':
        usage = delta.usage
        return []
      case 'error':
        return [
          { data: { error: { message: delta.message, type: 'server_error', param: null, code: delta.code ?? null } } },
        ]
      case 'end':
        return [...(usage && tellsUsage !== false ? [chunk([], { usage: writeUsage(usage) })] : []), { data: '[DONE]' }]
      default:
        return []
    }
  }

  function follow(event: JsonObject): void {
    upstreamId ??= textOf(event['id'])
  }
  return { write, follow }
}
