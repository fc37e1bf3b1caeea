// Small files whose names stand for more than anybody could follow. The questions end, it is known where they were given
// up, and a file beside them is answered as if they were not there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceOf } from '../testing.ts'

const ASKS = 'from openai import OpenAI\nimport names\n'
const ask = (name: string) => `OpenAI().chat.completions.create(model=${name}, messages=[])\n`
const lines = (count: number, line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n)).join('')
/** A dozen of the next, fourteen times: more texts than there are grains of sand, or one that fills the memory. */
const doubled = lines(
  14,
  (n) =>
    `j${n} = ${Array(12)
      .fill(`j${n + 1}`)
      .join(' + ')}\n`,
)
const NEIGHBOUR = {
  'good.py': `from openai import OpenAI\nfrom names import MODEL\n${ask('MODEL')}`,
  'names.py': 'MODEL = "gpt-4.1"\n',
}

const rows: [title: string, tree: Record<string, string>][] = [
  ['put together of a text', { 'bad.py': `${ASKS}${doubled}j14 = "gpt-4o"\n${ask('j0').repeat(300)}` }],
  [
    'bound to eight values each, of which each leads on',
    {
      'bad.py': `${ASKS}${lines(14, (n) => lines(8, (m) => `b${n} = b${n + 1} + "${m}"\n`))}${ask('b0').repeat(300)}`,
    },
  ],
  [
    'passed on by files that all pass each other on',
    Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [
        `m${n}.ts`,
        `import OpenAI from "openai";\nimport { gone${n} } from "./m${(n + 1) % 40}";\n${lines(40, (m) => `export * from "./m${m}";\n`)}new OpenAI().responses.create({ model: gone${n} });\n`,
      ]),
    ),
  ],
]

for (const [title, tree] of rows)
  test(`names are given up that are ${title}, and those of a neighbour are not`, async () => {
    const started = performance.now()
    const { collector, project } = await evidenceOf({ ...tree, ...NEIGHBOUR })
    const good = collector.of('models').find(({ name }) => name === 'gpt-4.1')
    assert.deepEqual(good?.evidence[0], { file: 'names.py', line: 1 })
    assert.ok(project.effort.givenUp.size > 0)
    assert.ok([...project.effort.givenUp].every((file) => file in tree))
    // Without a bound it is hours, so the bound here is none that a busy machine could miss.
    assert.ok(performance.now() - started < 60_000)
  })
