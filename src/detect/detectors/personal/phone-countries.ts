// The national numbers of countries, from the tables of libphonenumber. Only the tables are used: its parser takes some
// thirty microseconds a candidate, and a text may hold a hundred thousand of them.
import metadata from 'libphonenumber-js/min/metadata'

/** Tried for a number without a country code. Where a trunk prefix is written, it must be there. */
export const NATIONAL = [
  'AE',
  'AR',
  'AT',
  'AU',
  'BE',
  'BG',
  'BR',
  'CH',
  'CN',
  'CZ',
  'DE',
  'DK',
  'EG',
  'ES',
  'FI',
  'FR',
  'GB',
  'GR',
  'HU',
  'ID',
  'IE',
  'IL',
  'IN',
  'IT',
  'JP',
  'KE',
  'KR',
  'MX',
  'MY',
  'NG',
  'NL',
  'NO',
  'NZ',
  'PH',
  'PK',
  'PL',
  'PT',
  'RO',
  'SA',
  'SE',
  'SG',
  'SK',
  'TH',
  'TR',
  'UA',
  'VN',
  'ZA',
] as const

interface Plan {
  pattern: RegExp
  trunk: string
}

const plans = new Map<string, Plan | undefined>()

function planOf(country: string): Plan | undefined {
  if (!plans.has(country)) plans.set(country, readPlan(country))
  return plans.get(country)
}

function readPlan(country: string): Plan | undefined {
  const row: readonly unknown[] = Object.entries(metadata.countries).find(([name]) => name === country)?.[1] ?? []
  const [, , pattern, , , trunk] = row
  if (typeof pattern !== 'string') return undefined
  return { pattern: new RegExp(`^(?:${pattern})$`), trunk: typeof trunk === 'string' ? trunk : '' }
}

/** The number as it is dialled at home, digits only: does any country of the list assign such numbers? */
export function isNationalNumber(digits: string): boolean {
  return NATIONAL.some((country) => {
    const plan = planOf(country)
    if (!plan) return false
    if (plan.trunk === '') return digits.startsWith('0') && plan.pattern.test(digits)
    return digits.startsWith(plan.trunk) && plan.pattern.test(digits.slice(plan.trunk.length))
  })
}

const CODES = metadata.country_calling_codes

/** `digits` begin with a country code that exists and go on long enough to be a number there. */
export function isInternational(digits: string): boolean {
  for (let width = 1; width <= 3; width++) {
    if (Object.hasOwn(CODES, digits.slice(0, width))) return digits.length - width >= 6 && digits.length <= 15
  }
  return false
}
