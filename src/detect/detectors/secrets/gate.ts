// The literal a pattern begins with, lower-cased: what the shared automaton looks for before the pattern is tried.

/** Stops at the first character that is not sure to be there. `[.]` counts as the literal it is. */
export function gateOf(source: string): string {
  let literal = ''
  const start = /^(?:\(\?<?[!=][^)]*\))*/.exec(source)?.[0].length ?? 0
  for (let at = start; at < source.length;) {
    const single = /^\[([^\]\\^])\]/.exec(source.slice(at, at + 3))
    const [char, width] = single ? [single[1] ?? '', 3] : [source[at] ?? '', 1]
    if (!single && /[[\](){}|?*+.^$\\]/.test(char)) break
    const next = source[at + width] ?? ''
    if (/[?*{]/.test(next)) break
    literal += char
    at += width
  }
  if (literal.length < 2) throw new Error(`the pattern ${source} begins with no literal: name its gates`)
  return literal.toLowerCase()
}
