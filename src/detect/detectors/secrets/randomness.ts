// Is this the work of a generator or of a person? Entropy cannot say: ultraPictureBox1 and rA1wk0Y45YCufyfq have nearly
// the same. Generated text changes between lower, upper and digit far more often than names and sentences do.
import { entropy } from './entropy.ts'

const CLASS = { lower: 1, upper: 2, digit: 3, other: 4 } as const

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return CLASS.lower
  if (code >= 65 && code <= 90) return CLASS.upper
  if (code >= 48 && code <= 57) return CLASS.digit
  return CLASS.other
}

export interface Shape {
  lower: number
  upper: number
  digits: number
  others: number
  /** Changes of class between neighbours, per pair. From upper to lower is none: it begins every word of a name. */
  changes: number
}

export function shapeOf(text: string): Shape {
  const counts = [0, 0, 0, 0, 0]
  let changes = 0
  let last = 0
  for (let i = 0; i < text.length; i++) {
    const kind = classOf(text.charCodeAt(i))
    counts[kind] = (counts[kind] ?? 0) + 1
    if (i > 0 && kind !== last && !(last === CLASS.upper && kind === CLASS.lower)) changes++
    last = kind
  }
  return {
    lower: counts[CLASS.lower] ?? 0,
    upper: counts[CLASS.upper] ?? 0,
    digits: counts[CLASS.digit] ?? 0,
    others: counts[CLASS.other] ?? 0,
    changes: text.length > 1 ? changes / (text.length - 1) : 0,
  }
}

export function isGenerated(text: string, least: number): boolean {
  const shape = shapeOf(text)
  if (shape.digits === 0 && (shape.lower === 0 || shape.upper === 0 || shape.changes < 0.25)) return false
  if (shape.lower + shape.upper === 0) return false
  if (shape.changes <= 0.2 || shape.others > text.length * 0.3) return false
  return entropy(text) >= least
}
