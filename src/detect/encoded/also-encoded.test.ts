import assert from 'node:assert/strict'
import { deflateSync, gzipSync } from 'node:zlib'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { acceptDetector, acceptStream, inPieces } from '../accept.ts'
import { sample, seeded } from '../detectors/secrets/sample.ts'
import { secrets } from '../detectors/secrets/secrets.ts'
import { createEngine } from '../engine.ts'
import { tooDear } from '../pace.ts'
import { alsoEncoded } from './also-encoded.ts'

const encoded = alsoEncoded(secrets)
const engine = createEngine([encoded])

acceptDetector(encoded)

const hex = (code: number): string => code.toString(16).padStart(2, '0')
const each = (text: string, write: (code: number) => string): string =>
  text.replaceAll(/[^]/g, (char) => write(char.charCodeAt(0)))
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const codes = (text: string): number[] => Array.from(text, (char) => char.charCodeAt(0))
const base32 = (text: string): string =>
  each(text, (code) => code.toString(2).padStart(8, '0')).replaceAll(/.{1,5}/g, (bits) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(bits.padEnd(5, '0'), 2)),
  )

const inLines = (text: string, between: string): string =>
  base64(`${'x'.repeat(101)} ${text} ${'y'.repeat(90)}`).replaceAll(/(.{76})/g, `$1${between}`)

/** How a text may be written so that it does not look like itself. */
const WAYS: readonly (readonly [way: string, write: (text: string) => string])[] = [
  ['base64', base64],
  ['base64 for addresses, behind other bytes', (text) => Buffer.from(`??>>${text}`).toString('base64url')],
  ['base64 in a sentence that is encoded with it', (text) => base64(`The key is ${text}, keep it.`)],
  ['base64 of base64 of base64', (text) => base64(base64(base64(text)))],
  ['base64 in lines', (text) => inLines(text, '\r\n')],
  ['base64 in lines that JSON writes', (text) => JSON.stringify(inLines(text, '\r\n'))],
  ['base64 in lines of JSON in JSON', (text) => JSON.stringify(JSON.stringify(inLines(text, '\n')))],
  ['base64 in lines that are indented', (text) => inLines(text, '\n    ')],
  ['base64 in lines that are quoted', (text) => `> ${inLines(text, '\n> ')}`],
  ['base64 of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('base64')],
  ['base64 behind noise', (text) => Buffer.from(`\x89\xff\0\x01${text}\xfe`, 'latin1').toString('base64')],
  ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ['hexadecimal in pairs', (text) => each(text, (code) => `${hex(code)} `).toUpperCase()],
  ['hexadecimal in colons', (text) => Array.from(text, (char) => hex(char.charCodeAt(0))).join(':')],
  ['hexadecimal as in a program', (text) => `{${each(text, (code) => `0x${hex(code)}, `)}}`],
  ['base32', base32],
  ['base32 of small letters, behind other bytes', (text) => base32(`?>${text}`).toLowerCase()],
  ['base64 of what gzip packed', (text) => gzipSync(`The key is ${text}.`).toString('base64')],
  ['base64 of what zlib packed', (text) => deflateSync(`The key is ${text}.`).toString('base64url')],
  ['hexadecimal of what gzip packed', (text) => gzipSync(text).toString('hex')],
  ['numbers of a program', (text) => `String.fromCharCode(${codes(text).join(', ')})`],
  ['a list of numbers', (text) => JSON.stringify(codes(text))],
  ['numbers of three digits', (text) => each(text, (code) => String(code).padStart(3, '0'))],
  ['octal numbers', (text) => each(text, (code) => `${code.toString(8)} `)],
  ['bits', (text) => each(text, (code) => `${code.toString(2).padStart(8, '0')} `)],
  ['bits of a program', (text) => each(text, (code) => `0b${code.toString(2)}, `)],
  ['bits in a row', (text) => each(text, (code) => code.toString(2).padStart(8, '0'))],
  ['percent escapes', (text) => each(text, (code) => `%${hex(code)}`)],
  [
    'a percent escape within',
    (text) => text.replace(/^(...)(.)/, (_, a: string, b: string) => `${a}%${hex(b.charCodeAt(0))}`),
  ],
  ['percent escapes twice', (text) => each(text, (code) => `%25${hex(code)}`)],
  ['entities', (text) => each(text, (code) => `&#${code};`)],
  [
    'entities without end',
    (text) =>
      each(text, (code) => `&#x${hex(code)} `)
        .trimEnd()
        .replaceAll(' ', ''),
  ],
  ['escapes of JSON', (text) => each(text, (code) => `\\u00${hex(code)}`)],
  ['escapes of JSON in JSON', (text) => JSON.stringify(JSON.stringify(each(text, (code) => `\\u00${hex(code)}`)))],
  ['escapes of a program', (text) => each(text, (code) => `\\x${hex(code)}`)],
  ['octal escapes', (text) => each(text, (code) => `\\${code.toString(8).padStart(3, '0')}`)],
  [
    'octal escapes of bytes that say nothing',
    (text) => text.replaceAll(/(.)(?=(\d?))/g, (_, char: string, next: string) => `${char}\\0${next && '00'}`),
  ],
  ['a line of JSON', (text) => JSON.stringify(`first\n${text}`)],
  ['quoted-printable', (text) => each(text, (code) => `=${hex(code).toUpperCase()}`)],
  ['lines of quoted-printable', (text) => text.replaceAll(/(.{11})/g, '$1=\r\n')],
  ['a string that a program puts together', (text) => text.replaceAll(/(.{5})/g, '$1" + "')],
  ['a string of several lines', (text) => text.replaceAll(/(.{7})/g, "$1'\n      '")],
  ['a string that is put together in JSON', (text) => JSON.stringify(`"${text.slice(0, 4)}" + "${text.slice(4)}"`)],
  [
    'a letter of another alphabet',
    (text) => text.replace(/[sgA]/, (char) => ({ s: 'ѕ', g: 'ɡ', A: 'А' })[char] ?? char),
  ],
  [
    'letters of other alphabets',
    (text) => text.replaceAll(/[acepAKTB]/g, (char) => 'асерАКТВ'.charAt('acepAKTB'.indexOf(char))),
  ],
  ['letters with spaces between them', (text) => text.split('').join(' ')],
  ['letters with hyphens between them', (text) => text.split('').join('-')],
  ['letters in lines of their own', (text) => text.split('').join('\n')],
  ['letters with commas between them', (text) => text.split('').join(', ')],
  ['a list of letters', (text) => JSON.stringify(text.split(''))],
  ['spaces of no width', (text) => text.split('').join('\u200b')],
  ['a word joiner', (text) => `${text.slice(0, 9)}\u2060${text.slice(9)}`],
  ['soft hyphens', (text) => text.replaceAll(/(.{5})/g, '$1\u00ad')],
  ['full width', (text) => each(text, (code) => String.fromCharCode(code + 0xfee0))],
  ['circled letters', (text) => text.replaceAll(/[a-z]/g, (char) => String.fromCodePoint(0x246f + char.charCodeAt(0)))],
  ['full width in part', (text) => `${text[0]}${String.fromCharCode(text.charCodeAt(1) + 0xfee0)}${text.slice(2)}`],
  [
    'mathematical letters',
    (text) => text.replaceAll(/[a-z]/g, (char) => String.fromCodePoint(0x1d3b9 + char.charCodeAt(0))),
  ],
  ['letters with marks over them', (text) => text.split('').join('\u0301')],
  ['tags, which nobody sees', (text) => each(text, (code) => String.fromCodePoint(0xe0000 + code))],
  ['a tag between letters', (text) => `${text.slice(0, 7)}\u{e0041}${text.slice(7)}`],
  [
    'base64 with escaped slashes in JSON',
    (text) => JSON.stringify({ data: base64(`>>>???${text}`) }).replaceAll('/', '\\/'),
  ],
]

const TOKENS: readonly string[] = [
  sample('ghp_[0-9A-Za-z]{36}', seeded(3)),
  sample('AKIA[A-Z2-7]{16}', seeded(4)),
  sample('sk-ant-api03-[0-9A-Za-z_-]{93}AA', seeded(5)),
]
const AROUND: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['Sure, here it is: "', '". Anything else that I can do for you today?'],
]

for (const [way, write] of WAYS) {
  test(`a secret is found in ${way}, however a stream is cut`, () => {
    for (const token of TOKENS) {
      for (const [before, after] of AROUND) {
        const text = before + write(token) + after
        const { findings } = engine.scan(text, { role: 'assistant' })
        assert.ok(findings.length > 0, text)
        const left = findings.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
        assert.ok(left.length < text.length - token.length + 8, `what is left of it: ${left}`)
        acceptStream(engine, text, 'assistant')
      }
    }
  })
}

test('a password by its name is found in JSON within JSON, and behind base64', () => {
  const named = JSON.stringify({ user: 'bot', password: sample('[a-z]{5}[0-9]{4}[A-Z]{3}!', seeded(8)) })
  const wide = each(named, (code) => (code > 32 ? String.fromCharCode(code + 0xfee0) : '\u3000'))
  for (const text of [
    JSON.stringify({ body: JSON.stringify(named) }),
    base64(named),
    encodeURIComponent(named),
    wide,
  ]) {
    const { findings } = engine.scan(`See ${text}.`)
    assert.equal(findings[0]?.kind, 'password', text)
  }
})

const INNOCENT: readonly string[] = [
  'A, B, C and I: 1 2 3 4 5 6 7 8 9 0 1 2 3; | a | b | c | d | e | f | g | h | i | j | k | l | m |; - - - - - - - - - - - -',
  'See https://example.org/a%20b%2Fc?q=%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82&amp;lang=de and src/enforce/wire/openai-chat.ts',
  `sha256 ${Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 197 + 91) & 255)).toString('hex')}`,
  'sha512-9cJ8xvHqkP1v0s2mJYw0cYy3K5Vd8m2n4r6t8v0y2A4C6E8G0I2K4M6O8Q0S2U4W6Y8a0c2e4g6i8k0m2o4q6s==',
  base64('Dear Anna, the parcel arrived on Monday and the children love it.'),
  `const a = "Hello, " + "wor" + 'ld'; b = ' ' + "x"; if (a=20 && b==='') c="" + ''; =\n`,
  'Wi-Fiшка, VIP-зал, 3D-модель, Δx и CSS-класс; Москва',
  'printf("%d items\\n", n); // caf\\u00e9 \\"quoted\\" C:\\new\\table',
  '❤️ 👩‍🔬 ２０２４年 ＮＨＫ ニュース co\u00adopera\u00adtive',
  'cafe\u0301, u\u0308ber, Nguye\u0302\u0303n; 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} and \u202eשלום\u202c',
  '您好，世界！（１２３）：今天＝晴　天。',
  '23 45 67 41 52 63 74 55 46 37 28 39 40 51 62 73 64 55 46 37 28 39',
]

test('what is encoded and is no secret passes', () => {
  for (const text of INNOCENT) {
    assert.deepEqual(engine.scan(text).findings, [], text)
    acceptStream(engine, text, 'assistant')
  }
})

test('what stands in the open is found once', () => {
  for (const token of TOKENS)
    assert.equal(engine.scan(`a \\"quoted\\" word, then ${token} and %20.`).findings.length, 1)
})

test('texts of many escapes, or of many digits, take time in proportion', () => {
  const units = [
    '%67',
    '\\u0067',
    '&#103;',
    'g\u200b',
    '67 ',
    'Z2hw',
    '0x67,',
    '\\',
    '%2',
    ' %67',
    'g\u0301',
    '\u202eg',
    '\u{e0067}',
    '%D0%B0',
  ]
  assert.deepEqual(tooDear(engine, units), [])
})

test('texts with encoded parts are the same however a stream is cut', () => {
  const [token = ''] = TOKENS
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom(
      '%',
      '&',
      '&#',
      ';',
      '\\',
      '\\u',
      '%25',
      '\u200b',
      '\u202e',
      '\u202c',
      '\u{e0067}',
      '\udb40',
      '%D0',
      '%D0%B0',
      '\\xe2\\x80',
      '\n',
      ' ',
      'password="',
      '\ud835',
      '=',
      '0x',
      'A'.repeat(70),
    ),
    fc.constantFrom(...WAYS).map(([, write]) => write(token)),
    fc.base64String({ maxLength: 90 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
      assert.deepEqual(inPieces(engine, pieces, 'user'), engine.scan(pieces.join('')))
    }),
    { numRuns: 300 },
  )
})

test('a secret among noise of any length is found wherever it stands, however a stream is cut', () => {
  const [token = ''] = TOKENS
  const noise = fc.uint8Array({ maxLength: 900, size: 'max' })
  const write = fc.constantFrom(
    (bytes: Buffer) => bytes.toString('base64'),
    (bytes: Buffer) => bytes.toString('hex'),
    (bytes: Buffer) => bytes.toString('hex').replaceAll(/(..)/g, '$1:'),
    (bytes: Buffer) => bytes.toString('hex').replaceAll(/(.{5})/g, '$1 -- '),
  )
  fc.assert(
    fc.property(noise, noise, write, fc.integer({ min: 300, max: 2000 }), (before, after, written, size) => {
      const text = `See ${written(Buffer.concat([before, Buffer.from(` ${token} `), after]))}.`
      const pieces = text.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
      const whole = engine.scan(text)
      assert.ok(whole.findings.length > 0)
      assert.deepEqual(inPieces(engine, pieces, 'user'), whole)
    }),
    { numRuns: 200 },
  )
})
