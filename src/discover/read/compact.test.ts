import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compactUnit } from './compact.ts'
import { readSource } from './read-file.ts'

const CASES: readonly [file: string, text: string][] = [
  [
    'agent.py',
    `from openai import OpenAI
client = OpenAI(api_key=KEY, base_url=URL or "https://api.openai.com/v1")
@tool(name="add")
class Sum(Base):
    model: str = "gpt-4o" if fast else MODELS["slow"]
    def run(self, a: int = 3, *rest):
        return client.chat.completions.create(model=f"{self.model}-mini", messages=[], tools=[*rest])
ask = lambda question: client.ask(question, n=1 + 2, stop=not True)
`,
  ],
  [
    'agent.ts',
    `import OpenAI, { type Model } from 'openai'
export const models = { fast: 'gpt-4o-mini', slow, none: [], ...others }
const ask = async ({ question }: Asked, model = models.fast) => openai.chat({ model, question, empty: {} })
class Agent { own = 'gpt-4o'; constructor(private readonly key?: string) { this.key ??= process.env['OPENAI_API_KEY'] } }
`,
  ],
  ['settings.yaml', 'llm:\n  model: gpt-4o\n  stop: []\n  retries: 3\n'],
  ['settings.json', '{"model": "gpt-4o", "stop": [], "temperature": 0.5, "nested": {"openai": [true, null, "x"]}}'],
]

for (const [file, text] of CASES)
  test(`${file} says the same when it is kept`, async () => {
    const { unit } = await readSource(file, text)
    assert.ok(unit)
    assert.deepEqual(compactUnit(unit), unit)
  })

test('weights and vocabularies are kept as far as they show what they are', async () => {
  const words = Object.fromEntries(Array.from({ length: 30_000 }, (_, id) => [`word${id}`, id]))
  const weights = Array.from({ length: 5_000 }, Math.sqrt)
  const { unit } = await readSource('openai.json', JSON.stringify({ words, weights, models: ['gpt-4o', 'gpt-4'] }))
  assert.ok(unit)
  const said = JSON.stringify(compactUnit(unit))
  assert.ok(said.length < 400_000, `${said.length} characters`)
  assert.match(said, /gpt-4o.*gpt-4/)
})
