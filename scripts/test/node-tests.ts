// Runs test files with `node --test` and counts what they say. No test at all counts as a failure: a pattern that
// matches nothing would otherwise be green for ever.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { type Count, run, show } from './run.ts'

const SPECIAL = ['pg', 'slow', 'browser'] as const
const PATTERNS = ['src/**/*.test.ts', 'test/**/*.test.ts', 'console/**/*.test.ts', 'scripts/**/*.test.ts']

export type Kind = 'unit' | (typeof SPECIAL)[number]

export function testFiles(kind: Kind, chosen: readonly string[] = []): string[] {
  const files = globSync(PATTERNS).filter(
    (file) => kind === (SPECIAL.find((k) => file.endsWith(`.${k}.test.ts`)) ?? 'unit'),
  )
  return files.filter((file) => chosen.length === 0 || chosen.some((word) => file.startsWith(word))).toSorted()
}

/** Unit tests share one process, which is thirty times quicker; the others get a process a file, one at a time. */
export async function nodeTests(kind: Kind, chosen: readonly string[], seconds: number): Promise<Count> {
  const files = testFiles(kind, chosen)
  const result = `.cache/test-${kind}.json`
  mkdirSync('.cache', { recursive: true })
  rmSync(result, { force: true })
  const words = [
    '--test',
    ...(kind === 'unit' ? ['--test-isolation=none'] : ['--test-concurrency=1']),
    '--test-reporter=./scripts/test/reporter.ts',
    '--test-reporter-destination=stdout',
  ]
  const ran =
    files.length === 0
      ? { ok: false, output: `no ${kind} test file${chosen.length > 0 ? ` below ${chosen.join(', ')}` : ''}` }
      : await run([...words, ...files], seconds, { PARAPET_TEST_RESULT: result })
  const count = existsSync(result) ? (JSON.parse(readFileSync(result, 'utf8')) as Count) : none()
  const ended = ran.ok && count.passed + count.failed + count.skipped > 0
  if (!ended || count.failed > 0) show(ran.output)
  else showNotes(ran.output)
  if (ran.ok && !ended) show(`no test ran in ${files.length} files`)
  return !ended && count.failed === 0 ? { ...count, failed: 1 } : count
}

/** Numbers that tests measured, and what was left out: worth a line also when all is well. */
function showNotes(output: string) {
  const notes = output.match(/^- (note|skipped): .*$/gm) ?? []
  if (notes.length > 0) show(notes.join('\n'))
}

const none = (): Count => ({ passed: 0, failed: 0, skipped: 0 })
