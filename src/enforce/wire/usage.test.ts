// What providers say was used is a stranger's word.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Usage } from '../../model/turn.ts'
import { writeUsage as writeAnthropic } from './anthropic-messages/answer.ts'
import { writeUsage as writeGemini } from './gemini/answer.ts'
import { writeUsage as writeChat } from './openai-chat/answer.ts'
import { writeUsage as writeResponses } from './openai-responses/answer.ts'
import { ANTHROPIC_USAGE, GEMINI_USAGE, OPENAI_USAGE, RESPONSES_USAGE, usageOf } from './usage.ts'

for (const [title, said, usage] of [
  ['numbers are taken', { prompt_tokens: 3, completion_tokens: 4 }, { input: 3, output: 4 }],
  ['a number that is left out counts as none', { prompt_tokens: 3 }, { input: 3, output: 0 }],
  ['one beyond all measure makes the others worth nothing', { prompt_tokens: 1e300, completion_tokens: 1 }, undefined],
  ['so does a negative one', { prompt_tokens: 3, completion_tokens: -1 }, undefined],
  ['and one that is a word', { prompt_tokens: '3', completion_tokens: 4 }, undefined],
  [
    'and one deeper down',
    { prompt_tokens: 3, completion_tokens: 4, prompt_tokens_details: { cached_tokens: 'all' } },
    undefined,
  ],
] as const)
  test(title, () => assert.deepEqual(usageOf(said, OPENAI_USAGE), usage))

test('tokens of the cache that are counted apart are added', () => {
  const said = { input_tokens: 3, output_tokens: 4, cache_read_input_tokens: 5, cache_creation_input_tokens: null }
  assert.deepEqual(usageOf(said, ANTHROPIC_USAGE), { input: 8, output: 4, cacheRead: 5 })
})

for (const [format, write, names] of [
  ['chat', writeChat, OPENAI_USAGE],
  ['responses', writeResponses, RESPONSES_USAGE],
  ['messages', writeAnthropic, ANTHROPIC_USAGE],
  ['gemini', writeGemini, GEMINI_USAGE],
] as const)
  test(`what was used is read in ${format} as it was written, with what came from a cache`, () => {
    const used: Usage[] = [
      { input: 9, output: 4 },
      { input: 9, output: 4, cacheRead: 5 },
    ]
    for (const usage of used) assert.deepEqual(usageOf(write(usage), names), usage)
  })
