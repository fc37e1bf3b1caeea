// `npm run bench:core`: runs the benches of a folder one after the other, prints one table, and keeps it in
// docs/reference with the machine in general words. A target that is missed makes the run fail.
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import type { Bench, Row } from '../bench/bench.ts'

/** Where the table of a suite is kept, and what it says above it. */
const PAGES: Record<string, { file: string; title: string; about: string }> = {
  core: { file: 'bench-core.md', title: 'Benchmarks: core', about: '' },
  detect: {
    file: 'detection.md',
    title: 'Detection: what it finds and how fast',
    about:
      'Accuracy is measured on sources that are in no training set, speed on one thread in processor time, role `user` unless a row says otherwise. ' +
      'A row without a target is only to be seen.',
  },
  discover: {
    file: 'bench-discover.md',
    title: 'Benchmarks: discovery',
    about:
      'Accuracy on repositories whose parts were listed by hand; a part without a name of its own counts as found where something is found in its file. ' +
      'Speed in processor time of the whole process, start included.',
  },
  gateway: {
    file: 'bench-gateway.md',
    title: 'Benchmarks: gateway',
    about:
      'The built program on one core; a model on raw sockets and the clients on the other. Everything is on: keys, a budget in dollars, ' +
      'inspection of requests and answers, and the record, which has each call on disk a quarter of a second after its end at the latest. ' +
      'Each call asks and is told something new. ' +
      'The floor is the least that a proxy in Node can do: `node:http` and an undici pool, JSON parsed and written again both ways.',
  },
}

const [suite = 'core', only = ''] = process.argv.slice(2)
const files = globSync(`bench/${suite}/*.ts`)
  .filter((file) => file.includes(only))
  .toSorted()
if (files.length === 0) {
  process.stderr.write(`there is no bench in bench/${suite}${only ? ` called ${only}` : ''}\n`)
  process.exit(2)
}

const rows: Row[] = []
for (const file of files) {
  const { bench } = (await import(`../${file}`)) as { bench: Bench }
  process.stderr.write(`${bench.title} …\n`)
  rows.push(...(await bench.run()))
}

const lines = table([
  ['what', 'measured', 'reference', 'ratio', 'target', ''],
  ...rows.map(({ what, measured, reference, ratio, target, met }) => [
    what,
    measured,
    reference,
    ratio === undefined ? '' : ratio.toPrecision(3),
    target,
    target === '' ? '' : met ? 'met' : 'MISSED',
  ]),
])
process.stdout.write(`\n${lines.join('\n')}\n`)
if (!only) save(lines)
process.exitCode = rows.every(({ met }) => met) ? 0 : 1

/** A Markdown table that also reads well as plain text. */
function table(cells: readonly (readonly string[])[]): string[] {
  const widths = (cells[0] ?? []).map((_, i) => Math.max(4, ...cells.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]) => `| ${row.map((text, i) => text.padEnd(widths[i] ?? 0)).join(' | ')} |`
  const [head = [], ...rest] = cells
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rest.map(line)]
}

function save(lines: readonly string[]) {
  const machine = `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB of memory, ${process.platform} ${process.arch}, Node ${process.versions.node}`
  const { file, title, about } = PAGES[suite] ?? { file: `bench-${suite}.md`, title: `Benchmarks: ${suite}`, about: '' }
  const origin = `Written by \`npm run bench:${suite}\` on ${new Date().toISOString().slice(0, 10)}; ${machine}.`
  mkdirSync('docs/reference', { recursive: true })
  writeFileSync(
    `docs/reference/${file}`,
    `# ${title}\n\n${[origin, about].filter(Boolean).join(' ')}\n\n${lines.join('\n')}\n`,
  )
}
