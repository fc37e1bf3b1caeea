// What a provider says was used. Its numbers are a stranger's word that money follows: one that is negative, broken or
// beyond all measure makes all of them worth nothing.
import type { Json } from '../../lib/canonical-json.ts'
import type { Usage } from '../../model/turn.ts'
import { objectOf } from './claims.ts'

type Path = readonly string[]

/** Where a format has its numbers: several are added up. */
interface Names {
  input: readonly Path[]
  output: readonly Path[]
  cacheRead?: Path
  cacheWritten?: Path
  /** Tokens of the cache are not among those of the input, and are added to them. */
  cacheIsApart?: boolean
}

const MOST = 1e12

export const OPENAI_USAGE: Names = {
  input: [['prompt_tokens']],
  output: [['completion_tokens']],
  cacheRead: ['prompt_tokens_details', 'cached_tokens'],
}
export const RESPONSES_USAGE: Names = {
  input: [['input_tokens']],
  output: [['output_tokens']],
  cacheRead: ['input_tokens_details', 'cached_tokens'],
}
export const ANTHROPIC_USAGE: Names = {
  input: [['input_tokens']],
  output: [['output_tokens']],
  cacheRead: ['cache_read_input_tokens'],
  cacheWritten: ['cache_creation_input_tokens'],
  cacheIsApart: true,
}
export const GEMINI_USAGE: Names = {
  input: [['promptTokenCount'], ['toolUsePromptTokenCount']],
  output: [['candidatesTokenCount'], ['thoughtsTokenCount']],
  cacheRead: ['cachedContentTokenCount'],
}
export const BEDROCK_USAGE: Names = {
  input: [['inputTokens']],
  output: [['outputTokens']],
  cacheRead: ['cacheReadInputTokens'],
  cacheWritten: ['cacheWriteInputTokens'],
  cacheIsApart: true,
}

/** Undefined where it says nothing, or anything that is no count. */
export function usageOf(value: Json | undefined, names: Names): Usage | undefined {
  const [input, output] = [sumAt(value, names.input), sumAt(value, names.output)]
  const cacheRead = numberAt(value, names.cacheRead)
  const cacheWritten = numberAt(value, names.cacheWritten)
  if (input === undefined && output === undefined && cacheRead === undefined && cacheWritten === undefined)
    return undefined
  const [read, written] = [cacheRead ?? 0, cacheWritten ?? 0]
  const usage: Usage = {
    input: (input ?? 0) + (names.cacheIsApart ? read + written : 0),
    output: output ?? 0,
  }
  if (Number.isNaN(usage.input + usage.output + read + written)) return undefined
  if (read > 0) usage.cacheRead = read
  if (written > 0) usage.cacheWritten = written
  return usage
}

function sumAt(value: Json | undefined, paths: readonly Path[]): number | undefined {
  let sum: number | undefined
  for (const path of paths) {
    const number = numberAt(value, path)
    if (number !== undefined) sum = (sum ?? 0) + number
  }
  return sum
}

/** Not a number where something else stands there. */
function numberAt(value: Json | undefined, path: Path | undefined): number | undefined {
  if (path === undefined) return undefined
  let found = value
  for (const step of path) found = objectOf(found)?.[step]
  if (found === undefined || found === null) return undefined
  return typeof found === 'number' && found >= 0 && found <= MOST ? Math.ceil(found) : Number.NaN
}
