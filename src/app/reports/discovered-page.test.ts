import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DISCOVERED_KINDS, type Discovered } from '../../model/discovered.ts'
import { pageToHtml } from '../../prove/reports/to-html.ts'
import { discoveredPage } from './discovered-page.ts'

const nothing = Object.fromEntries(DISCOVERED_KINDS.map((kind) => [kind, []])) as unknown as Discovered
const HOSTILE = '<script>alert(1)</script>\u202e\u001b[2J'
const found: Discovered = {
  ...nothing,
  models: [
    {
      id: 'models:gpt-4o',
      kind: 'models',
      name: HOSTILE,
      evidence: [1, 2, 3, 4].map((line) => ({ file: 'a.py', line })),
      confidence: 0.9,
      stance: 'implicit',
      attributes: {},
    },
  ],
  links: [],
  findings: (['low', 'critical'] as const).map((severity) => ({
    rule: 'r',
    title: `${severity} thing`,
    severity,
    confidence: 1,
    place: { file: HOSTILE, line: 1 },
    subject: HOSTILE,
    threats: [],
    controls: [],
    remedy: 'Mend it.',
  })),
  notScanned: [{ file: HOSTILE, reason: 'too_large', detail: '10 GB' }],
  roots: [{ path: '.', commit: 'abcdef0123456789' }],
  scanned: { files: 3, bytes: 9, parsed: 1, milliseconds: 1 },
}

test('the page says how much was found, the worst first, and what was not looked at', () => {
  const page = discoveredPage(found, 'shop', '2026-11-21T10:00:00Z', '0.1.0')
  assert.equal(
    page.summary,
    '1 part found in 3 files; 2 findings, 1 of them high or critical. 1 file could not be looked at: see the end.',
  )
  assert.deepEqual(
    page.sections[0]?.table?.rows.map(([severity]) => severity),
    ['critical', 'low'],
  )
  assert.deepEqual(page.sections[1]?.table?.rows[0]?.[1], 'a.py:1, a.py:2, a.py:3 and 1 more')
  assert.equal(page.sections.at(-1)?.table?.rows.length, 1)
})

test('nothing that is written in a scanned tree runs or turns the reading direction', () => {
  const html = pageToHtml(discoveredPage(found, HOSTILE, '2026-11-21T10:00:00Z', '0.1.0'))
  for (const never of ['<script', '\u202e', '\u001b']) assert.ok(!html.includes(never))
  assert.match(html, /&lt;script&gt;/)
})
