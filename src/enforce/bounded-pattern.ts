// A pattern that a stranger wrote, tried on a text only where it cannot take long. Each repetition and
// each choice multiplies what going back over the text may cost, and where they stand inside of each other there is no end of
// it: such patterns, and those that would cost too much on this text, are refused.
import { Failure } from '../lib/failure.ts'

const MOST_STEPS = 5_000_000
const MOST_PATTERN = 1000

export function matchesPattern(text: string, pattern: string): boolean {
  if (pattern.length > MOST_PATTERN || stepsOf(pattern, Math.max(2, text.length)) > MOST_STEPS)
    throw new Failure('too_large', 'a pattern of the schema takes too long to check')
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    throw new Failure('input_invalid', 'a pattern of the schema cannot be read')
  }
}

const TOKEN = /\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\)|[*+?]\??|\{(\d*)(,?)(\d*)\}\??|\||[^]/gu

/** At most: what each repetition and each choice multiplies the work by. */
function stepsOf(pattern: string, length: number): number {
  /** Of each open group: whether something is repeated in it or to be chosen. */
  const groups: boolean[] = [false]
  let steps = pattern.startsWith('^') && !pattern.includes('|') ? 1 : length
  let closed = false
  for (const { 0: token, 1: least = '', 2: comma = '', 3: most = '' } of pattern.matchAll(TOKEN)) {
    const isRepetition = /^[*+?{]/.test(token) && token !== '{'
    if (token.startsWith('(')) {
      // Looking around and back is tried anew at every place.
      if (/^\(\?(?:[=!]|<[=!])/.test(token)) return Number.POSITIVE_INFINITY
      groups.push(false)
    } else if (token === ')') {
      closed = groups.pop() ?? false
      if (closed) groups[groups.length - 1] = true
      continue
    } else if (token === '|') {
      groups[groups.length - 1] = true
      steps *= 2
    } else if (/^\\[1-9k]/.test(token)) return Number.POSITIVE_INFINITY
    else if (isRepetition) {
      if (closed && !token.startsWith('?')) return Number.POSITIVE_INFINITY
      groups[groups.length - 1] = true
      const isOpen = /^[*+]/.test(token) || (comma !== '' && most === '')
      const choices = token.startsWith('?') ? 2 : comma === '' ? 1 : Number(most) - Number(least) + 1
      steps *= isOpen ? length : Math.max(1, Math.min(choices, length))
    }
    closed = false
  }
  return steps
}
