// Text from outside as the doors accept it: no control or direction characters that could disguise what is shown. Any
// other character is only text, `<` and `=` as well: where it is shown it is never run.
import { z } from 'zod'

const CLEAN = String.raw`[^\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]`
const LINE = new RegExp(`^${CLEAN}*$`, 'u')
const PARAGRAPHS = new RegExp(String.raw`^(${CLEAN}|[\n\t])*$`, 'u')

/** One line, without space around it. */
export const lineOfText = (most: number) =>
  z.string().trim().min(1).max(most).regex(LINE, 'has invisible or control characters')

export const paragraphsOfText = (most: number) =>
  z.string().trim().min(1).max(most).regex(PARAGRAPHS, 'has invisible or control characters')
