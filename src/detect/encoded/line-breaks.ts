// Where the line of a run of digits ends and the next one begins: at the end of a line, or at one that is written as an escape,
// as in JSON within JSON; and behind what stands before each line of a block that is indented or quoted.

const [LINE_FEED, RETURN, BACKSLASH] = [10, 13, 0x5c]
const [LETTER_N, LETTER_R] = [0x6e, 0x72]
const [SPACE, TAB, QUOTING] = [0x20, 9, 0x3e]
/** JSON within JSON within JSON within JSON. */
const MOST_BACKSLASHES = 8
const WIDEST_INDENT = 32

export const mayBreak = (unit: number): boolean => unit === LINE_FEED || unit === RETURN || unit === BACKSLASH

/** The place itself: no line ends there. The end: more of the text must come before it is known. */
export function endOfBreak(units: Uint16Array, at: number, end: number): number {
  const feed = behind(units, at, end, RETURN, LETTER_R)
  if (feed === end) return end
  const next = behind(units, feed, end, LINE_FEED, LETTER_N)
  if (next === feed) return at
  let line = next
  while (line < end && line - next < WIDEST_INDENT && isIndent(units[line] ?? 0)) line++
  return line
}

/** Behind such a sign, as it is or as an escape. */
function behind(units: Uint16Array, at: number, end: number, sign: number, letter: number): number {
  if (at < end && units[at] === sign) return at + 1
  let slash = at
  while (slash < end && slash - at < MOST_BACKSLASHES && units[slash] === BACKSLASH) slash++
  if (slash === end) return end
  return slash > at && units[slash] === letter ? slash + 1 : at
}

const isIndent = (unit: number): boolean => unit === SPACE || unit === TAB || unit === QUOTING
