// Formats that go through with their texts read: no other format can say what they say, so only an upstream that speaks
// them serves them.
import type { JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import type { Answer, Choice, Sampling, Turn, Usage } from '../../model/turn.ts'
import { Claims, flagOf, textOf } from './claims.ts'
import { OPENAI_USAGE, usageOf } from './usage.ts'
import type { ClientSide, UpstreamSide, Wire } from './wire.ts'

interface PassingSpec extends Pick<Wire, 'id' | 'modelAt'> {
  sampling?(body: JsonObject): Sampling
  maxTokensAt?: Turn['maxTokensAt']
  usage?(body: JsonObject): Usage | undefined
  /** Where an answer says something in words. */
  choices?(body: JsonObject, claims: Claims): readonly Choice[]
  readStream?: UpstreamSide['readStream']
  writeStream?: ClientSide['writeStream']
}

export function definePassing({
  id,
  modelAt,
  sampling = () => ({}),
  maxTokensAt,
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
        if (modelAt !== undefined) claims.label([modelAt])
        return {
          model,
          stream: flagOf(body['stream'], 'stream'),
          messages: [],
          tools: [],
          toolChoice: undefined,
          sampling: sampling(body),
          ...(maxTokensAt ? { maxTokensAt } : {}),
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
  return usageOf(body['usage'], OPENAI_USAGE)
}
