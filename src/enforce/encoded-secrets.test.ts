// A secret that is written so that it does not look like one: kept from the model and from the client all the same, in every
// format, whole and letter by letter, in tool calls and what tools give.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sample, seeded } from '../detect/detectors/secrets/sample.ts'
import { askThrough, WAYS } from './testing-formats.ts'

const KEY = sample('ghp_[0-9A-Za-z]{36}', seeded(3))
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0')

const WRITTEN: readonly (readonly [how: string, text: string])[] = [
  ['base64', Buffer.from(`key ${KEY}`).toString('base64')],
  ['base64url', Buffer.from(`??>>${KEY}`).toString('base64url')],
  ['hexadecimal', Buffer.from(KEY).toString('hex')],
  ['percents', KEY.replaceAll(/./g, (char) => `%${hex(char)}`)],
  ['entities', KEY.replaceAll(/./g, (char) => `&#x${hex(char)};`)],
  ['escapes', KEY.replaceAll(/./g, (char) => `\\u00${hex(char)}`)],
  ['spaces of no width', KEY.split('').join('\u200b')],
  ['full width', KEY.replaceAll(/./g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))],
]
const ENFORCED = {
  'model-input-confidentiality': { mode: 'enforce', secrets: 'mask' },
  // It stops words that are broken up or styled, whatever they are.
  'prompt-injection-io-handling': { mode: 'off' },
}
const about = (text: string): string => `Look: ${text} and so on.`
/** The last letters, so written that a part of them would show as well. */
const tail = (text: string): string => text.slice(-24, -4)

describe('in every format', { concurrency: 8 }, () => {
  for (const [at, way] of WAYS.entries()) {
    for (const [how, text] of [0, 3, 5].map((step) => WRITTEN[(at + step) % WRITTEN.length] ?? (['', ''] as const))) {
      test(`${way.title}: an answer and a tool call show no secret in ${how}`, async (t) => {
        const said = await askThrough(t, way, {}, { user: 'Which?' }, { text: about(text), call: { to: text } })
        assert.equal(said.status, 200, said.raw)
        assert.match(said.texts.join(''), /^Look: .*\[github-pat\].* and so on\.$/)
        const calls = JSON.stringify(said.calls)
        assert.ok(calls.includes('[github-pat]'), calls)
        for (const out of [said.texts.join(''), String((said.calls[0] as { to: string }).to)])
          assert.ok(!out.includes(tail(text)), out)
      })

      test(`${way.title}: neither a user nor a tool hands the model a secret in ${how}`, async (t) => {
        const said = await askThrough(t, way, ENFORCED, { user: about(text), tool: text }, { text: 'Fine' })
        assert.equal(said.status, 200, said.raw)
        assert.ok(said.sent.split('[github-pat]').length === 3, said.sent)
        const spelled = JSON.stringify(tail(text)).slice(1, -1)
        assert.ok(!said.sent.includes(spelled), said.sent)
      })
    }
  }
})
