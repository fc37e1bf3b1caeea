// Each rule objects to its hits and to none of its misses, and points at threats and controls that exist.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readdirSync } from 'node:fs'
import { loadBuiltIn } from '../../catalog/built-in.ts'
import { evidenceOf } from '../testing.ts'
import type { Hit, Rule, Tree } from './define.ts'
import { RULES } from './index.ts'
import { findingsOf, hitsOf } from './judge.ts'
import { suppressionsOf } from './suppress.ts'

const NOW = new Date('2026-11-21T00:00:00Z')

const IDS = new Set(RULES.map(({ id }) => id))

async function hitsIn(rule: Rule, tree: Tree): Promise<readonly Hit[]> {
  const evidence = await evidenceOf(tree)
  return (await hitsOf([rule], evidence, suppressionsOf(evidence, NOW, IDS))).get(rule) ?? []
}

for (const rule of RULES) {
  describe(rule.id, () => {
    for (const [at, tree] of rule.examples.hit.entries()) {
      test(`objects to its example ${at + 1}`, async () => {
        const hits = await hitsIn(rule, tree)
        assert.notDeepEqual(hits, [])
        for (const { line, file } of hits) assert(line >= 1 && file in tree)
      })
    }
    for (const [at, tree] of rule.examples.miss.entries()) {
      test(`leaves its counter-example ${at + 1} alone`, async () => {
        assert.deepEqual(await hitsIn(rule, tree), [])
      })
    }
  })
}

test('every rule names threats and controls of the catalogue', () => {
  const catalog = loadBuiltIn()
  for (const { id, threats, controls } of RULES) {
    for (const threat of threats)
      assert(
        catalog.threats.some((one) => one.id === threat),
        `${id}: ${threat}`,
      )
    for (const control of controls)
      assert(
        catalog.controls.some((one) => one.id === control),
        `${id}: ${control}`,
      )
  }
})

test('every file of a rule is in the registry', () => {
  const others =
    /^(?:cleaners|define|flow|handed-on|index|judge|look|pages|suppress|taint|text-hits|tool-parameters|tools-of-agent|views|rules\.test)\.ts$/
  const files = readdirSync(import.meta.dirname).filter((file) => !others.test(file))
  assert.deepEqual(files.toSorted(), RULES.map(({ id }) => `${id}.ts`).toSorted())
})

const UNPINNED = 'from transformers import AutoModel\n'
const CALL = 'AutoModel.from_pretrained("org/model-7b")'

for (const [title, tree, expected] of [
  [
    'a comment with owner and day suppresses the finding beside it',
    {
      'a.py': `${UNPINNED}m = ${CALL}  # parapet: ignore unpinned-model owner=ada until=2027-01-01 because: a copy is checked\n`,
    },
    'ada',
  ],
  [
    'a comment of its own line covers the next line',
    { 'a.py': `${UNPINNED}# parapet: ignore unpinned-model owner=ada until=2027-01-01\nm = ${CALL}\n` },
    'ada',
  ],
  [
    'a day that is over counts for nothing',
    { 'a.py': `${UNPINNED}m = ${CALL}  # parapet: ignore unpinned-model owner=ada until=2026-11-20\n` },
    undefined,
  ],
  [
    'nobody who answers counts for nothing',
    { 'a.py': `${UNPINNED}m = ${CALL}  # parapet: ignore unpinned-model until=2027-01-01\n` },
    undefined,
  ],
  [
    'another rule is not covered',
    { 'a.py': `${UNPINNED}m = ${CALL}  # parapet: ignore unsafe-loader owner=ada until=2027-01-01\n` },
    undefined,
  ],
  [
    'a day that is in no calendar counts for nothing',
    { 'a.py': `${UNPINNED}m = ${CALL}  # parapet: ignore unpinned-model owner=ada until=2027-99-99\n` },
    undefined,
  ],
  [
    'an owner without a name counts for nothing',
    {
      'a.py': `${UNPINNED}m = ${CALL}\n`,
      '.parapet-ignore.yaml': 'ignore:\n  - rule: "*"\n    path: "**"\n    owner: " "\n    until: "2027-01-01"\n',
    },
    undefined,
  ],
  [
    'a folder alone covers nothing in it',
    {
      'src/a.py': `${UNPINNED}m = ${CALL}\n`,
      '.parapet-ignore.yaml': 'ignore:\n  - rule: "*"\n    path: src\n    owner: ada\n    until: "2027-01-01"\n',
    },
    undefined,
  ],
  [
    'a file says nothing of what lies above it',
    {
      'a.py': `${UNPINNED}m = ${CALL}\n`,
      'lib/.parapet-ignore.yaml':
        'ignore:\n  - rule: "*"\n    path: "../**"\n    owner: ada\n    until: "2027-01-01"\n',
    },
    undefined,
  ],
  [
    'a pattern that could be tried in a million ways is tried in one',
    {
      [`src/${'a'.repeat(150)}.py`]: `${UNPINNED}m = ${CALL}\n`,
      '.parapet-ignore.yaml': `ignore:\n  - rule: "*"\n    path: "src/${'**a'.repeat(40)}b"\n    owner: ada\n    until: "2027-01-01"\n`,
    },
    undefined,
  ],
  [
    'a file suppresses by rule and path',
    {
      'src/a.py': `${UNPINNED}m = ${CALL}\n`,
      '.parapet-ignore.yaml':
        'ignore:\n  - rule: unpinned-model\n    path: src/**\n    owner: ada\n    until: "2027-01-01"\n',
    },
    'ada',
  ],
] as const) {
  test(title, async () => {
    const [finding, ...more] = (await findingsOf(await evidenceOf(tree), NOW)).filter(
      ({ rule }) => rule === 'unpinned-model',
    )
    assert(finding && more.length === 0)
    assert.equal(finding.suppressed?.owner, expected)
  })
}

test('what is said of one place is no reason against another', async () => {
  const tree = {
    'local.mcp.json': '{"mcpServers": {"crm": {"url": "http://localhost:3000/mcp"}}}',
    '.mcp.json': '{"mcpServers": {"crm": {"command": "npx", "args": ["-y", "crm-mcp"]}}}',
  }
  const found = await findingsOf(await evidenceOf(tree), NOW)
  assert.deepEqual(
    found.map(({ rule, place }) => [rule, place.file]),
    [['unpinned-mcp-server', '.mcp.json']],
  )
})

test('how to start what the project itself publishes weighs less than what a stranger does', async () => {
  const tree = {
    'package.json': '{"name": "@acme/crm-mcp", "version": "1.0.0"}',
    'gemini-extension.json': '{"mcpServers": {"crm": {"command": "npx", "args": ["-y", "@acme/crm-mcp"]}}}',
    '.mcp.json': '{"mcpServers": {"notes": {"command": "npx", "args": ["-y", "notes-mcp"]}}}',
  }
  const found = await findingsOf(await evidenceOf(tree), NOW)
  assert.deepEqual(
    found.map(({ subject, severity }) => [subject, severity]),
    [
      ['notes', 'high'],
      ['crm', 'low'],
    ],
  )
})

test('all categories of a call that are switched off are one finding', async () => {
  const tree = {
    'a.py':
      'from vertexai.generative_models import HarmBlockThreshold as H, HarmBlockThreshold\ns = {\n  "A": HarmBlockThreshold.BLOCK_NONE,\n  "B": HarmBlockThreshold.BLOCK_NONE,\n}\n',
  }
  const found = await findingsOf(await evidenceOf(tree), NOW)
  assert.deepEqual(
    found.map(({ rule, place }) => [rule, place.line]),
    [['missing-guardrail', 3]],
  )
})
