// Characters piled up until layout, normalisation or a grapheme splitter chokes on them: marks upon marks, endless joined
// emoji, heaps of direction marks, characters that normalise to whole phrases. Each sort fills a bucket of its own that
// the characters between them drain, so that scripts rich in marks never fill one.
import { defineResourceGauge, type Gauge, type Passed } from './define-resource.ts'
import type { ResourceLimits } from './limits.ts'

interface Pile {
  kind: string
  note: string
  /** What one such character adds; undefined: as much as it grows by in normalisation. */
  adds: number | undefined
  /** What every other character takes away. */
  drains: number
  /** So many times the limit fill the bucket. */
  holds: number
}

const PILES: readonly Pile[] = [
  { kind: 'stacked-marks', note: 'Marks piled on letters', adds: 1, drains: 3, holds: 1 },
  { kind: 'joined-characters', note: 'Characters joined without end', adds: 6, drains: 2, holds: 3 },
  { kind: 'direction-marks', note: 'A heap of direction marks', adds: 8, drains: 2, holds: 3 },
  { kind: 'growing-characters', note: 'Characters that grow when normalised', adds: undefined, drains: 1, holds: 6 },
  { kind: 'selectors', note: 'A heap of invisible selectors', adds: 1, drains: 2, holds: 1 },
]
const [MARK, JOINER, DIRECTION, GROWS, SELECTOR] = [0, 1, 2, 3, 4]

const FIRST = 0x300

interface Tables {
  /** Of a unit: which pile it adds to, plus one. */
  pile: Uint8Array
  /** By how much it grows. */
  growth: Uint8Array
}

const EXPANDING: readonly (readonly [first: number, last: number])[] = [
  [0x2000, 0x2fff],
  [0x3200, 0x33ff],
  [0xfb00, 0xfdff],
  [0xfe70, 0xfeff],
]
/** Han, Hangul and private use hold no marks. */
const WITH_MARKS: readonly (readonly [first: number, last: number])[] = [
  [FIRST, 0x33ff],
  [0xa000, 0xabff],
  [0xf900, 0xfeff],
]

let tables: Tables | undefined

/** Made when the first such character is seen: most texts hold none. */
function buildTables(): Tables {
  const pile = new Uint8Array(65_536)
  const growth = new Uint8Array(65_536)
  for (const [first, last] of WITH_MARKS) {
    for (let unit = first; unit <= last; unit++) if (/\p{M}/u.test(String.fromCharCode(unit))) pile[unit] = MARK + 1
  }
  for (const [first, last] of EXPANDING) {
    for (let unit = first; unit <= last; unit++) {
      const grown = String.fromCharCode(unit).normalize('NFKC').length
      if (grown < 3) continue
      pile[unit] = GROWS + 1
      growth[unit] = grown - 1
    }
  }
  pile.fill(JOINER + 1, 0x200c, 0x200e)
  pile.fill(DIRECTION + 1, 0x200e, 0x2010)
  pile.fill(DIRECTION + 1, 0x202a, 0x202f)
  pile.fill(DIRECTION + 1, 0x2066, 0x206a)
  pile.fill(SELECTOR + 1, 0xfe00, 0xfe10)
  // The high surrogate that only tags and selectors have.
  pile[0xdb40] = SELECTOR + 1
  return { pile, growth }
}

/** A leading consonant of Korean on another: one syllable may have any number of them. */
const isLeadingJamo = (unit: number): boolean => unit >= 0x1100 && unit <= 0x115f

export const unicodePile = (limits: ResourceLimits) =>
  defineResourceGauge({
    id: 'unicode-pile',
    title: 'Characters piled up to choke whoever lays them out',
    severity: 'medium',
    least: 0,
    open: () => new PileGauge(limits.pile),
    examples: {
      hit: [
        `z${'\u0335\u0321\u0322'.repeat(limits.pile)}`,
        [...'this text is cursed all through']
          .map((letter) => `${letter}${'\u0316\u0317\u0318\u0319\u031c\u031d'}`)
          .join(''),
        '👩\u200d'.repeat(limits.pile * 2),
        '\u202e\u2066'.repeat(limits.pile),
        '\ufdfa'.repeat(limits.pile),
        `a${'\u{e0101}'.repeat(limits.pile * 2)}`,
        '\u1100'.repeat(limits.pile * 2),
      ],
      miss: [
        'Crème brûlée, naïve façade, Tiếng Việt'.normalize('NFD'),
        'สวัสดีครับ ยินดีที่ได้รู้จัก นี่คือข้อความภาษาไทยที่ยาวพอสมควร',
        'မြန်မာဘာသာစကားသည် မြန်မာနိုင်ငံ၏ ရုံးသုံးဘာသာစကား ဖြစ်ပြီး ကြောင့် ခြင်း',
        'בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ',
        'بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ محمد ﷺ',
        '👨‍👩‍👧‍👦 ❤️‍🔥 🏴‍☠️ 1️⃣2️⃣3️⃣4️⃣5️⃣ 👋🏽👋🏿'.repeat(4),
        'हिन्दी में लिखा हुआ एक सामान्य वाक्य जिसमें कई मात्राएँ हैं',
        '한국어'.normalize('NFD').repeat(20),
      ],
    },
  })

const NONE: readonly Passed[] = []

interface Height {
  now: number
  highest: number
  /** Where it was added to last. */
  at: number
}

/** Whether nothing can be piled up here, as in most texts: no bit of any unit is one that only higher ones have. */
function isPlain(units: Uint16Array, from: number, to: number): boolean {
  let bits = 0
  for (let i = from; i < to; i++) bits |= units[i] ?? 0
  return bits < FIRST
}

class PileGauge implements Gauge {
  readonly #limit: number
  /** Undefined until something is piled up: in most texts nothing is. */
  #heights: Height[] | undefined
  #offset = 0
  #before = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  read(units: Uint16Array, from: number, to: number): void {
    if (isPlain(units, from, to)) {
      this.#before = 0
      this.#offset += to - from
      return
    }
    let before = this.#before
    for (let i = from; i < to; i++) {
      const unit = units[i] ?? 0
      if (unit >= FIRST) {
        const pile = (tables ??= buildTables()).pile[unit] ?? 0
        if (pile > 0) this.#add(pile - 1, unit, this.#offset + i - from)
        else if (isLeadingJamo(unit) && isLeadingJamo(before)) this.#add(MARK, unit, this.#offset + i - from)
      }
      before = unit
    }
    this.#before = before
    this.#offset += to - from
  }

  passed(): readonly Passed[] {
    const heights = this.#heights
    if (heights === undefined) return NONE
    return PILES.filter(({ holds }, pile) => (heights[pile]?.highest ?? 0) >= holds * this.#limit).map(
      ({ kind, note }) => ({
        kind,
        note,
        confidence: 0.85,
      }),
    )
  }

  #add(index: number, unit: number, at: number): void {
    this.#heights ??= PILES.map(() => ({ now: 0, highest: 0, at: 0 }))
    const [pile, height] = [PILES[index], this.#heights[index]]
    if (!pile || !height) return
    // The second half of a tag or selector beyond the first plane is none of the others.
    const others = Math.max(0, at - height.at - (index === SELECTOR && unit === 0xdb40 ? 2 : 1))
    const left = Math.max(0, height.now - pile.drains * others)
    height.now = left + (pile.adds ?? tables?.growth[unit] ?? 0)
    height.at = at
    if (height.now > height.highest) height.highest = height.now
  }
}
