import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { acceptDetector, inPieces } from '../../accept.ts'
import { createEngine } from '../../engine.ts'
import { acceptPace } from '../../pace.ts'
import { GATES, SECRET_KINDS } from './gates.ts'
import type { SecretKind } from './kind.ts'
import { sample, seeded } from './sample.ts'
import { secrets } from './secrets.ts'

acceptDetector(secrets)
acceptPace(secrets)

const engine = createEngine([secrets])
const kindsIn = (text: string): string[] => engine.scan(text, { role: 'tool' }).findings.map(({ kind }) => kind)

/** A credential of the kind in a line that somebody could have written. */
function written(kind: SecretKind, random: () => number): string {
  const value = sample(kind.source, random)
  if (kind.id === 'curl-auth-user') return `curl -s ${value} https://intranet.test/`
  if (kind.id === 'password-in-url') return `see https${value}intranet.test/`
  return kind.way === 'token' ? `run 1: ${value} and then` : `${kind.gates[0] ?? ''}_value = "${value}"`
}

test('the tables name each kind once and hold more kinds than any list of the field', () => {
  assert.equal(new Set(SECRET_KINDS.map(({ id }) => id)).size, SECRET_KINDS.length)
  assert.ok(SECRET_KINDS.length >= 221, `${SECRET_KINDS.length} kinds`)
  for (const { id, gates } of SECRET_KINDS) {
    assert.match(id, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    for (const gate of gates) assert.equal(gate, gate.toLowerCase(), id)
  }
})

/** Kinds whose value must decode to something, or stand in a file of several lines: they have cases of their own. */
const BUILT = new Set([
  'docker-config-auth',
  'private-key',
  'basic-authorization-header',
  'kubernetes-secret-yaml',
  'kubernetes-secret-yaml-data-first',
  'mysql-password',
  'password-option',
  'password-in-words',
])

test('every kind finds values made from its own pattern', () => {
  const random = seeded(11)
  const missed: string[] = []
  for (const kind of SECRET_KINDS) {
    if (BUILT.has(kind.id)) continue
    const lines = Array.from({ length: 24 }, () => written(kind, random))
    const found = lines.filter((line) => kindsIn(line).length > 0).length
    if (found < 6) missed.push(`${kind.id}: ${found} of 24`)
  }
  assert.deepEqual(missed, [])
})

test('a token filled with one letter is a sample, not a secret', () => {
  for (const kind of SECRET_KINDS) {
    if (kind.way === 'named' || kind.entropy < 3) continue
    const filled = sample(kind.source, () => 0)
    assert.ok(!kindsIn(`run 1: ${filled} and`).includes(kind.id), kind.id)
  }
})

const CASES: [title: string, text: () => string, kinds: string[]][] = [
  ['a token behind an underscore', () => `MY_${sample('ghp_[0-9A-Za-z]{36}', seeded(3))}`, ['github-pat']],
  ['no token inside a longer word', () => `a${sample('ghp_[0-9A-Za-z]{36}', seeded(3))}`, []],
  [
    'one finding where two rules agree',
    () => `GITHUB_TOKEN=${sample('ghp_[0-9A-Za-z]{36}', seeded(3))}`,
    ['github-pat'],
  ],
  ['a name of words is no value', () => 'const password = userPasswordField2', []],
  ['a variable of a shell', () => 'PASSWORD="${DB_PASSWORD:-none}" TOKEN=$(cat token)', []],
  ['an id of a key', () => 'kms_key_id = "7f3c9a1e5b2d4f6a8c0e"', []],
  ['a public key', () => `publicKey: "${sample('[0-9A-Za-z]{43}', seeded(5))}"`, []],
  [
    'a password in an address',
    () => `amqp://svc:${sample('[a-z]{4}[0-9]{4}[A-Z]{2}', seeded(4))}@mq.test:5672/`,
    ['password-in-url'],
  ],
  [
    'the login of a registry',
    () => `{"auths": {"r.test": {"auth": "${btoa(`bot:${secretWord()}`)}"}}}`,
    ['docker-config-auth'],
  ],
  ['a basic header', () => `Authorization: Basic ${btoa(`bot:${secretWord()}`)}`, ['basic-authorization-header']],
  [
    'a secret of a cluster',
    () => `kind: Secret\nmetadata:\n  name: db\ndata:\n  password: ${btoa(secretWord())}\n`,
    ['kubernetes-secret-yaml'],
  ],
  [
    'a secret of a cluster, its data first',
    () => `data:\n  password: ${btoa(secretWord())}\nkind: Secret\n`,
    ['kubernetes-secret-yaml-data-first'],
  ],
  [
    'a key in armour',
    () => `${armour('BEGIN')}\n${sample('([0-9A-Za-z+/]{64}\n){9}', seeded(6))}${armour('END')}`,
    ['private-key'],
  ],
  ['a password on a command line', () => `tool --password ${secretWord()} run`, ['password-option']],
  ['a password of a database client', () => `mysqldump -u root -p${secretWord()} shop`, ['mysql-password']],
  [
    'a password in a sentence',
    () => `The password for the printer is: ${secretWord()} until Monday`,
    ['password-in-words'],
  ],
  ['a sentence on passwords', () => 'The password of the printer is changed every 30days; a passphrase is longer', []],
  ['a prompt for a password', () => 'tool --password -v and mysql -u root -p shop1', []],
  ['armour round nothing', () => `${armour('BEGIN')}\nyour key here\n${armour('END')}`, []],
  ['an address without a password', () => 'https://user@host.test/a:b@c', []],
]

const secretWord = (): string => sample('[a-z]{6}[0-9]{4}[A-Z]{4}', seeded(8))
const armour = (edge: string): string => `-----${edge} EC PRIVATE KEY-----`

for (const [title, text, kinds] of CASES) {
  test(`secrets: ${title}`, () => assert.deepEqual(kindsIn(text()), kinds))
}

test('a finding tells the kind and never the value', () => {
  const token = sample('ghp_[0-9A-Za-z]{36}', seeded(9))
  const [finding] = engine.scan(`x ${token}`).findings
  assert.equal(finding?.note, 'GitHub personal access token, without a valid checksum')
  assert.equal(finding.redaction, '[github-pat]')
  assert.ok(!JSON.stringify(finding).includes(token.slice(4)))
})

test('of two credentials of a kind next to each other none hides the other', () => {
  const random = seeded(22)
  const hidden = SECRET_KINDS.filter((kind) => {
    const one = written(kind, random)
    const found = engine.scan(one).findings
    const both = engine.scan(`${one}\n${one}`).findings
    return found.some(({ kind: id }) => id === kind.id) && both.length < 2 * found.length
  })
  assert.deepEqual(
    hidden.map(({ id }) => id),
    [],
  )
})

test('secrets are the same however a stream is cut', () => {
  const random = seeded(21)
  const literals = GATES.map(({ literal }) => literal)
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 10 }),
    fc.constantFrom(...literals, ' = "', '": "', '\n', ' ', 'x', '\ud83d', "'"),
    fc.nat(SECRET_KINDS.length - 1).map((at) => {
      const kind = SECRET_KINDS[at]
      return kind ? written(kind, random) : ''
    }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      assert.deepEqual(inPieces(engine, pieces, 'user'), engine.scan(pieces.join('')))
    }),
    { numRuns: 200 },
  )
})
