import assert from 'node:assert/strict'
import { createPrivateKey } from 'node:crypto'
import { describe, test } from 'node:test'
import { checkpointBody, signNote, withSignatures } from './checkpoint.ts'
import { toSigningKey } from './keys.ts'
import { NotValid, isSignedBy, parseCheckpoint, parseNote, parseVerifierKey } from './verify.ts'

// The example of the C2SP signed-note specification.
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const EXAMPLE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`

const seed = (byte: number) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]),
    format: 'der',
    type: 'pkcs8',
  })
const key = toSigningKey('example.org/log', seed(1))
const other = toSigningKey('example.org/log', seed(2))
const root = new Uint8Array(32).fill(9)
const note = signNote(checkpointBody('example.org/log', 12, root), [key])

const refused = (code: string) => (error: unknown) => error instanceof NotValid && error.code === code

describe('notes', () => {
  test('reads the example of the specification', async () => {
    assert.equal(await isSignedBy(parseNote(EXAMPLE), await parseVerifierKey(EXAMPLE_KEY)), true)
  })

  test('signs what it reads', async () => {
    const checkpoint = parseCheckpoint(note)
    assert.deepEqual([checkpoint.origin, checkpoint.size, checkpoint.root], ['example.org/log', 12, root])
    assert.equal(await isSignedBy(checkpoint.note, await parseVerifierKey(key.verifierKey)), true)
    assert.equal(await isSignedBy(checkpoint.note, await parseVerifierKey(other.verifierKey)), false)
  })

  test('carries further signatures, each once', async () => {
    const line = other.sign(checkpointBody('example.org/log', 12, root))
    const both = withSignatures(withSignatures(note, [line]), [line])
    assert.equal(parseNote(both).signatures.length, 2)
    for (const signer of [key, other])
      assert.equal(await isSignedBy(parseNote(both), await parseVerifierKey(signer.verifierKey)), true)
  })

  test('no signature survives the change of a single bit', async () => {
    const verifier = await parseVerifierKey(key.verifierKey)
    const bytes = parseNote(note).signatures[0]?.signature ?? assert.fail()
    for (let bit = 0; bit < 512; bit++) {
      const changed = Uint8Array.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const parsed = parseNote(note)
      const signatures = parsed.signatures.map((one) => Object.assign(one, { signature: changed }))
      await assert.rejects(isSignedBy({ ...parsed, signatures }, verifier), refused('bad-signature'))
    }
  })

  const line = note.slice(note.indexOf('— '))
  const strictNotes: [string, string][] = [
    ['no signature', 'text\n\n'],
    ['no blank line', `text\n${line}`],
    ['no final newline', note.slice(0, -1)],
    ['a carriage return', note.replace('\n', '\r\n')],
    ['a tab', note.replace('12', '\t12')],
    ['a hyphen in the place of the dash', note.replace('—', '-')],
    ['two spaces', note.replace('— ', '—  ')],
    ['a plus in the name', note.replace('— example.org/log', '— example+org/log')],
    ['no base64', note.replace(/ [^ ]+\n$/, ' !!!!\n')],
    ['base64 without padding', note.replace(/=+\n$/, '\n')],
    ['base64 with stray bits', note.replace(/(.)=\n$/, (_, char: string) => `${next(char)}=\n`)],
    ['a lone surrogate', note.replace('12', '\ud800')],
    ['too much text', `${'x\n'.repeat(40_000)}\n${line}`],
    ['too many signatures', `text\n\n${line.repeat(65)}`],
  ]
  for (const [title, text] of strictNotes) {
    test(`refuses a note with ${title}`, () => {
      assert.notEqual(text, note)
      assert.throws(() => parseNote(text), refused('wrong-format'))
    })
  }

  const body = (lines: string) => `${lines}\n\n${line}`
  const b64 = Buffer.from(root).toString('base64')
  for (const [title, text] of [
    ['a size with a leading zero', body(`log\n012\n${b64}`)],
    ['a negative size', body(`log\n-1\n${b64}`)],
    ['a size that is no safe integer', body(`log\n9999999999999999\n${b64}`)],
    ['a root of the wrong length', body(`log\n12\n${b64.slice(4)}`)],
    ['a root in hex', body(`log\n12\n${Buffer.from(root).toString('hex')}`)],
    ['an empty line', body(`log\n12\n${b64}\n\nmore`)],
    ['no root', body('log\n12')],
    ['no origin', body(`\n12\n${b64}`)],
  ] as const) {
    test(`refuses a checkpoint with ${title}`, () =>
      assert.throws(() => parseCheckpoint(text), refused('wrong-format')))
  }

  for (const [title, text] of [
    ['another id', EXAMPLE_KEY.replace('530d903a', '530d903b')],
    ['another name', EXAMPLE_KEY.replace('foo', 'bar')],
    ['an unknown type', EXAMPLE_KEY.replace('+Ae', '+Be')],
    ['an upper-case id', EXAMPLE_KEY.replace('530d903a', '530D903A')],
    ['a short key', EXAMPLE_KEY.slice(0, -4)],
    ['nothing in it', ''],
  ] as const) {
    test(`refuses a verifier key with ${title}`, async () => {
      await assert.rejects(parseVerifierKey(text), refused('wrong-format'))
    })
  }
})

function next(char: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return alphabet[(alphabet.indexOf(char) + 1) % 64] ?? ''
}
