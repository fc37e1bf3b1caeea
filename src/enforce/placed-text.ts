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
  /** A value of a structure: what stands beside it is another one. */
  isAlone?: boolean | undefined
  /** It does not stand there any more as it came. */
  isChanged?: boolean
  /** How the text is written at its place, where it does not stand there as it is. */
  write?: ((text: string) => string) | undefined
}
