// Formats that go through with their texts read: no other format can say what they say, so only an upstream that speaks
// them serves them.
import type { JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import type { Answer, Choice, Usage } from '../../model/turn.ts'
import { Claims, numberOf, objectOf, textOf } from './claims.ts'
import type { ClientSide, UpstreamSide, Wire } from './wire.ts'

interface PassingSpec extends Pick<Wire, 'id' | 'modelAt'> {
  usage?(body: JsonObject): Usage | undefined
  /** Where an answer says something in words. */
  choices?(body: JsonObject, claims: Claims): readonly Choice[]
  readStream?: UpstreamSide['readStream']
  writeStream?: ClientSide['writeStream']
}

export function definePassing({
  id,
  modelAt,
  usage = () => undefined,
  choices = () => [],
  readStream,
  writeStream,
}: PassingSpec): Wire {
  return {
    id,
    modelAt,
    client: {
      readRequest(body, { model: named }) {
        const claims = new Claims(body)
        const model = modelAt === undefined ? named : textOf(body[modelAt])
        if (model === undefined) throw new Failure('input_invalid', 'model: expected a string')
        if (modelAt !== undefined) claims.take([modelAt])
        return {
          model,
          stream: body['stream'] === true,
          messages: [],
          tools: [],
          toolChoice: undefined,
          sampling: { maxTokens: numberOf(body['max_tokens']) },
          foreign: [],
          rest: claims.rest(() => 'user'),
        }
      },
      ...(writeStream ? { writeStream } : {}),
    },
    upstream: {
      readAnswer(body): Answer {
        const claims = new Claims(body, LABELS)
        return {
          id: textOf(body['id']) ?? '',
          model: '',
          choices: choices(body, claims),
          usage: usage(body),
          rest: claims.rest(() => 'assistant'),
        }
      },
      ...(readStream ? { readStream } : {}),
    },
  }
}

export const LABELS: ReadonlySet<string> = new Set(['id', 'model', 'object', 'system_fingerprint'])

/** As OpenAI's formats count, all but the newest. */
export function openaiUsage(body: JsonObject): Usage | undefined {
  const usage = objectOf(body['usage'])
  const input = numberOf(usage?.['prompt_tokens'])
  return input === undefined ? undefined : { input, output: numberOf(usage?.['completion_tokens']) ?? 0 }
}
