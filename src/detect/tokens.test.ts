import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { estimateTokens, MOST_TOKENS, TokenMeter } from './tokens.ts'
import { toText } from './text.ts'

/** What cl100k_base makes of each text, counted with its tokenizer, and how far the estimate may be off. */
const KNOWN: readonly (readonly [what: string, tokens: number, error: number, text: string])[] = [
  [
    'prose',
    45,
    0.15,
    'The ferry leaves the harbour at dawn and the fog lifts slowly over the islands. Later the sun comes out, people walk along the quay and talk about the weather, and by noon nobody remembers that it was ever grey.',
  ],
  [
    'instructions',
    52,
    0.15,
    'Summarise the following report in three bullet points. Mention every figure that differs by more than 12.5 % from last year (2023), and end with a question for the board: should we open the second plant in Q4 or wait?',
  ],
  [
    'TypeScript',
    74,
    0.15,
    'export function createEngine(detectors: readonly AnyDetector[]): Engine {\n  const ids = detectors.map(({ id }) => id)\n  const twice = ids.find((id, at) => ids.indexOf(id) !== at)\n  if (twice !== undefined) throw new TypeError(`two detectors are called ${twice}`)\n  return { detectors, scan, open }\n}',
  ],
  [
    'JSON',
    72,
    0.15,
    '{"id": 4711, "name": "Northwind Traders", "tags": ["wholesale", "retail"], "address": {"street": "Long Acre Road 12", "city": "Leeds", "zip": "LS1 4AP"}, "active": true, "balance": -1203.75}',
  ],
  [
    'Markdown',
    74,
    0.15,
    '# Getting started\n\n1. Install the package: `npm install parapet`\n2. Run `npm start` and open <http://127.0.0.1:8787>\n\n| flag | meaning |\n| --- | --- |\n| `--json` | print a line of JSON for each text |\n| `--role` | who speaks |\n',
  ],
  [
    'German',
    56,
    0.15,
    'Die Fähre verlässt den Hafen im Morgengrauen, und der Nebel hebt sich langsam über den Inseln. Später kommt die Sonne heraus, und die Leute gehen am Kai spazieren und reden über das Wetter.',
  ],
  [
    'Russian',
    71,
    0.35,
    'Паром покидает гавань на рассвете, и туман медленно поднимается над островами. Позже выходит солнце, люди гуляют по набережной и говорят о погоде.',
  ],
  ['Chinese', 67, 0.35, '渡轮在黎明时分离开港口，雾气慢慢从岛屿上升起。后来太阳出来了，人们沿着码头散步，谈论着天气。'],
  [
    'Japanese',
    74,
    0.35,
    'フェリーは夜明けに港を出て、霧がゆっくりと島々の上に晴れていきます。やがて太陽が出て、人々は岸壁を歩きながら天気の話をします。',
  ],
  [
    'Base64',
    91,
    0.15,
    'q7Zr1vXc0PmKs4YdTgHwLbNf8eJxAo3RuQ6iWzCk2MtSy9DhVpEa5BlGnFjOrUX7qZ1vcP0mKs4YdTgHwLbNf8eJxAo3RuQ6iWzCk2M',
  ],
  [
    'numbers',
    59,
    0.15,
    '3.14159 2.71828 1.41421 1.73205 2.23606 2.44948 2.64575 2.82842 3.16227 3.31662 3.46410 3.60555',
  ],
  ['emoji', 44, 0.35, '😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙'],
  [
    'Arabic',
    84,
    0.35,
    'تغادر العبارة الميناء عند الفجر ويرتفع الضباب ببطء فوق الجزر. ثم تشرق الشمس ويتمشى الناس على الرصيف ويتحدثون عن الطقس.',
  ],
  [
    'Korean',
    79,
    0.35,
    '페리는 새벽에 항구를 떠나고 안개는 섬 위로 천천히 걷힙니다. 나중에 해가 나오면 사람들은 부두를 따라 걸으며 날씨 이야기를 합니다.',
  ],
]

for (const [what, tokens, error, text] of KNOWN) {
  test(`the estimate for ${what} is at most ${error * 100} % off`, () => {
    const off = estimateTokens(text) / tokens - 1
    assert.ok(Math.abs(off) <= error, `${estimateTokens(text)} for ${tokens}`)
  })
}

test('no text counts for more than its length allows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (text, times) => {
      const long = text.repeat(times)
      assert.ok(estimateTokens(long) <= Math.ceil(MOST_TOKENS * long.length))
    }),
  )
})

test('an estimate is the same however a text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 30 }), (pieces) => {
      const meter = new TokenMeter()
      for (const piece of pieces) meter.read(toText(piece).units, 0, piece.length)
      assert.equal(meter.tokens, estimateTokens(pieces.join('')))
    }),
  )
})
