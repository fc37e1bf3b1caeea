// The GitHub Action: its file has the shape that GitHub asks for, no input is pasted into a shell, and the commands of its
// steps do what they say when they are run as GitHub runs them.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { parseYaml } from '../src/lib/yaml.ts'

const root = join(import.meta.dirname, '..')
const Step = z.strictObject({
  name: z.string(),
  id: z.string().optional(),
  if: z.string().optional(),
  shell: z.literal('bash').optional(),
  env: z.record(z.string(), z.string()).optional(),
  run: z.string().optional(),
  uses: z
    .string()
    .regex(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/, 'pinned to a commit')
    .optional(),
  with: z.record(z.string(), z.string()).optional(),
})
const Action = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  branding: z.strictObject({ icon: z.string(), color: z.string() }),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(Step).min(1) }),
})
const action = Action.parse(parseYaml(readFileSync(join(root, 'action.yml'), 'utf8'), 'action.yml')[0]?.value)

test('no input is part of a program, and each that is used is declared', () => {
  for (const { name, run, env = {}, uses, if: when = '', with: given = {} } of action.runs.steps) {
    assert(!run?.includes('${{'), name)
    assert(run === undefined || uses === undefined)
    for (const value of [...Object.values(env), ...Object.values(given), when])
      for (const [, input = ''] of value.matchAll(/inputs\.([\w-]+)/g)) assert(input in action.inputs, input)
  }
})

/** Runs the steps that are commands, as GitHub would with these inputs. */
function run(
  t: TestContext,
  source: string,
  given: Record<string, string> = {},
  prepare: (folder: string) => void = () => {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'action-'))
  t.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app', 'a.py'), source)
  writeFileSync(join(folder, 'out'), '')
  prepare(folder)
  const outputs = () =>
    Object.fromEntries(
      readFileSync(join(folder, 'out'), 'utf8')
        .split('\n')
        .map((line) => line.split('=')),
    ) as Record<string, string>
  const inputs = Object.fromEntries(Object.entries(action.inputs).map(([key, { default: value }]) => [key, value]))
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{ (?<what>[\w.-]+) \}\}/g, (_, what: string) => {
      const [, input, output] = /^inputs\.(.+)$|^steps\.scan\.outputs\.(.+)$/.exec(what) ?? []
      if (input !== undefined) return { ...inputs, path: 'app', ...given }[input] ?? ''
      return output === undefined ? 'acme/bot' : (outputs()[output] ?? '')
    })
  let status: number | null = 0
  for (const { run: program, env = {} } of action.runs.steps) {
    if (program === undefined || program.includes('bootstrap.mjs') || status !== 0) continue
    const variables = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, filled(filled(value))]))
    ;({ status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', program], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...variables, GITHUB_ACTION_PATH: root, GITHUB_OUTPUT: join(folder, 'out') },
    }))
  }
  return {
    status,
    outputs: outputs(),
    read: (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sarif,
  }
}

interface Sarif {
  bomFormat?: string
  runs: { results: { ruleId: string }[] }[]
}

const BAD =
  'from transformers import AutoModel\nm = AutoModel.from_pretrained("org/model-7b", trust_remote_code=True)\n'

test('findings from the severity on fail the job, and are in the file', (t) => {
  const { status, outputs, read } = run(t, BAD, { 'bom-file': 'bom.json' })
  assert.deepEqual([status, outputs['exit-code']], [1, '1'])
  const rules = read('parapet.sarif').runs[0]?.results.map(({ ruleId }) => ruleId)
  assert(rules?.includes('trust-remote-code'))
  assert.equal(read('bom.json').bomFormat, 'CycloneDX')
})

test('others do not', (t) => {
  assert.equal(run(t, BAD, { 'fail-on': 'critical' }).status, 0)
  assert.equal(run(t, BAD, { 'fail-on': '' }).status, 0)
  assert.equal(run(t, 'print(1)\n').status, 0)
})

test('what cannot be done fails the job, and an input is never a command', (t) => {
  assert.equal(run(t, BAD, { path: 'nowhere' }).status, 2)
  const hostile = run(t, BAD, { 'fail-on': '$(touch hostile)', path: '--help' })
  assert.equal(hostile.status, 2)
  assert.throws(() => hostile.read('hostile'))
})

test('a file of that name that was checked out is neither written through nor handed on', (t) => {
  let target = ''
  const linked = run(t, BAD, {}, (folder) => {
    target = join(folder, 'elsewhere')
    writeFileSync(target, 'kept')
    symlinkSync(target, join(folder, 'parapet.sarif'))
  })
  assert.equal(linked.status, 1)
  assert.equal(readFileSync(target, 'utf8'), 'kept')
  assert(linked.read('parapet.sarif').runs[0])
  const stale = run(t, BAD, { path: 'nowhere' }, (folder) => writeFileSync(join(folder, 'parapet.sarif'), '{}'))
  assert.equal(stale.status, 2)
  assert.throws(() => stale.read('parapet.sarif'))
})
