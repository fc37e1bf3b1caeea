// What a family of models is. Invariant: a pattern takes a whole name, never a part of a text, so that prose, file names
// and package names are not taken for models; and it never tries one place in two ways, so that no name takes long.

export const ROLES = [
  'chat',
  'embedding',
  'rerank',
  'image',
  'speech',
  'transcription',
  'moderation',
  'video',
  'vision',
  'completion',
] as const
export type Role = (typeof ROLES)[number]

export interface Family {
  /** Who made it. */
  vendor: string
  /** The provider that is meant where nothing else says who serves it; absent for open weights. */
  provider?: string
  role: Role
  /** Of a whole name in lower case. */
  pattern: RegExp
  /** Names that the pattern takes, and names close to them that it must leave. */
  hits: readonly string[]
  misses: readonly string[]
}

/** What may follow a version: a date, a size, a variant. */
export const TAIL = String.raw`(?:[-:@][a-z0-9][a-z0-9._]*)*`
export const family = (
  [vendor, provider]: [string, string?],
  role: Role,
  pattern: string,
  hits: readonly string[],
  misses: readonly string[] = [],
): Family => ({
  vendor,
  ...(provider === undefined ? {} : { provider }),
  role,
  pattern: new RegExp(`^(?:${pattern})$`),
  hits,
  misses,
})

export const OPENAI: [string, string] = ['openai', 'openai']
export const AMAZON: [string, string] = ['amazon', 'aws-bedrock']
export const WORD = String.raw`[a-z0-9][a-z0-9._]*`
