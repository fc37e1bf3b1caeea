// A benchmark says what it measured, against what, in the same run: a ratio holds on other machines where a number of
// milliseconds does not.

export interface Row {
  what: string
  measured: string
  /** What it is compared with; a limit, or the bare operation measured in the same run. */
  reference: string
  ratio: number | undefined
  /** Empty where the number is only to be seen. */
  target: string
  met: boolean
}

export interface Bench {
  title: string
  run(): Promise<Row[]>
}

export const defineBench = (bench: Bench): Bench => bench

/** A row for something that must stay below a fixed limit. */
export function limited(what: string, value: number, limit: number, unit: string): Row {
  const shown = (amount: number) => `${amount >= 100 ? Math.round(amount) : Number(amount.toPrecision(3))} ${unit}`
  const ratio = value / limit
  return { what, measured: shown(value), reference: shown(limit), ratio, target: `≤ ${shown(limit)}`, met: ratio <= 1 }
}

/** A row that is only to be seen. */
export function told(what: string, measured: string): Row {
  return { what, measured, reference: '', ratio: undefined, target: '', met: true }
}

const shown = (value: number, unit: string) => `${Number(value.toPrecision(3))} ${unit}`.trim()

export function atLeast(what: string, value: number, least: number, unit = ''): Row {
  return { ...told(what, shown(value, unit)), target: `≥ ${shown(least, unit)}`, met: value >= least }
}

export function atMost(what: string, value: number, most: number, unit = ''): Row {
  return { ...told(what, shown(value, unit)), target: `≤ ${shown(most, unit)}`, met: value <= most }
}
