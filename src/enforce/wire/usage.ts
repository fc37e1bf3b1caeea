// What a provider says was used. Its numbers are a stranger's word that money follows: one that is negative, broken or
// beyond all measure makes all of them worth nothing.
import type { Json } from '../../lib/canonical-json.ts'
import type { Usage } from '../../model/turn.ts'
import { objectOf } from './claims.ts'

/** Where a format has its numbers: several names are added up, and a dot leads into an object. */
interface Names {
  input: readonly string[]
  output: readonly string[]
  cacheRead?: string
  cacheWritten?: string
  /** Tokens of the cache are not among those of the input, and are added to them. */
  cacheIsApart?: boolean
}

const MOST = 1e12

export const OPENAI_USAGE: Names = {
  input: ['prompt_tokens'],
  output: ['completion_tokens'],
  cacheRead: 'prompt_tokens_details.cached_tokens',
}
export const RESPONSES_USAGE: Names = {
  input: ['input_tokens'],
  output: ['output_tokens'],
  cacheRead: 'input_tokens_details.cached_tokens',
}
export const ANTHROPIC_USAGE: Names = {
  input: ['input_tokens'],
  output: ['output_tokens'],
  cacheRead: 'cache_read_input_tokens',
  cacheWritten: 'cache_creation_input_tokens',
  cacheIsApart: true,
}
export const GEMINI_USAGE: Names = {
  input: ['promptTokenCount', 'toolUsePromptTokenCount'],
  output: ['candidatesTokenCount', 'thoughtsTokenCount'],
  cacheRead: 'cachedContentTokenCount',
}
export const BEDROCK_USAGE: Names = {
  input: ['inputTokens'],
  output: ['outputTokens'],
  cacheRead: 'cacheReadInputTokens',
  cacheWritten: 'cacheWriteInputTokens',
  cacheIsApart: true,
}

/** Undefined where it says nothing. */
export function usageOf(value: Json | undefined, names: Names): Usage | undefined {
  const all = [...names.input, ...names.output, names.cacheRead, names.cacheWritten]
  if (all.every((name) => numberAt(value, name) === undefined) || all.some((name) => isBroken(value, name)))
    return undefined
  const sum = (some: readonly string[]) => some.reduce((total, name) => total + (numberAt(value, name) ?? 0), 0)
  const cacheRead = numberAt(value, names.cacheRead) ?? 0
  const cacheWritten = numberAt(value, names.cacheWritten) ?? 0
  return {
    input: sum(names.input) + (names.cacheIsApart ? cacheRead + cacheWritten : 0),
    output: sum(names.output),
    ...(cacheRead > 0 ? { cacheRead } : {}),
    ...(cacheWritten > 0 ? { cacheWritten } : {}),
  }
}

function numberAt(value: Json | undefined, name: string | undefined): number | undefined {
  const found = valueAt(value, name)
  return typeof found === 'number' && found >= 0 && found <= MOST ? Math.ceil(found) : undefined
}

function isBroken(value: Json | undefined, name: string | undefined): boolean {
  const found = valueAt(value, name)
  return found !== undefined && found !== null && numberAt(value, name) === undefined
}

function valueAt(value: Json | undefined, name: string | undefined): Json | undefined {
  if (name === undefined) return undefined
  let found = value
  for (const step of name.split('.')) found = objectOf(found)?.[step]
  return found
}
