// What a text may ask of whoever reads it, before it counts as built to exhaust them.

export interface ResourceLimits {
  /** Longest text, in UTF-16 units. */
  characters: number
  /** Most tokens, estimated. */
  tokens: number
  /** How much of a text may say again what it said just before, in characters. */
  repeated: number
  /** Deepest nesting of brackets, elements, quotations or lists. */
  depth: number
  /** How many times its own size a packed part may unpack to, and from how many bytes on that matters. */
  unpackRatio: number
  unpackedBytes: number
  /** How many characters the entities or aliases of a document may stand for. */
  expanded: number
  /** How many combining marks may pile up; joined, turned and expanding characters are measured by it as well. */
  pile: number
}

export const RESOURCE_LIMITS: ResourceLimits = {
  characters: 1_000_000,
  tokens: 200_000,
  repeated: 4096,
  depth: 100,
  unpackRatio: 100,
  unpackedBytes: 32_768,
  expanded: 10_000,
  pile: 40,
}
