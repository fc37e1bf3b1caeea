// Canaries: words that nobody says, put where nobody should read. When one turns up in an answer, what stood round it
// was read. The word is looked for as it is, reversed, in hexadecimal and in base64 at each of its three alignments.
import { Failure } from '../../../lib/failure.ts'
import { defineDetector, type Detector, LONGEST_LITERAL } from '../../define.ts'
import { all } from './all.ts'

const SHORTEST = 8
const LONGEST = 32

export function canary(words: readonly string[]): Detector {
  for (const word of words) {
    if (/^[\x21-\x7e]+$/.test(word) && word.length >= SHORTEST && word.length <= LONGEST) continue
    throw new Failure('input_invalid', 'a canary cannot be looked for', {
      hint: `use ${SHORTEST} to ${LONGEST} printable ASCII characters without spaces`,
    })
  }
  const disguises = new Map<string, string>()
  for (const word of words) for (const [form, note] of formsOf(word)) disguises.set(form.toLowerCase(), note)
  const [example = ''] = words
  const pattern = new RegExp([...disguises.keys()].map((form) => form.replaceAll(/[^\w]/g, '\\$&')).join('|'), 'gi')
  return defineDetector<Detector>({
    id: 'canary',
    control: 'sensitive-output-handling',
    family: 'output',
    title: 'A canary, where nobody should have read it',
    severity: 'critical',
    literals: [...disguises.keys()],
    reach: { before: 2, after: 2 },
    detect: (window) =>
      all(window, pattern, ({ 0: form }) => ({
        confidence: 0.98,
        note: disguises.get(form.toLowerCase()) ?? 'A canary',
        redaction: '[withheld]',
      })),
    shapes: [{ pattern }],
    examples: { hit: [`so ${example} it is`], miss: [`so ${example.slice(1)} it is`] },
  })
}

function formsOf(word: string): [form: string, note: string][] {
  const encoded = [0, 1, 2].map((shift) => {
    const code = Buffer.from(`${'\0'.repeat(shift)}${word}`)
      .toString('base64')
      .replace(/=+$/, '')
    // The first and last characters of a stretch depend on its neighbours too.
    return code.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + word.length) * 8) / 6))
  })
  const forms: [string, string][] = [
    [word, 'A canary'],
    [[...word].toReversed().join(''), 'A canary, reversed'],
    [Buffer.from(word).toString('hex'), 'A canary in hexadecimal'],
    ...encoded.map((code): [string, string] => [code, 'A canary in base64']),
  ]
  return forms.filter(([form]) => form.length >= SHORTEST && form.length <= LONGEST_LITERAL)
}
