// The rules of those national numbers that take more than a weighted sum. Each gets the number without its gaps.
import { isDayMonth, weighted } from './check-digits.ts'

/** Two digits, as a number. */
export const day = (text: string, at: number): number => Number(text.slice(at, at + 2))

export function isSsn(s: string): boolean {
  const [area, group] = [Number(s.slice(0, 3)), s.slice(3, 5)]
  if (group === '00' || s.endsWith('0000') || area === 0 || area === 666) return false
  return area < 900 || Number(group) >= 50
}

export function isNir(s: string): boolean {
  const digits = s.toUpperCase().replace('2A', '19').replace('2B', '18')
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13))
}

export function isDni(s: string): boolean {
  const digits = s.slice(0, 8).toUpperCase().replace('X', '0').replace('Y', '1').replace('Z', '2')
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === s.at(-1)?.toUpperCase()
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

export function isCodiceFiscale(s: string): boolean {
  const code = s.toUpperCase()
  let sum = 0
  for (let i = 0; i < 15; i++) {
    const value = Number.parseInt(code.charAt(i), 36)
    const at = value > 9 ? value - 10 : value
    sum += i % 2 === 0 ? (ODD[at] ?? 0) : at
  }
  return code.charCodeAt(15) - 65 === sum % 26
}

export function isBelgian(s: string): boolean {
  const check = Number(s.slice(9))
  return [s.slice(0, 9), `2${s.slice(0, 9)}`].some((body) => 97 - (Number(body) % 97) === check)
}

export function isNorwegian(s: string): boolean {
  const first = weighted(s, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11
  return (
    first === 0 &&
    weighted(s, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 &&
    isDayMonth(day(s, 0) % 40, day(s, 2) % 40)
  )
}

export function isCpf(s: string): boolean {
  if (new Set(s).size === 1) return false
  const digit = (weights: number[]) => ((weighted(s, weights) * 10) % 11) % 10
  return (
    digit([10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(s[9]) && digit([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === Number(s[10])
  )
}

export function isRut(s: string): boolean {
  const body = s.slice(0, -1)
  let sum = 0
  for (let i = 0; i < body.length; i++) sum += Number(body.at(-1 - i)) * (2 + (i % 6))
  return '0K987654321'[sum % 11] === s.at(-1)?.toUpperCase()
}

export function isMyNumber(s: string): boolean {
  const rest = weighted(s, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return Number(s[11]) === (rest <= 1 ? 0 : 11 - rest)
}

export function isTurkish(s: string): boolean {
  const odd = weighted(s, [1, 0, 1, 0, 1, 0, 1, 0, 1])
  const even = weighted(s, [0, 1, 0, 1, 0, 1, 0, 1])
  return (((odd * 7 - even) % 10) + 10) % 10 === Number(s[9]) && (odd + even + Number(s[9])) % 10 === Number(s[10])
}

export function isBaltic(s: string): boolean {
  let rest = weighted(s, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
  if (rest === 10) rest = weighted(s, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11
  return rest % 10 === Number(s[10]) && isDayMonth(day(s, 5), day(s, 3))
}

export function isNric(s: string): boolean {
  const code = s.toUpperCase()
  const sum = weighted(code.slice(1), [2, 7, 6, 5, 4, 3, 2]) + (/[TG]/.test(code.charAt(0)) ? 4 : 0)
  return (/[ST]/.test(code.charAt(0)) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === code[8]
}

export function isHkid(s: string): boolean {
  const body = s.toUpperCase().padStart(9, ' ')
  let sum = 0
  for (let i = 0; i < 8; i++) {
    const char = body.charAt(i)
    sum += (9 - i) * (char === ' ' ? 36 : Number.parseInt(char, 36))
  }
  return '0123456789A'[(11 - (sum % 11)) % 11] === body[8]
}

export function isPps(s: string): boolean {
  const code = s.toUpperCase()
  const second = code.length === 9 && code[8] !== 'W' ? code.charCodeAt(8) - 64 : 0
  const sum = weighted(code, [8, 7, 6, 5, 4, 3, 2]) + 9 * second
  return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === code[7]
}

const TAIWAN = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'

export function isTaiwanese(s: string): boolean {
  const letter = TAIWAN.indexOf(s.charAt(0).toUpperCase()) + 10
  const digits = `${letter}${s.slice(1)}`
  return letter >= 10 && weighted(digits, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0
}
