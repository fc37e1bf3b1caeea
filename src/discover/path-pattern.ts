// Patterns of paths, name by name: `*` and `?` within one, `**` over any number of them. By steps that never go back over a
// name twice: a pattern from a hostile repository must not cost time.

/** What a pattern that ends before the path does stands for: nothing, a folder with all in it, or a folder or a file. */
export type Ends = 'whole' | 'folder' | 'either'

export function fitsPath(parts: readonly string[], names: readonly string[], ends: Ends): boolean {
  let reached = new Set([0])
  for (const [i, name] of names.entries()) {
    if (reached.has(parts.length) && ends !== 'whole') return true
    const next = new Set<number>()
    for (const at of reached) {
      for (let part = at; part < parts.length; part++) {
        const wanted = parts[part] ?? ''
        if (wanted === '**') next.add(part)
        else {
          if (fitsName(wanted, name)) next.add(part + 1)
          break
        }
      }
    }
    reached = next
    if (reached.size === 0) return false
    if (i === names.length - 1)
      return reached.has(parts.length) && ends !== 'folder'
        ? true
        : reached.has(parts.length - 1) && parts.at(-1) === '**'
  }
  return false
}

function fitsName(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0]
  while (n < name.length) {
    if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n]) && pattern[p] !== '*') {
      p++
      n++
    } else if (pattern[p] === '*') {
      star = p++
      mark = n
    } else if (star >= 0) {
      p = star + 1
      n = ++mark
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
