// OpenAI's old completions, which local servers still offer: one text in, texts out, also as a stream.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import type { Choice, Sampling } from '../../model/turn.ts'
import { Claims, countOf, listOf, numberOf, objectOf, textOf } from './claims.ts'
import type { Delta } from './delta.ts'
import { readStop, writeStop } from './openai-chat/answer.ts'
import { definePassing, LABELS, openaiUsage } from './passing.ts'
import type { AnswerContext, StreamReader, StreamWriter } from './wire.ts'

export const openaiCompletions = definePassing({
  id: 'openai-completions',
  modelAt: 'model',
  sampling: readSampling,
  maxTokensAt: [['max_tokens']],
  usage: openaiUsage,
  choices: readChoices,
  readStream,
  writeStream,
})

/** Each prompt of a list is answered by itself, and the best of several is chosen from as many that were made. */
function readSampling(body: JsonObject): Sampling {
  const prompt = body['prompt']
  const prompts = Array.isArray(prompt) && typeof prompt[0] !== 'number' ? prompt.length : 1
  return {
    maxTokens: countOf(body['max_tokens'], 'max_tokens'),
    choices: prompts * Math.max(1, countOf(body['n'], 'n') ?? 1, countOf(body['best_of'], 'best_of') ?? 1),
  }
}

function readChoices(body: JsonObject, claims: Claims): Choice[] {
  return listOf(body['choices']).map((value, i) => {
    const choice = objectOf(value) ?? {}
    const text = textOf(choice['text'])
    claims.label(['choices', i, 'finish_reason'])
    return {
      index: numberOf(choice['index']) ?? i,
      parts: text === undefined ? [] : [claims.text('assistant', ['choices', i, 'text'], text)],
      stop: readStop(choice['finish_reason']),
    }
  })
}

function readStream(): StreamReader {
  const names = new Set<string>()
  let isEnded = false

  function read(data: Json): Delta[] {
    if (data === '[DONE]') {
      isEnded = true
      return [{ kind: 'end' }]
    }
    const chunk = objectOf(data) ?? {}
    const claims = new Claims(chunk, LABELS, names)
    const deltas: Delta[] = []
    for (const [i, value] of listOf(chunk['choices']).entries()) {
      const choice = objectOf(value) ?? {}
      const index = numberOf(choice['index']) ?? i
      const text = textOf(choice['text'])
      claims.take(['choices', i, 'text'])
      claims.label(['choices', i, 'finish_reason'])
      const at = ['choices', i, 'text']
      if (text !== undefined) deltas.push({ kind: 'text', choice: index, block: 0, channel: 'text', text, at })
      if (typeof choice['finish_reason'] !== 'string') continue
      deltas.push({ kind: 'close', choice: index, block: 0 })
      deltas.push({ kind: 'stop', choice: index, reason: readStop(choice['finish_reason']) })
    }
    const usage = openaiUsage(chunk)
    if (usage) deltas.push({ kind: 'usage', usage })
    for (const { at, text, fixed } of claims.rest(() => 'assistant')) deltas.push({ kind: 'whole', at, text, fixed })
    return deltas
  }

  return {
    read,
    end: () =>
      isEnded ? [] : [{ kind: 'error', message: 'the upstream ended its answer early', code: 'upstream_unreachable' }],
  }
}

/** Only what ends a stream in our own words is ever written. */
function writeStream({ id, model, createdAt }: AnswerContext): StreamWriter {
  const created = Math.floor(createdAt.getTime() / 1000)
  let upstreamId: string | undefined
  return {
    follow(event) {
      upstreamId ??= textOf(event['id'])
    },
    write(delta) {
      if (delta.kind === 'end') return [{ data: '[DONE]' }]
      if (delta.kind === 'error')
        return [
          { data: { error: { message: delta.message, type: 'server_error', param: null, code: delta.code ?? null } } },
        ]
      if (delta.kind !== 'stop') return []
      const choice = { index: delta.choice, text: '', logprobs: null, finish_reason: writeStop(delta.reason) }
      return [
        { data: { id: upstreamId ?? `cmpl-${id}`, object: 'text_completion', created, model, choices: [choice] } },
      ]
    },
  }
}
