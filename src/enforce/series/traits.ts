// A text in numbers: how long, of which kinds of characters, and which pairs of them. Read in one pass.

import { toText } from '../../detect/text.ts'

export const TRAITS = ['size', 'letters', 'digits', 'marks', 'foreign', 'word-length', 'surprise'] as const
export type Trait = (typeof TRAITS)[number]

export const PAIRS = 256

export interface Traits {
  /** In the order of TRAITS, without the last. */
  values: readonly number[]
  /** How often a pair of characters fell on each number. Good until the next text is read. */
  pairs: Uint32Array
  /** Of all pairs. */
  count: number
}

/** Serves one text after the other. */
const pairs = new Uint32Array(PAIRS)

export function traitsOf(text: string, length: number): Traits {
  pairs.fill(0)
  let [letters, digits, marks, foreign, spaces, last] = [0, 0, 0, 0, 0, 32]
  const { units } = toText(text)
  for (let i = 0; i < text.length; i++) {
    let code = units[i] ?? 0
    if (code >= 65 && code <= 90) code += 32
    if (code >= 97 && code <= 122) letters++
    else if (code >= 48 && code <= 57) digits++
    else if (code <= 32) spaces++
    else if (code < 128) marks++
    else foreign++
    const pair = (Math.imul(last, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b)) >>> 24
    pairs[pair] = (pairs[pair] ?? 0) + 1
    last = code
  }
  const all = Math.max(1, text.length)
  const values = [
    Math.log2(length + 1),
    letters / all,
    digits / all,
    marks / all,
    foreign / all,
    Math.log2(1 + (all - spaces) / (spaces + 1)),
  ]
  return { values, pairs, count: text.length }
}
