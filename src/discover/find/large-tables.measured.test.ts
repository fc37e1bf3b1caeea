// Each entry of a table may ask what stands beside it: four times the entries must not take sixteen times as long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceOf } from '../testing.ts'

const numbers = (many: number) => Array.from({ length: many }, (_, i) => i)
const LARGE: Readonly<Record<string, (many: number) => Record<string, string>>> = {
  'settings of an environment': (many) => ({
    '.env': numbers(many)
      .map((i) => `ACME_${i}_MODEL=acme-${i}\nURL_${i}=https://api.openai.com/v1`)
      .join('\n'),
    'app.py': 'import openai\n',
  }),
  'a map of models': (many) => ({
    'models.json': JSON.stringify(
      Object.fromEntries(numbers(many).map((i) => [`gpt-4o-${i}`, { model: `claude-3-${i}`, provider: 'anthropic' }])),
    ),
  }),
  'a list of models in one line': (many) => ({
    'models.json': JSON.stringify(numbers(many).map((i) => `gpt-4o-${i}`)),
  }),
  'a list of requirements': (many) => ({
    'pyproject.toml': `[project]\nname = "acme"\ndependencies = ${JSON.stringify(numbers(many).map((i) => `lib-${i}>=1`))}\n`,
    'app.py': 'import openai\n',
  }),
  'a list of names of a hub': (many) => ({
    'names.py': `import transformers\nNAMES = ${JSON.stringify(
      numbers(many).map((i) => `acme/thing-${i}`),
      undefined,
      1,
    )}\n`,
  }),
  'a map of names in code': (many) => ({
    'models.ts': `import OpenAI from 'openai'\nexport const MODELS = ${JSON.stringify(Object.fromEntries(numbers(many).map((i) => [`gpt-4o-${i}`, 'user'])), undefined, 1)}\n`,
  }),
}
const FEW = 4000
const MOST_GROWTH = 7

for (const [what, tree] of Object.entries(LARGE))
  test(`${what} is judged in time that grows with it`, async (t) => {
    await judged(tree(FEW / 4))
    const few = await judged(tree(FEW))
    const many = await judged(tree(FEW * 4))
    t.diagnostic(`${Math.round(few)} ms, ${Math.round(many)} ms for four times as many`)
    assert(many < Math.max(few, 50) * MOST_GROWTH, `${many} ms after ${few}`)
  })

async function judged(tree: Record<string, string>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 2; i++) {
    const { user: before } = process.cpuUsage()
    await evidenceOf(tree)
    best = Math.min(best, (process.cpuUsage().user - before) / 1000)
  }
  return best
}
