// What a call used whose answer ended before its provider told – it was not asked, the client left, or it was cut: the prompt, which is
// paid for once the model reads it, and what came of the answer. Where the provider told of a part, its word counts for that.
import { estimateTokens } from '../detect/tokens.ts'
import type { Turn, Usage } from '../model/turn.ts'
import { textsOfTurn } from './texts.ts'

export const BYTES_PER_TOKEN = 4
/** Longer ones are not worth counting word by word. */
const LONG = 65_536

export function usedAtLeast(turn: Turn, told: Usage | undefined, seenBytes: number): Usage {
  const output = Math.max(told?.output ?? 0, Math.ceil(seenBytes / BYTES_PER_TOKEN))
  return told !== undefined && told.input > 0 ? { ...told, output } : { ...told, input: tokensOf(turn), output }
}

function tokensOf(turn: Turn): number {
  let tokens = 0
  for (const { text } of textsOfTurn(turn))
    tokens += text.length > LONG ? Math.ceil(text.length / BYTES_PER_TOKEN) : estimateTokens(text)
  return tokens
}
