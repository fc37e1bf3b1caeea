// What counts as a key that works, and what only looks like one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysIn } from './hits.ts'

/** Put together here, so that this file does not look like a leak itself. */
const KEY = ['sk-proj-', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ'].join('')
const WORD = ['tR7v', 'Q2mK9x'].join('')

for (const [title, text, expected] of [
  ['a key that is assigned', `const apiKey = "${KEY}"`, 1],
  ['a key that is shown in an empty field', `const box = { placeHolder: "${KEY}" }`, 0],
  ['a key that is shown as a hint', `<input hint={'${KEY}'} />`, 0],
  ['a password in the address of a database', `DB=postgresql://shop:${WORD}@postgres:5432/shop`, 1],
  ['the name of a user as its password, nearby', 'DB=postgresql+psycopg://shopman:shopman@postgres:5432/shop', 0],
  ['the same, of a machine that others reach', 'DB=postgresql+psycopg://shopman9:shopman9@db.acme.io:5432/shop', 1],
  ['a place in a document', '"onepassword": "#/components/schemas/Parameter1"', 0],
] as const)
  test(title, async () => assert.equal((await keysIn(`x = 1\n${text}\n`)).length, expected))
