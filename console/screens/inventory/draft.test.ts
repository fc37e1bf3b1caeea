import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { idFromName, newDraft, toDraft, toStated, withChoices } from './draft.ts'

const IDS: readonly (readonly [name: string, id: string])[] = [
  ['Support assistant (EU)', 'support-assistant-eu'],
  ['  Prüfung Übersicht ', 'prufung-ubersicht'],
  ['=1+1', '1-1'],
  ['…', ''],
  ['a'.repeat(80), 'a'.repeat(64)],
]

for (const [name, id] of IDS) {
  test(`an asset called ${JSON.stringify(name.slice(0, 24))} gets an id that files can name`, () =>
    assert.equal(idFromName(name), id))
}

test('whatever it is called, the id is empty or one that the register takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      assert.match(idFromName(name), /^(|[a-z0-9]+(-[a-z0-9]+)*)$/)
      assert.ok(idFromName(name).length <= 64)
    }),
  )
})

test('fields that nobody filled are left out, and tags are told one by one', () => {
  const draft = { ...newDraft('tool'), name: ' Mailer ', tags: 'eu, , eu,mail', owners: { risk: 'ada@example.org' } }
  assert.deepEqual(toStated(draft), {
    kind: 'tool',
    name: 'Mailer',
    sanctioned: true,
    owners: { risk: 'ada@example.org' },
    tags: ['eu', 'mail'],
    links: [],
  })
})

const BODY = {
  id: 'bot',
  kind: 'system' as const,
  name: 'Bot',
  version: '2',
  exposure: 'team' as const,
  owners: { business: 'b@example.org', risk: 'r@example.org' },
  sanctioned: true,
  tags: ['eu'],
  links: [{ kind: 'calls' as const, to: 'model' }],
}

test('an asset that nobody changed is stated as it was', () => {
  const { id: _, ...stated } = BODY
  assert.deepEqual(toStated(toDraft(BODY)), stated)
})

test('a merge keeps theirs where theirs was chosen, and mine, also what I emptied, where mine was', () => {
  const theirs = { ...BODY, version: '3', owners: { business: 'b@example.org', risk: 'theirs@example.org' } }
  const mine = { ...toDraft(BODY), version: '', name: 'Not asked about', owners: { business: 'b@example.org' } }
  const settled = withChoices(theirs, mine, { version: 'mine', 'owners.risk': 'mine' })
  assert.equal(settled.version, '')
  assert.deepEqual(settled.owners, { business: 'b@example.org' })
  assert.equal(settled.name, 'Bot')
  assert.deepEqual(withChoices(theirs, mine, { version: 'theirs', 'owners.risk': 'theirs' }), toDraft(theirs))
})
