// Looking again: what did not change is not read, and nobody can tell by the result.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { DISCOVER_LIMITS } from '../limits.ts'
import { discover } from '../run.ts'
import { ScanThread } from '../scan-thread.ts'
import { KeptFiles } from './kept-files.ts'
import { readFile } from './read-file.ts'

const NOW = new Date('2026-11-21T00:00:00Z')
/** Only then does a file count as standing still. */
const SETTLED = 2_200

function folderOf(t: TestContext, tree: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'kept-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  for (const [file, text] of Object.entries(tree)) writeFileSync(join(root, file), text)
  return root
}

test('a file is read again when anything of it changed, or may have', async (t) => {
  const root = folderOf(t, { 'a.py': 'import openai\n' })
  let times = 0
  const kept = new KeptFiles((wanted, limits) => {
    times += 1
    return readFile(wanted, limits)
  })
  const path = join(root, 'a.py')
  const look = async () => {
    kept.turn()
    const { unit } = await kept.read({ path, file: 'a.py' }, DISCOVER_LIMITS)
    return [times, unit?.statements.map((one) => (one.kind === 'import' ? one.module : one.kind))]
  }
  assert.deepEqual(await look(), [1, ['openai']])
  assert.deepEqual(await look(), [2, ['openai']], 'it was written only just')
  await wait(SETTLED)
  assert.deepEqual(await look(), [3, ['openai']])
  assert.deepEqual(await look(), [3, ['openai']])
  const hour = new Date(Date.now() - 3_600_000)
  writeFileSync(path, 'import cohere\n')
  utimesSync(path, hour, hour)
  assert.deepEqual(await look(), [4, ['cohere']], 'as large as before, and dated back')
})

test('what one scan did not ask for the next does not know', async (t) => {
  const root = folderOf(t, { 'a.py': 'import openai\n' })
  let times = 0
  const kept = new KeptFiles((wanted, limits) => {
    times += 1
    return readFile(wanted, limits)
  })
  await wait(SETTLED)
  const read = () => kept.read({ path: join(root, 'a.py'), file: 'a.py' }, DISCOVER_LIMITS)
  await read()
  kept.turn()
  kept.turn()
  await read()
  assert.equal(times, 2)
})

test('a thread that stays finds what a fresh one finds, before and after a change', async (t) => {
  const root = folderOf(t, {
    'agent.py':
      'from langchain_openai import ChatOpenAI\nfrom settings import MODEL\nfrom langchain.tools import tool\n@tool\ndef search(q):\n    """Looks it up."""\n    return eval(q)\nllm = ChatOpenAI(model=MODEL)\nagent = create_react_agent(llm, [search])\n',
    'settings.py': 'MODEL = "gpt-4o"\n',
    'chat.ts':
      "import { generateText } from 'ai'\nimport { openai } from '@ai-sdk/openai'\ngenerateText({ model: openai('gpt-4o-mini') })\n",
    'constraints.txt': 'openai==1.0.0\n',
    'package.json': '{"dependencies":{"ai":"^5.0.0"}}',
    '.mcp.json': '{"mcpServers":{"files":{"command":"npx","args":["-y","@modelcontextprotocol/server-filesystem"]}}}',
    '.env': 'ANTHROPIC_API_KEY=\n',
    'models.yaml': 'llm:\n  provider: anthropic\n  model: claude-sonnet-4-5\n',
    'CLAUDE.md': 'Run the tests.\n',
    'broken.json': '{"openai": ',
  })
  const thread = new ScanThread()
  t.after(() => thread.close())
  const both = async () => {
    const [again, fresh] = [await discover([root], { now: NOW, thread }), await discover([root], { now: NOW })]
    for (const one of [again, fresh]) one.scanned.milliseconds = 0
    assert.deepEqual(again, fresh)
    return fresh.models.map(({ name }) => name)
  }
  await wait(SETTLED)
  assert.deepEqual(await both(), ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5'])
  await both()
  writeFileSync(join(root, 'settings.py'), 'MODEL = "gpt-4.1"\n')
  rmSync(join(root, 'models.yaml'))
  assert.deepEqual(await both(), ['gpt-4.1', 'gpt-4o-mini'])
})
