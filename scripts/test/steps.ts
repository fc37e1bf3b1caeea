// The steps of `npm test`, in their order: what is quick and says most comes first.
import { findBrowser } from './browser.ts'
import { type Kind, nodeTests, testFiles } from './node-tests.ts'
import { type Count, run, show } from './run.ts'

export interface Step {
  name: string
  title: string
  run(chosen: readonly string[]): Promise<Count>
}

export const steps: readonly Step[] = [
  tool('types', 'both TypeScript projects', [
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
    ['node_modules/typescript/bin/tsc', '-p', 'console/tsconfig.json'],
  ]),
  tool('lint', 'oxlint, warnings count', [['node_modules/oxlint/bin/oxlint', '--deny-warnings']]),
  tool('format', 'oxfmt', [['node_modules/oxfmt/bin/oxfmt', '--check', '.']]),
  tool('knip', 'no dead files, exports or dependencies', [['node_modules/knip/bin/knip.js']]),
  tool('build', 'program, verifier, detection and console', [['scripts/build.ts']]),
  { name: 'unit', title: 'tests beside the code', run: (chosen) => nodeTests('unit', chosen, 900) },
  { name: 'pg', title: 'the contracts on a real PostgreSQL', run: (chosen) => nodeTests('pg', chosen, 300) },
  {
    name: 'slow',
    title: 'first start, crashes, and what else takes its time',
    run: (chosen) => nodeTests('slow', chosen, 600),
  },
  { name: 'browser', title: 'the console in a real Chromium', run: (chosen) => inBrowser('browser', chosen, 720) },
  {
    name: 'measured',
    title: 'what a person waits for, with nothing else running',
    run: (chosen) => inBrowser('measured', chosen, 120),
  },
]

/** A tool that says yes or no: each call counts as one. */
function tool(name: string, title: string, calls: readonly (readonly string[])[]): Step {
  return {
    name,
    title,
    async run() {
      const count = { passed: 0, failed: 0, skipped: 0 }
      for (const words of calls) {
        const { ok, output } = await run(words, 120)
        if (ok) count.passed++
        else {
          count.failed++
          show(output)
        }
      }
      return count
    },
  }
}

async function inBrowser(kind: Kind, chosen: readonly string[], seconds: number): Promise<Count> {
  const found = await findBrowser()
  if (found.ok) return nodeTests(kind, chosen, seconds)
  show(found.output)
  return { passed: 0, failed: 0, skipped: Math.max(1, testFiles(kind, chosen).length) }
}
