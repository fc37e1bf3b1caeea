// A text of a request or an answer, and the place in its body where it stands.
import type { JsonPath } from '../lib/json-edit.ts'
import type { Speaker } from '../model/finding.ts'
import type { TextPartKind } from './guard.ts'

export interface PlacedText {
  origin: Speaker
  part: TextPartKind
  at: JsonPath
  text: string
  /** A key, for instance: what is found in it can stop the whole, but not be cut. */
  fixed?: boolean | undefined
  /** How the text is written at its place, where it does not stand there as it is. */
  write?: ((text: string) => string) | undefined
}
