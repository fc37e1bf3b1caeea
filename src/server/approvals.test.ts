// Calls that wait for a person, over real sockets with the libraries of the providers: what goes on, what does not, and
// what each side is told.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { ASKS, type House, openHouse, RULE, TOOL } from './testing-approvals.ts'

/** One tool call through each library: resolves with the name and the arguments that the program gets. */
const ASKED: Record<string, (house: House) => Promise<[string | undefined, unknown]>> = {
  'openai, whole': async ({ openai }) => {
    const { choices } = await openai.chat.completions.create(chat())
    const [call] = choices[0]?.message.tool_calls ?? []
    return call?.type === 'function'
      ? [call.function.name, JSON.parse(call.function.arguments)]
      : [undefined, undefined]
  },
  'openai, streamed': async ({ openai }) => {
    const { choices } = await openai.chat.completions.stream(chat()).finalChatCompletion()
    const [call] = choices[0]?.message.tool_calls ?? []
    return call?.type === 'function'
      ? [call.function.name, JSON.parse(call.function.arguments)]
      : [undefined, undefined]
  },
  'openai responses, streamed': async ({ openai }) => {
    const tools = [{ type: 'function', name: 'look', strict: false, parameters: { ...TOOL } }] as const
    const stream = openai.responses.stream({ model: 'openai-1', input: ASKS, tools: [...tools] })
    const { output } = await stream.finalResponse()
    const call = output.find((item) => item.type === 'function_call')
    return [call?.name, JSON.parse(call?.arguments ?? 'null')]
  },
  'anthropic, whole': async ({ anthropic }) => {
    const { content } = await anthropic.messages.create(messages())
    const call = content.find((one) => one.type === 'tool_use')
    return [call?.name, call?.input]
  },
  'anthropic, streamed': async ({ anthropic }) => {
    const { content } = await anthropic.messages.stream(messages()).finalMessage()
    const call = content.find((one) => one.type === 'tool_use')
    return [call?.name, call?.input]
  },
  'gemini, whole': async ({ gemini }) => {
    const { functionCalls } = await gemini.models.generateContent(contents())
    return [functionCalls?.[0]?.name, functionCalls?.[0]?.args]
  },
  'gemini, streamed': async ({ gemini }) => {
    let found: [string | undefined, unknown] = [undefined, undefined]
    for await (const { functionCalls } of await gemini.models.generateContentStream(contents()))
      if (functionCalls?.[0]) found = [functionCalls[0].name, functionCalls[0].args]
    return found
  },
}

const chat = () => ({
  model: 'openai-1',
  messages: [{ role: 'user' as const, content: ASKS }],
  tools: [{ type: 'function' as const, function: { name: 'look', description: 'Looks', parameters: { ...TOOL } } }],
})
const messages = () => ({
  model: 'anthropic-1',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: ASKS }],
  tools: [{ name: 'look', description: 'Looks', input_schema: { ...TOOL, required: ['at'] } }],
})
const contents = () => ({
  model: 'gemini-1',
  contents: ASKS,
  config: { tools: [{ functionDeclarations: [{ name: 'look', parametersJsonSchema: TOOL }] }] },
})

for (const [title, ask] of Object.entries(ASKED))
  describe(title, () => {
    test('a tool call arrives when somebody has approved it, and not before', async (t) => {
      const house = await openHouse(t, [RULE])
      let isHere = false
      const asked = ask(house).finally(() => (isHere = true))
      const { id, gist, tools } = await house.waiting()
      assert.deepEqual(tools, ['look'])
      assert.deepEqual(JSON.parse(gist?.calls[0]?.arguments ?? ''), { at: 'the cat' })
      assert.equal(gist?.asked, ASKS)
      await sleep(50)
      assert.equal(isHere, false)
      assert.equal((await house.decide(id, 'approve')).status, 200)
      assert.deepEqual(await asked, ['look', { at: 'the cat' }])
      const { decisions, outcome } = await house.exchange()
      const [, answer] = decisions as { action: string; approval?: { id: string; outcome: string } }[]
      assert.deepEqual(
        [answer?.action, answer?.approval?.id, answer?.approval?.outcome, outcome],
        ['forward', id, 'approved', 'answered'],
      )
    })

    test('a refused one never arrives, and the program is told whom to ask', async (t) => {
      const house = await openHouse(t, [RULE])
      const asked = ask(house).then(
        (got) => assert.fail(`got ${JSON.stringify(got)}`),
        (error: unknown) => String(error instanceof Error ? error.message : JSON.stringify(error)),
      )
      const { id } = await house.waiting()
      await house.decide(id, 'refuse')
      const told = await asked
      assert.match(told, /an owner/)
      assert.ok(told.includes(id) && !told.includes('I looked at it') && !told.includes('the cat'), told)
      const { decisions, outcome } = await house.exchange()
      const [, answer] = decisions as { action: string; because: string[]; approval?: { outcome: string } }[]
      assert.deepEqual(
        [answer?.action, answer?.because, answer?.approval?.outcome, outcome],
        ['block', ['oversight'], 'refused', 'blocked'],
      )
    })
  })
