// What a row of the credential tables may say. A kind is data: a shape, the literals that gate it, and the checks that
// tell a live value from a look-alike. Rows are written against the issuers' own descriptions of their formats.
import { gateOf } from './gate.ts'

export type SecretSeverity = 'low' | 'medium' | 'high' | 'critical'

export interface KindOptions {
  /** Least Shannon entropy of the secret in bits per character. */
  entropy?: number
  /** The issuer's own checksum. A wrong one lowers the confidence: a mistyped or made-up token is still reported. */
  checksum?: (secret: string) => boolean
  /** Says no to a match that has the shape but cannot be one. */
  accept?: (secret: string) => boolean
  /** Lower-case literals, where the pattern does not begin with one. */
  gates?: readonly string[]
  /** How many characters before the literal the match begins: exactly so many, or from so many to so many. */
  back?: number | readonly [least: number, most: number]
  /** The pattern may stop inside a longer run: what follows is not asked. */
  goesOn?: boolean
  /** Letters of either case. */
  anyCase?: boolean
  severity?: SecretSeverity
  /** The longest match, where the pattern's own bounds are too generous for a window. */
  longest?: number
}

/** `[id, title, pattern, options]`. The group `secret`, where present, is what is reported; else the whole match is. */
export type TokenRow = readonly [id: string, title: string, pattern: string, options?: KindOptions]

/** `[id, title, words, value, options]`: a value that says nothing by itself, assigned to something named after its issuer. */
export type NamedRow = readonly [id: string, title: string, words: string, value: string, options?: KindOptions]

export interface SecretKind {
  id: string
  title: string
  /** `token`: the pattern is tried at the literal. `named`: at the value assigned to the literal. */
  way: 'token' | 'named'
  gates: readonly string[]
  source: string
  /** Sticky. */
  pattern: RegExp
  back: { least: number; most: number }
  /** How far a match may reach behind the literal. */
  longest: number
  /** A match may hold white space, so that white space does not end it. */
  spaced: boolean
  entropy: number
  checksum: ((secret: string) => boolean) | undefined
  accept: ((secret: string) => boolean) | undefined
  severity: SecretSeverity
}

// A token does not go on in letters or digits on either side. An underscore before it is a name's: MY_ghp_….
const BEFORE = '(?<![0-9A-Za-z])'
const AFTER = '(?![0-9A-Za-z])'
// A value that goes on as a call, a member or a longer word is code, not a literal.
const VALUE_AFTER = '(?![\\w\\-+/=]|[.][\\w]|[(])'

export function toTokenKind([id, title, source, options = {}]: TokenRow): SecretKind {
  const before = /^[A-Za-z0-9(]/.test(source) && !source.startsWith('(?<') ? BEFORE : ''
  const after = !options.goesOn && /[\])}A-Za-z0-9]$/.test(source) && !/\(\?[!=][^)]*\)$/.test(source) ? AFTER : ''
  return toKind('token', id, title, options.gates ?? [gateOf(source)], source, `${before}${source}${after}`, options)
}

export function toNamedKind([id, title, words, value, options = {}]: NamedRow): SecretKind {
  return toKind('named', id, title, words.split(' '), value, `${value}${VALUE_AFTER}`, options)
}

/** No match is longer: the sum of all that may repeat, and the rest of the pattern as it is written. */
function longestOf(source: string): number {
  return [...source.matchAll(/\{(?:\d+,)?(\d+)\}/g)].reduce((sum, [, most]) => sum + Number(most), source.length)
}

function toKind(
  way: SecretKind['way'],
  id: string,
  title: string,
  gates: readonly string[],
  source: string,
  pattern: string,
  options: KindOptions,
): SecretKind {
  const [least, most] = typeof options.back === 'number' ? [options.back] : (options.back ?? [])
  const spaced = /\\s| \{|\[ |\[\^/.test(source.replaceAll('[^\\s', ''))
  return {
    id,
    title,
    way,
    gates,
    source,
    pattern: new RegExp(pattern, options.anyCase ? 'iy' : 'y'),
    back: { least: least ?? 0, most: most ?? least ?? 0 },
    longest: options.longest ?? (spaced ? 1000 : longestOf(source)),
    spaced,
    entropy: options.entropy ?? (way === 'named' ? 2.5 : 0),
    checksum: options.checksum,
    accept: options.accept,
    severity: options.severity ?? 'high',
  }
}
