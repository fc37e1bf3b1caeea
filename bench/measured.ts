// What one run of a program costs, start included: processor time of the process and all that it waited for, and the
// most memory that it held. It says so itself when it ends, since nobody else knows on every platform.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Cost {
  seconds: number
  /** By the clock on the wall, which also counts what else the machine does. */
  elapsed: number
  megabytes: number
}

const TOLD = `
import { isMainThread } from 'node:worker_threads'
import { readFileSync, writeFileSync } from 'node:fs'
if (isMainThread && !process.env.BENCH_OF) {
  process.env.BENCH_OF = String(process.pid)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
    let children = 0
    let most = maxRSS
    try {
      // What the system counts as the most includes the process that this one was forked from.
      most = Number(/VmHWM:\\s*(\\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))[1])
      const [, rest] = readFileSync('/proc/self/stat', 'latin1').split(/\\) (?=\\w )/)
      const fields = rest.split(' ')
      children = (Number(fields[13]) + Number(fields[14])) / 100
    } catch {}
    writeFileSync(process.env.BENCH_COST, JSON.stringify({
      seconds: (userCPUTime + systemCPUTime) / 1e6 + children,
      megabytes: most / 1024,
    }))
  })
}`

/** Any exit code will do, as long as it ran. */
export function costOf(words: readonly string[], cwd = process.cwd()): Cost {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
  try {
    const file = join(folder, 'cost.json')
    const hook = `data:text/javascript,${encodeURIComponent(TOLD)}`
    const started = performance.now()
    const { stderr } = spawnSync(process.execPath, ['--import', hook, ...words], {
      cwd,
      env: { ...process.env, BENCH_COST: file },
      maxBuffer: 256 * 1024 * 1024,
    })
    const elapsed = (performance.now() - started) / 1000
    if (!existsSync(file)) throw new Error(`${words.join(' ')} did not end: ${stderr.toString().slice(0, 500)}`)
    return { ...(JSON.parse(readFileSync(file, 'utf8')) as Omit<Cost, 'elapsed'>), elapsed }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
