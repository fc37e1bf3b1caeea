// Looks into a document of which nothing is known but that it is JSON: what is not what it should be is not there.
export type Loose = Readonly<Record<string, unknown>>

export const record = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const word = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
