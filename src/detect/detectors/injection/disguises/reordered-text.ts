// Direction controls that make a reader see another order of characters than the model or the compiler gets. Arabic and
// Hebrew text use them honestly, translation libraries wrap names in isolates; but nobody needs an override over Latin
// letters, nor a right-to-left run in a line without any right-to-left letter.
import type { Disguise, Uncovered } from '../../../injection/disguise.ts'

const LINE = /[^\n]*[\u202a-\u202e\u2066-\u2069][^\n]*/g
const CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g
const OVERRIDE = /[\u202d\u202e][^\u202c\n]*[A-Za-z]{2}/
const RIGHT_TO_LEFT_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const RIGHT_TO_LEFT_RUN = /[\u202b\u2067]/
const OPENS = '\u202a\u202b\u202d\u202e\u2066\u2067\u2068'

export const reorderedText: Disguise = {
  id: 'reordered-text',
  title: 'Direction controls that show the text in another order',
  note: 'Holds controls that make it look different from what it says.',
  trigger: { first: '\u202a-\u202e\u2066-\u2069', hit: (_, at) => at + 1 },
  reach: { before: 300, after: 600 },
  alone: 0.3,
  raises: 1.5,
  uncover(window) {
    return [...window.matchAll(LINE)].flatMap(({ index, 0: line }): Uncovered[] => {
      const alone = suspicion(line)
      if (alone === 0) return []
      const plain = line.replace(CONTROLS, '')
      const start = index + line.search(CONTROLS)
      const end = index + lastControl(line) + 1
      return [{ start, end, text: `${plain}\n\n${plain.split('').toReversed().join('')}`, alone }]
    })
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

/** 0 to 1; 0 where the controls serve their purpose. */
function suspicion(line: string): number {
  if (OVERRIDE.test(line)) return 0.75
  if (RIGHT_TO_LEFT_LETTER.test(line)) return 0
  if (RIGHT_TO_LEFT_RUN.test(line)) return 0.6
  return isBalanced(line) ? 0 : 0.55
}

function isBalanced(line: string): boolean {
  let depth = 0
  for (const [control] of line.matchAll(CONTROLS)) {
    depth += OPENS.includes(control) ? 1 : -1
    if (depth < 0) return false
  }
  return depth === 0
}

function lastControl(line: string): number {
  return [...line.matchAll(CONTROLS)].at(-1)?.index ?? 0
}
