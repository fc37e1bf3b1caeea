// Everything that must hold, one step after the other; the last line says `N passed, N failed`.
// `npm test -- --only unit,lint` runs some steps; words after the flags choose test files of those steps, as in
// `npm test -- --only unit src/prove`.
import { parseArgs } from 'node:util'
import type { Count } from './test/run.ts'
import { steps } from './test/steps.ts'

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true })
const wanted = values.only?.split(',')
const unknown = wanted?.filter((name) => !steps.some((step) => step.name === name)) ?? []
if (unknown.length > 0) {
  process.stdout.write(
    `no step is called ${unknown.join(', ')}; there are ${steps.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(2)
}

const total: Count = { passed: 0, failed: 0, skipped: 0 }
const failed: string[] = []
const began = performance.now()
for (const step of steps) {
  if (wanted && !wanted.includes(step.name)) continue
  process.stdout.write(`\n■ ${step.name}: ${step.title}\n`)
  const started = performance.now()
  const count = await step.run(positionals)
  process.stdout.write(`  ${words(count)} (${seconds(started)})\n`)
  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  if (count.failed > 0) failed.push(step.name)
}

process.stdout.write(`\n${failed.length > 0 ? `✗ failed: ${failed.join(', ')}` : '✓ all good'} (${seconds(began)})\n`)
process.stdout.write(`${words(total)}\n`)
process.exitCode = total.failed > 0 ? 1 : 0

function words({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}
