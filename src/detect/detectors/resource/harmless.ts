// Most texts are short and plain, and no resource detector can find anything in them: nothing is packed, named or piled up,
// and there is less structure than may be nested. One look at each character says so; asking each detector costs many.
// Invariant: where it says yes, none of them would find anything.
import { toText } from '../../text.ts'
import { MOST_TOKENS } from '../../tokens.ts'
import { SHORTEST } from './decompression-bomb.ts'
import type { ResourceLimits } from './limits.ts'

/** Whether it counts as structure, may be packed data, or needs a closer look. */
const STRUCTURE = 1
const PACKED = 2
const UNSURE = 4

const KINDS = new Uint8Array(65_536).fill(UNSURE)
KINDS.fill(0, 0, 0x300)
/** Dashes, quotation marks and dots of the sort that people type. */
KINDS.fill(0, 0x2010, 0x2026)
mark('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-', PACKED)
// What opens and closes, escapes, quotes and lists; each level of what is indented has a line of its own.
mark('()[]{}"\\>\n-*+', STRUCTURE)
// Elements and entities, references to parts that have a name.
mark('<&', UNSURE)

function mark(units: string, kind: number): void {
  for (let i = 0; i < units.length; i++) {
    const unit = units.charCodeAt(i)
    KINDS[unit] = (KINDS[unit] ?? 0) | kind
  }
}

/** Longer texts are worth the detectors. */
const LONGEST = 4096

/** Tells of a text whether it can pass none of the limits. */
export function harmlessUnder({ characters, tokens, repeated, depth }: ResourceLimits): (text: string) => boolean {
  const longest = Math.min(LONGEST, characters, tokens / MOST_TOKENS, repeated)
  return (text) => text.length < longest && isPlain(text, depth)
}

function isPlain(text: string, depth: number): boolean {
  const { units } = toText(text)
  // The first line is indented as well.
  let [structure, run] = [1, 0]
  for (let i = 0; i < text.length; i++) {
    const kind = KINDS[units[i] ?? 0] ?? UNSURE
    if (kind === UNSURE) return false
    structure += kind & STRUCTURE
    run = (kind & PACKED) === 0 ? 0 : run + 1
    if (run === SHORTEST) return false
  }
  return structure <= depth
}
