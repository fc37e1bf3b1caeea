// Each list is a rule: `{name}` in a text draws from the list of that name.
export type Grammar = Readonly<Record<string, readonly string[]>>
