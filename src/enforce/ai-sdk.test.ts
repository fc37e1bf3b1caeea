// Vercel's library, by way of each of its providers, with tools, streams and objects.
import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogleGenerativeAI } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { generateText, jsonSchema, type LanguageModel, stepCountIs, streamText, tool } from 'ai'
import { allUpstreams, startGateway, startUpstream, TEST_KEY } from './testing.ts'

type Provide = (url: string) => (model: string) => LanguageModel

const PROVIDERS: Record<string, Provide> = {
  'openai chat': (url) => createOpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY }).chat,
  'openai responses': (url) => createOpenAI({ baseURL: `${url}/v1`, apiKey: TEST_KEY }).responses,
  anthropic: (url) => createAnthropic({ baseURL: `${url}/v1`, apiKey: TEST_KEY }),
  google: (url) => createGoogleGenerativeAI({ baseURL: `${url}/v1beta`, apiKey: TEST_KEY }),
}

async function open(t: TestContext, provide: Provide) {
  const { url } = await startGateway(t, allUpstreams(await startUpstream(t)))
  return provide(url)
}

const look = tool({
  description: 'Looks',
  inputSchema: jsonSchema<{ at: string }>({ type: 'object', properties: { at: { type: 'string' } } }),
  execute: async ({ at }) => `${at} sleeps`,
})

for (const [name, provide] of Object.entries(PROVIDERS))
  for (const model of ['openai-model', 'anthropic-model', 'gemini-model', 'responses-model'])
    describe(`ai, ${name}, ${model}`, () => {
      test('streams a text', async (t) => {
        const provider = await open(t, provide)
        const { text } = streamText({ model: provider(model), prompt: 'Hello there', maxRetries: 0 })
        assert.match(await text, /You said: Hello there/)
      })
      test('lets tools do their work', async (t) => {
        const provider = await open(t, provide)
        const { text } = await generateText({
          model: provider(model),
          prompt: 'Please use look at "the cat"',
          tools: { look },
          stopWhen: stepCountIs(3),
          maxRetries: 0,
        })
        assert.match(text, /The tool answered: .*the cat sleeps/)
      })
    })
