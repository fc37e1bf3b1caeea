import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  formatBytes,
  formatDuration,
  formatRelative,
  formatShare,
  inSentence,
  sentence,
  toTitle,
  toTitleOfId,
  toWords,
} from './format.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')

test('times read as people say them', () => {
  const said = ['2026-03-01T11:59:50Z', '2026-03-01T11:30:00Z', '2026-02-28T12:00:00Z', '2026-05-30T12:00:00Z']
  assert.deepEqual(
    said.map((at) => formatRelative(at, NOW)),
    ['just now', '30 minutes ago', 'yesterday', 'in 3 months'],
  )
})

test('a share that is more than nothing is not told as nothing', () => {
  assert.deepEqual([0, 0.004, 0.01, 0.5, 1].map(formatShare), ['0 %', 'under 1 %', '1 %', '50 %', '100 %'])
})

test('names of the catalogue read as words, ids with their acronyms', () => {
  assert.equal(toTitle('PROMPT INJECTION I/O HANDLING'), 'Prompt injection I/O handling')
  assert.equal(toTitle('Prompt Injection'), 'Prompt Injection')
  assert.equal(toTitleOfId('owasp-llm-2026'), 'OWASP LLM 2026')
  assert.equal(toTitleOfId('prompt-injection-io-handling'), 'Prompt injection I/O handling')
  assert.equal(toTitleOfId('genai-non-llm'), 'GenAI non LLM')
  assert.equal(inSentence('model-kind'), 'model kind')
  assert.equal(inSentence('llm'), 'LLM')
  assert.equal(toWords('session.started'), 'Session started')
})

test('messages of the server become sentences', () => {
  assert.equal(sentence('this link does not work'), 'This link does not work.')
  assert.equal(sentence('really?'), 'Really?')
})

test('sizes and spans are rounded to what matters', () => {
  assert.deepEqual([0, 999, 1500, 5_400_000, 45e9].map(formatBytes), ['0 B', '999 B', '1.5 kB', '5.4 MB', '45 GB'])
  assert.deepEqual([5, 120, 7200, 400_000].map(formatDuration), ['5 s', '2 min', '2 h', '5 days'])
})
