// Runs test files with `node --test` and counts what they say. No test at all counts as a failure: a pattern that
// matches nothing would otherwise be green for ever.
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { type Count, run, show } from './run.ts'

const SPECIAL = ['pg', 'slow', 'browser', 'measured'] as const
const PATTERNS = ['src/**/*.test.ts', 'test/**/*.test.ts', 'console/**/*.test.ts', 'scripts/**/*.test.ts']

const CORES = availableParallelism()
/** More than there are cores, so that none waits long for the last one. */
const BATCHES = 3 * CORES

export type Kind = 'unit' | (typeof SPECIAL)[number]

export function testFiles(kind: Kind, chosen: readonly string[] = []): string[] {
  const files = globSync(PATTERNS).filter(
    (file) => kind === (SPECIAL.find((k) => file.endsWith(`.${k}.test.ts`)) ?? 'unit'),
  )
  return files.filter((file) => chosen.length === 0 || chosen.some((word) => file.startsWith(word))).toSorted()
}

/**
 * Unit tests share a process a batch, which is thirty times quicker; the others get one a file. There is one at a time for
 * each core, and for those that measure one alone.
 */
export async function nodeTests(kind: Kind, chosen: readonly string[], seconds: number): Promise<Count> {
  const files = testFiles(kind, chosen)
  mkdirSync('.cache', { recursive: true })
  if (kind !== 'unit' || files.length === 0)
    return batch(kind, files, seconds, [`--test-concurrency=${kind === 'measured' ? 1 : CORES}`])
  const until = performance.now() + 1000 * seconds
  const left = () => Math.max(0, Math.round((until - performance.now()) / 1000))
  const batches = dealt(files, Math.min(BATCHES, files.length))
  const counts = await inParallel(CORES, batches, (some, i) =>
    batch(`${kind}-${i}`, some, left(), ['--test-isolation=none']),
  )
  return counts.reduce(sum, none())
}

/** One run of `node --test`: what failed is shown, and the notes of what did not. */
async function batch(name: string, files: readonly string[], seconds: number, words: string[]): Promise<Count> {
  const result = `.cache/test-${name}.json`
  rmSync(result, { force: true })
  const how = ['--test', ...words, '--test-reporter=./scripts/test/reporter.ts', '--test-reporter-destination=stdout']
  const ran =
    files.length === 0
      ? { ok: false, output: 'no test file of that name' }
      : await run([...how, ...files], seconds, { PARAPET_TEST_RESULT: result })
  const count = existsSync(result) ? (JSON.parse(readFileSync(result, 'utf8')) as Count) : none()
  const ended = ran.ok && count.passed + count.failed + count.skipped > 0
  if (!ended || count.failed > 0) show(ran.output)
  else showNotes(ran.output)
  if (ran.ok && !ended) show(`no test ran in ${files.length} files`)
  return !ended && count.failed === 0 ? { ...count, failed: 1 } : count
}

/** As cards are dealt, so that the neighbours of a folder that takes long do not end up together. */
function dealt<T>(items: readonly T[], hands: number): T[][] {
  return Array.from({ length: hands }, (_, hand) => items.filter((_, i) => i % hands === hand))
}

async function inParallel<T, R>(atOnce: number, items: readonly T[], work: (item: T, i: number) => Promise<R>) {
  const results: R[] = []
  const waiting = items.entries()
  const worker = async () => {
    for (const [i, item] of waiting) results[i] = await work(item, i)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}

const sum = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

/** Numbers that tests measured, and what was left out: worth a line also when all is well. */
function showNotes(output: string) {
  const notes = output.match(/^- (note|skipped): .*$/gm) ?? []
  if (notes.length > 0) show(notes.join('\n'))
}

const none = (): Count => ({ passed: 0, failed: 0, skipped: 0 })
