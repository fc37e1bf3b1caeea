// Cuts a line of a log into what it is made of.

/** The cells of a line of CSV; quotes are doubled inside quotes. A line with a quote left open is read to its end. */
export function csvCells(line: string): string[] {
  const cells: string[] = []
  for (let at = 0; at <= line.length;) {
    if (line[at] !== '"') {
      const comma = line.indexOf(',', at)
      const end = comma < 0 ? line.length : comma
      cells.push(line.slice(at, end).trim())
      at = end + 1
      continue
    }
    let [cell, from] = ['', at + 1]
    for (;;) {
      const quote = line.indexOf('"', from)
      if (quote < 0) {
        cell += line.slice(from)
        at = line.length + 1
        break
      }
      cell += line.slice(from, quote)
      if (line[quote + 1] === '"') {
        cell += '"'
        from = quote + 2
        continue
      }
      const comma = line.indexOf(',', quote)
      at = comma < 0 ? line.length + 1 : comma + 1
      break
    }
    cells.push(cell)
  }
  return cells
}

export function jsonObject(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value = JSON.parse(line) as unknown
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Members that are words or numbers, as words, by their names in small letters. */
export function lowerKeys(object: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]: [string, unknown]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name.toLowerCase(), String(value)]]
        : [],
    ),
  )
}

/** What a program wrote, out of what a container runtime or a shipper of logs put around it. */
export function unwrapped(line: string): string {
  if (!/"(?:log|message)"\s*:\s*"/.test(line)) return line
  const { log, message } = jsonObject(line) ?? {}
  const said = typeof log === 'string' ? log : message
  return typeof said === 'string' && said.trim() !== '' ? said.trimEnd() : line
}

/** The members of an entry in ArcSight's common event format; undefined where it is none. */
export function cefFields(line: string): Readonly<Record<string, string>> | undefined {
  const [, rest] = /CEF:\d\|(?:(?:[^|\\]|\\.)*\|){6}(.*)$/.exec(line) ?? []
  if (rest === undefined) return undefined
  // Values may hold spaces: each goes on to the next name.
  const names = [...rest.matchAll(/(?:^|\s)(\w+)=/g)]
  const members = names.map(([said, name = ''], i): [string, string] => {
    const value = rest.slice((names[i]?.index ?? 0) + said.length, names[i + 1]?.index)
    const bare = value.trim().replace(/^"(.*)"$/, '$1')
    return [name.toLowerCase(), bare.replaceAll(/\\([=|\\])/g, '$1')]
  })
  return Object.fromEntries(members)
}
