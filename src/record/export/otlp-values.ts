// OTLP as JSON: attributes as the protocol spells them, and 64-bit numbers as text, because that is how proto3 writes them.
export interface KeyValue {
  key: string
  value: OneValue | { arrayValue: { values: OneValue[] } }
}

type OneValue = { stringValue: string } | { intValue: string } | { doubleValue: number } | { boolValue: boolean }
type Plain = string | number | boolean

export function attributesOf(values: Readonly<Record<string, Plain | readonly Plain[] | undefined>>): KeyValue[] {
  return Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: valueOf(value) }]))
}

function valueOf(value: Plain | readonly Plain[]): KeyValue['value'] {
  return isPlain(value) ? oneOf(value) : { arrayValue: { values: value.map(oneOf) } }
}

const isPlain = (value: Plain | readonly Plain[]): value is Plain => !Array.isArray(value)

function oneOf(value: Plain): OneValue {
  if (typeof value === 'string') return { stringValue: value.toWellFormed() }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

/** Milliseconds since the epoch, to the microsecond. */
export function nanosOf(ms: number): string {
  const whole = Math.floor(ms)
  const rest = Math.round((ms - whole) * 1e6)
  return String(BigInt(whole) * 1_000_000n + BigInt(rest))
}

export interface Telling {
  service: string
  version: string
  /** Tells replicas apart. */
  instance: string
}

export const resourceOf = ({ service, version, instance }: Telling) => ({
  attributes: attributesOf({
    'service.name': service,
    'service.version': version,
    'service.instance.id': instance,
  }),
})

export const scopeOf = ({ version }: Telling) => ({ name: 'parapet.gateway', version })
