// The words of a call, where the policy has them kept.
export interface Words {
  kept: 'redacted' | 'full'
  /** The body as the client sent it. */
  request: string
  /** The body as the client got it; of a stream, JSON of what it amounted to. */
  answer: string
  /** Some of it was too long to keep. */
  isCut: boolean
}
