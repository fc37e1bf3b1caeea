// Percent escapes back to what they stand for: an escape that was escaped again (%2520) is still one.
const ESCAPE = /%([0-9a-f]{2})/gi
const MOST_ROUNDS = 3

export function withoutPercents(text: string): string {
  let plain = text
  for (let round = 0; round < MOST_ROUNDS && plain.includes('%'); round++) {
    const next = plain.replace(ESCAPE, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    if (next === plain) break
    plain = next
  }
  return plain
}
