// The ways to write bytes as digits, and a quick look at a run of them: noise, of which most runs are, is told from letters
// without a byte being put together.

/** What is no digit: ends the bytes, is stepped over, or takes back the digit before it, as the x of 0x41 does. */
export const NONE = 255
export const STEP = 254
export const BACK = 253

/** How digits make bytes: each is worth so many bits, or some of them are the number of a byte. */
export type Digits = { bits: number } | { radix: number; most: number }

export interface PackedForm {
  /** Of a character below 128. */
  values: Uint8Array
  digits: Digits
  /** So many letters may have gone out before it is known that they are letters, where they begin with the run. */
  unsure: number
  /** A byte may begin at so many places, because letters may stand before the first digit. */
  phases: number
  /** Phases in which so many letters may stand in a row in a run, from one index to another, that they are a text: a bit each. */
  mayHold(units: Uint16Array, from: number, to: number): number
}

/** Forms that share most of their digits, so that one look finds the runs of all. */
export interface FormGroup {
  /** Of the form with the most characters. */
  values: Uint8Array
  /** The shortest run that may hold something. */
  shortest: number
  /** Its lines are at least so long where it is broken into lines; 0: line breaks are stepped over. */
  line: number
  forms: readonly PackedForm[]
}

/** Of a text; shorter ones hold no secret. */
export const FEWEST_LETTERS = 12
/** Where letters do not begin with the run, so many may have gone out before it is known that they are letters. */
export const UNSURE = 3

/** Whether a byte is a letter of a text, and the zeros of UTF-16. */
export const LETTERS = new Uint8Array(256)
LETTERS.fill(1, 0x20, 0x7f)
for (const blank of [0, 9, 10, 13]) LETTERS[blank] = 1

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = UPPER.toLowerCase()
const BETWEEN = ' :,;=-\\\t\r\n'
const SIXES = valuesOf([`${UPPER}${LOWER}0123456789+/`, `${UPPER}${LOWER}0123456789-_`])
const FOURS = valuesOf(['0123456789abcdef', '0123456789ABCDEF'], BETWEEN, 'xX')

/** Two digits of base64 → whether the byte that begins in the first one is a letter, by where in it: bits 0, 1 and 2. */
const PAIRS = new Uint8Array(4096)
for (let pair = 0; pair < 4096; pair++) {
  for (let place = 0; place < 3; place++)
    if (LETTERS[(pair >> (4 - 2 * place)) & 255] === 1) PAIRS[pair] = (PAIRS[pair] ?? 0) | (1 << place)
}

export const GROUPS: readonly FormGroup[] = [
  {
    values: SIXES,
    shortest: 16,
    line: 32,
    forms: [
      { values: SIXES, digits: { bits: 6 }, unsure: 0, phases: 4, mayHold: mayHoldSixes },
      formOf(valuesOf([`${UPPER}234567`]), { bits: 5 }),
      formOf(valuesOf([`${LOWER}234567`]), { bits: 5 }),
    ],
  },
  {
    values: FOURS,
    shortest: 24,
    line: 0,
    forms: [
      { values: FOURS, digits: { bits: 4 }, unsure: 0, phases: 2, mayHold: mayHoldFours },
      formOf(valuesOf(['0123456789'], BETWEEN), { radix: 10, most: 3 }),
      formOf(valuesOf(['01234567'], BETWEEN), { radix: 8, most: 3 }),
      formOf(valuesOf(['01'], BETWEEN, 'bB'), { radix: 2, most: 8 }),
    ],
  },
]

function formOf(values: Uint8Array, digits: Digits): PackedForm {
  const mayHold = 'bits' in digits ? bitsMayHold(values, digits.bits) : numbersMayHold(values, digits)
  // Every other word reads as base32 of a letter or two, and streams are words.
  return { values, digits, unsure: 'bits' in digits ? UNSURE : 0, phases: 1, mayHold }
}

/** All of it is read, with no note of what it says. */
function bitsMayHold(values: Uint8Array, bits: number): PackedForm['mayHold'] {
  return (units, from, to) => {
    let sum = 0
    let count = 0
    let letters = 0
    for (let at = from; at < to; at++) {
      const value = values[units[at] ?? 0] ?? NONE
      if (value < BACK) {
        sum = ((sum << bits) | value) & 0x3fff
        count += bits
        if (count < 8) continue
        count -= 8
        letters = LETTERS[(sum >> count) & 255] === 1 ? letters + 1 : 0
        if (letters >= FEWEST_LETTERS) return 1
      } else if (value === BACK) return 1
      else if (value === NONE) {
        count = 0
        letters = 0
      }
    }
    return 0
  }
}

function numbersMayHold(values: Uint8Array, { radix, most }: { radix: number; most: number }): PackedForm['mayHold'] {
  return (units, from, to) => {
    let sum = 0
    let count = 0
    let letters = 0
    for (let at = from; at <= to; at++) {
      const value = at < to ? (values[units[at] ?? 0] ?? NONE) : STEP
      if (value < BACK) {
        sum = sum * radix + value
        if (++count < most) continue
      } else if (value === BACK) return 1
      if (count > 0) {
        letters = LETTERS[sum] === 1 ? letters + 1 : 0
        if (letters >= FEWEST_LETTERS) return 1
        sum = 0
        count = 0
      }
      if (value === NONE) letters = 0
    }
    return 0
  }
}

const ALL_SIXES = 0b1111
const BOTH_FOURS = 0b11

/** Of four digits in a row, that is three bytes, every third four is among any that make a text. */
function mayHoldSixes(units: Uint16Array, from: number, to: number): number {
  for (let phase = 0; phase < 4; phase++) {
    for (let four = from + phase + 8; four + 4 <= to; four += 12) {
      if (!isText(units, four)) continue
      const isBefore = isText(units, four - 4)
      if (isBefore && isText(units, four - 8)) return ALL_SIXES
      if (four + 8 > to || !isText(units, four + 4)) continue
      if (isBefore || (four + 12 <= to && isText(units, four + 8))) return ALL_SIXES
    }
  }
  return 0
}

function isText(units: Uint16Array, at: number): boolean {
  const first = six(units, at)
  const second = six(units, at + 1)
  if (((PAIRS[(first << 6) | second] ?? 0) & 1) === 0) return false
  const third = six(units, at + 2)
  return ((PAIRS[(second << 6) | third] ?? 0) & 2) !== 0 && ((PAIRS[(third << 6) | six(units, at + 3)] ?? 0) & 4) !== 0
}

const six = (units: Uint16Array, at: number): number => SIXES[units[at] ?? 0] ?? 0

function mayHoldFours(units: Uint16Array, from: number, to: number): number {
  /** Letters in a row up to here, of bytes that end in this digit and of those that ended in the one before. */
  let [count, other] = [0, 0]
  let [last, phase, held] = [-1, 1, 0]
  for (let at = from; at < to; at++) {
    const value = FOURS[units[at] ?? 0] ?? 0
    if (value === STEP) continue
    if (value === BACK) return BOTH_FOURS
    const now = last >= 0 && LETTERS[(last << 4) | value] === 1 ? other + 1 : 0
    if (now >= FEWEST_LETTERS && (held |= 1 << phase) === BOTH_FOURS) return held
    other = count
    count = now
    last = value
    phase = 1 - phase
  }
  return held
}

function valuesOf(alphabets: readonly string[], steps = '', backs = ''): Uint8Array {
  const values = new Uint8Array(128).fill(NONE)
  for (const char of steps) values[char.charCodeAt(0)] = STEP
  for (const char of backs) values[char.charCodeAt(0)] = BACK
  for (const alphabet of alphabets)
    for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value
  return values
}
