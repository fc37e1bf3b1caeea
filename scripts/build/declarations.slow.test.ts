import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleDeclarations } from './declarations.ts'

const GOOD = `
import { createEngine, defineDetector, DETECTORS, detectorsFor, estimateTokens, masked, RedactingStream, redact } from 'parapet/detect'
import { RESOURCE_LIMITS, type Finding, type Scan } from 'parapet/detect'

const own = defineDetector({
  id: 'ticket', control: 'sensitive-output-handling', family: 'secret', title: 'A ticket', severity: 'low',
  literals: ['tk-'], reach: { before: 4, after: 24 },
  detect: (window) => [...window.matchAll(/tk-\\d+/g)].map(({ index, 0: text }) => ({
    start: index, end: index + text.length, confidence: 0.9, note: 'A ticket',
  })),
  examples: { hit: ['tk-1'], miss: ['tk'] },
})
const engine = createEngine([...DETECTORS, own, ...detectorsFor({ ...RESOURCE_LIMITS, depth: 20 })])
const scan: Scan = engine.scan('text', { role: 'tool' })
const findings: readonly Finding[] = scan.findings
export const out: string = redact('text', findings, masked) + new RedactingStream(engine.open(), masked).push('a')
export const tokens: number = estimateTokens('text')
`

const BAD: [what: string, text: string][] = [
  [
    'a role that nobody has',
    `import { createEngine } from 'parapet/detect'\ncreateEngine([]).scan('', { role: 'usr' })`,
  ],
  ['a name that is not there', `import { automaton } from 'parapet/detect'\nautomaton`],
  ['a text that is none', `import { createEngine } from 'parapet/detect'\ncreateEngine([]).scan(7)`],
]

test('a program compiles against the types of parapet/detect, and one that errs does not', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'parapet-types-'))
  t.after(() => rmSync(home, { recursive: true }))
  const installed = join(home, 'node_modules/parapet')
  mkdirSync(installed, { recursive: true })
  await bundleDeclarations(join(installed, 'dist/detect.d.ts'))
  const exports = { './detect': { types: './dist/detect.d.ts', default: './dist/detect.mjs' } }
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ name: 'parapet', type: 'module', exports }))
  writeFileSync(join(home, 'package.json'), '{"type": "module"}')

  const compile = (text: string) => {
    writeFileSync(join(home, 'main.ts'), text)
    const words = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', '', 'main.ts']
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(process.cwd(), 'node_modules/typescript/bin/tsc'), ...words],
      {
        cwd: home,
        encoding: 'utf8',
      },
    )
    return status === 0 ? '' : stdout
  }
  assert.equal(compile(GOOD), '')
  for (const [what, text] of BAD) assert.match(compile(text), /^main\.ts/, what)
})
