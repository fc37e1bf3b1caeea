// The quick checks: types of both projects, lint, format. `npm run check -- --fix` mends what it can.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const fix = process.argv.includes('--fix')
const steps: [string, string[]][] = [
  ['types of src', ['tsc', '-p', 'tsconfig.json']],
  ...(existsSync('console/main.tsx')
    ? ([['types of console', ['tsc', '-p', 'console/tsconfig.json']]] as [string, string[]][])
    : []),
  ['lint', ['oxlint', '--deny-warnings', ...(fix ? ['--fix'] : [])]],
  ['format', ['oxfmt', ...(fix ? [] : ['--check']), '.']],
]

let failed = 0
for (const [name, [command = '', ...args]] of steps) {
  const started = performance.now()
  const { status, stdout } = spawnSync(`node_modules/.bin/${command}`, args, { encoding: 'utf8' })
  process.stdout.write(`${status === 0 ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`)
  if (status !== 0) {
    failed++
    process.stdout.write(stdout)
  }
}
process.exitCode = failed > 0 ? 1 : 0
