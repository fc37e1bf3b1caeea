import assert from 'node:assert/strict'
import { test } from 'node:test'
import { showReply } from './reply.ts'
import { columns } from './text.ts'

const PLAIN = { width: 60, colour: false }
const account = (name: string, email: string) => ({
  id: 'acc_1',
  name,
  email,
  role: 'owner',
  disabled: false,
  createdAt: '2026-01-02T03:04:05.678Z',
})

test('a list is a table', () => {
  assert.equal(
    showReply({ items: [{ id: 'a', open: true, tags: ['x', 'y'], subject: { kind: 'log', id: '1' } }] }, PLAIN),
    'id  open  tags  subject\na   yes   x, y  log 1\n',
  )
})

test('a thing is its details, with what is long below', () => {
  assert.equal(
    showReply({ size: 3, lastAt: '2026-01-02T03:04:05.678Z', note: 'a\nb\n', gone: undefined }, PLAIN),
    'size     3\nlast at  2026-01-02 03:04:05Z\n\nnote\n  a\n  b\n',
  )
})

test('a table fits the terminal and says what it left out', () => {
  const items = [account('Ada Lovelace', 'ada.lovelace@example.com'), account('G', 'g@example.com')]
  const text = showReply({ items }, { width: 50, colour: false })
  for (const line of text.split('\n')) assert(columns(line) <= 50, line)
  assert.match(text, /\d more columns with --json/)
})

test('a table that goes to a file is not cut', () => {
  const text = showReply({ items: [{ long: 'x'.repeat(500) }] }, { width: Infinity, colour: false })
  assert(text.includes('x'.repeat(500)))
})

test('an empty list says so, and a long one how to go on', () => {
  assert.equal(showReply({ items: [] }, PLAIN), 'nothing\n')
  assert.match(showReply({ items: [{ a: 1 }], next: 'c1' }, PLAIN), /--all, or --cursor c1/)
})

test('what an attacker wrote cannot drive the terminal', () => {
  const text = showReply({ items: [{ 'k\u001b[2J': '\u001b]0;x\u0007' }], next: '\u009b1A' }, PLAIN)
  assert.doesNotMatch(text, /[\p{Cc}--\n]/v)
  assert.doesNotMatch(showReply({ note: 'a\n\u001b[2J' }, PLAIN), /[\p{Cc}--\n]/v)
})
