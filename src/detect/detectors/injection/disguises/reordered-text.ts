// Direction controls that make a reader see another order of characters than the model or the compiler gets. Arabic and
// Hebrew text use them honestly, translation libraries wrap names in isolates; but nobody needs an override over Latin
// letters, nor a right-to-left run in a line without any right-to-left letter.
import type { Disguise, Uncovered } from '../../../injection/disguise.ts'

const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** No script that is written from the right comes before it. */
const FIRST_RIGHT_TO_LEFT = 0x590
const LINE_FEED = 10
const POP = 0x202c
const [POP_ISOLATE, EMBED, ISOLATE] = [0x2069, 0x202b, 0x2067]

export const reorderedText: Disguise = {
  id: 'reordered-text',
  title: 'Direction controls that show the text in another order',
  note: 'Holds controls that make it look different from what it says.',
  trigger: { first: '\u202a-\u202e\u2066-\u2069', hit: (_, at) => at + 1 },
  reach: { before: 300, after: 600 },
  alone: 0.3,
  raises: 1.5,
  uncover(window, told) {
    const found: Uncovered[] = []
    for (let from = 0, to = 0; from < window.length; from = to + 1) {
      to = window.indexOf('\n', from)
      if (to < 0) to = window.length
      if (to <= told) continue
      const { alone, first, last } = suspicion(window, from)
      if (alone === 0) continue
      const plain = window.slice(from, to).replace(CONTROLS, '')
      found.push({ start: first, end: last + 1, text: `${plain}\n\n${turned(plain)}`, alone })
    }
    return found
  },
  examples: {
    hit: [
      'if (level !== "user\u202e \u2066// only for admins\u2069 \u2066") {',
      'The invoice is in annual\u202efdp.exe as agreed',
      '/*\u202e } \u2066if (isAdmin)\u2069 \u2066 begin admins only */',
    ],
    miss: [
      'Hello \u2068Anna\u2069, you have \u20683\u2069 new messages.',
      'הקובץ \u2066report.pdf\u2069 מוכן',
      '\u202bمرحبا بالعالم\u202c',
      'السعر \u202d1,200\u202c ريال',
    ],
  },
}

interface Suspicion {
  /** 0 to 1; 0 where the controls serve their purpose. */
  alone: number
  /** Its controls. */
  first: number
  last: number
}

/** Of the line that begins there, in one look: an attacker may write nothing but such lines. */
function suspicion(text: string, from: number): Suspicion {
  let [first, last] = [-1, -1]
  let [depth, isBalanced, hasRun, hasFar] = [0, true, false, false]
  /** An override is open, and so many Latin letters came in a row behind it. */
  let [isOverride, isOverridden, latin] = [false, false, 0]
  let at = from
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === LINE_FEED) break
    latin = isLatin(unit) ? latin + 1 : 0
    if (isOverride && latin === 2) isOverridden = true
    if (unit >= FIRST_RIGHT_TO_LEFT) hasFar = true
    if (!isControl(unit)) continue
    if (first < 0) first = at
    last = at
    if (unit === POP) isOverride = false
    else if (unit === 0x202d || unit === 0x202e) isOverride = true
    hasRun ||= unit === EMBED || unit === ISOLATE
    depth += unit === POP || unit === POP_ISOLATE ? -1 : 1
    isBalanced &&= depth >= 0
  }
  if (first < 0) return { alone: 0, first, last }
  const isHonest = !isOverridden && hasFar && RIGHT_TO_LEFT_LETTER.test(text.slice(from, at))
  const alone = isOverridden ? 0.75 : isHonest ? 0 : hasRun ? 0.6 : isBalanced && depth === 0 ? 0 : 0.55
  return { alone, first, last }
}

function turned(text: string): string {
  let turned = ''
  for (let at = text.length - 1; at >= 0; at--) turned += text.charAt(at)
  return turned
}

const isLatin = (unit: number): boolean => (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122)
const isControl = (unit: number): boolean => (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069)
