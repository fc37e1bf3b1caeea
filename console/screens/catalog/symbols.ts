// Two letters for each control, as in a table of elements. They follow from the names and the order of the catalogue
// alone, so that the same catalogue always gives the same symbols.

export function symbolsOf(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const symbols = new Map<string, string>()
  for (const id of ids) {
    const symbol = candidates(id).find((candidate) => !taken.has(candidate)) ?? id.slice(0, 3)
    taken.add(symbol)
    symbols.set(id, symbol)
  }
  return symbols
}

function candidates(id: string): string[] {
  const [first = '', ...rest] = id.split('-')
  const head = first.charAt(0).toUpperCase()
  const letters = [...rest.map((word) => word.charAt(0)), ...first.slice(1), ...rest.join('').slice(1)]
  const two = letters.map((letter) => head + letter)
  const three = letters.flatMap((a) => letters.map((b) => head + a + b))
  return [...two, ...three]
}
