// Anthropic's counting of tokens: reads what a request would, so that what is counted is what would be sent, and answers
// with a number.
import { readRequest } from './anthropic-messages/read-request.ts'
import { definePassing } from './passing.ts'
import type { Wire } from './wire.ts'

const passing = definePassing({ id: 'anthropic-count-tokens', modelAt: 'model' })

export const anthropicCountTokens: Wire = {
  ...passing,
  // Nothing is to be said, and so nothing about how much.
  client: {
    ...passing.client,
    readRequest: (body) => ({ ...readRequest(body), sampling: {}, maxTokensAt: undefined }),
  },
}
