// What a test run says: only what failed, and why; the counts go to a file for whoever started the run.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** A file or a suite fails because something within it did, which is shown by itself. */
const BECAUSE_OF_PARTS = new Set(['subtestsFailed'])

/** What the runner adds at the end; the summary has it as numbers. */
const TOTALS = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/

// Named by `--test-reporter`, which wants a default export.
// oxlint-disable-next-line import/no-default-export
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type === 'test:fail' && !isExpected(event.data)) yield failure(event.data)
    if (event.type === 'test:pass' && event.data.skip !== undefined) {
      yield `- skipped: ${event.data.name}${typeof event.data.skip === 'string' ? ` (${event.data.skip})` : ''}\n`
    }
    if (event.type === 'test:diagnostic' && !TOTALS.test(event.data.message)) yield `- note: ${event.data.message}\n`
    if (event.type === 'test:stdout' || event.type === 'test:stderr') yield event.data.message
    if (event.type === 'test:summary' && event.data.file === undefined) {
      const { passed, tests, skipped, todo } = event.data.counts
      const result = process.env['PARAPET_TEST_RESULT']
      const count = { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo }
      if (result) writeFileSync(result, JSON.stringify(count))
    }
  }
}

interface Failed {
  name: string
  file?: string | undefined
  line?: number | undefined
  todo?: string | boolean | undefined
  details: { error: Error & { failureType?: string; cause?: unknown } }
}

function isExpected({ todo, details }: Failed): boolean {
  return todo !== undefined || BECAUSE_OF_PARTS.has(details.error.failureType ?? '')
}

function failure({ name, file, line, details }: Failed): string {
  const where = file ? ` (${relative(process.cwd(), file)}:${line ?? 1})` : ''
  const cause = details.error.cause ?? details.error
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause, { depth: 4 })
  return `✗ ${name}${where}\n${text.replaceAll(/^/gm, '  ')}\n`
}
