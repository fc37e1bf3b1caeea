// What was seen of a provider. A client that is pointed elsewhere takes back what its import said, unless another is not.
export class Claims {
  readonly #seen = new Map<string, { kept: boolean; away: boolean }>()

  keep(provider: string) {
    this.#at(provider).kept = true
  }

  away(provider: string) {
    this.#at(provider).away = true
  }

  takenBack(): string[] {
    return [...this.#seen].filter(([, { kept, away }]) => away && !kept).map(([provider]) => provider)
  }

  #at(provider: string) {
    const known = this.#seen.get(provider) ?? { kept: false, away: false }
    this.#seen.set(provider, known)
    return known
  }
}
