// `parapet discover PATH…`: what AI the sources hold. Reads and runs nothing of what it reads; asks no server. On a
// terminal it prints what a person wants to know, into a file or a pipe the whole result.
import { basename, resolve } from 'node:path'
import { DISCOVER_LIMITS } from '../../discover/limits.ts'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import { DISCOVERED_KINDS, type Discovered } from '../../model/discovered.ts'
import { SEVERITIES, type Severity } from '../../model/finding.ts'
import { EXIT } from '../fail.ts'
import type { Io } from '../io.ts'
import { fit, oneLine, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, textFlag, type VerbCall } from '../verb.ts'
import { VERSION } from '../version.ts'
import { checkPlace, save } from './save.ts'
import { sourcesToSubmit, submit, SUBMIT_FLAGS } from './submit.ts'
import { modelsIn, NO_MODELS, withModels } from './with-models.ts'

const FORMATS = ['json', 'cyclonedx', 'spdx', 'sarif', 'html'] as const
const MINUTE = 60_000
type Format = (typeof FORMATS)[number]

export const discover = defineVerb({
  name: 'discover',
  about: 'Says what AI the sources hold, what is wrong with it, and what was not looked at',
  arguments: [{ name: 'path', about: 'folders or files; nothing in them is run', many: true }],
  flags: () => [
    { ...JSON_FLAG, about: 'print all as JSON (the default where no terminal is)' },
    { name: 'cyclonedx', about: 'print a CycloneDX 1.7 ML-BOM' },
    { name: 'spdx', about: 'print an SPDX 3.0.1 document' },
    { name: 'sarif', about: 'print the findings as SARIF 2.1.0' },
    { name: 'html', about: 'print a page that needs nothing else' },
    { name: 'output', short: 'o', value: 'file', about: 'write to this file' },
    {
      name: 'fail-on',
      value: 'severity',
      about: `exit with 1 for findings from this severity on: ${SEVERITIES.join(', ')}`,
    },
    {
      name: 'deadline',
      value: 'minutes',
      about: `name what was not reached by then in place of reading it (${DISCOVER_LIMITS.scanTime / MINUTE} if nothing is said)`,
    },
    { name: 'allow-missed', about: 'files that could not be read do not change the exit code' },
    ...SUBMIT_FLAGS,
  ],
  async run(call) {
    const { io } = call
    const limit = severityOf(call)
    const format = formatOf(call)
    const scanTime = deadlineOf(call)
    const until = Date.now() + scanTime
    const file = textFlag(call, 'output')
    if (file !== undefined) checkPlace(file)
    const [{ discover: scan }, { withoutRepeated }] = await Promise.all([
      import('../../discover/run.ts'),
      import('../../discover/repeated.ts'),
    ])
    const args = withoutRepeated(call.args)
    let holdsModels = false
    const onModels = () => (holdsModels = true)
    const sources = await scan(args, {
      now: new Date(),
      limits: { scanTime },
      onModels,
      ...(io.interactive && { onProgress: progressOn(io) }),
    })
    const models = holdsModels ? await modelsIn(args, { until }) : NO_MODELS
    const found = withModels(sources, models)
    const plain = format === undefined && file === undefined && io.width !== Infinity
    const text = plain ? summary(found, io) : await written(found, format ?? 'json', args)
    if (file === undefined) io.out(text)
    else save(file, text)
    if (call.flags['submit'] === true) {
      const sent = { ...sources, notScanned: found.notScanned }
      await submit(call, args[0] ?? '.', { ...(await sourcesToSubmit(sent, args)), modelFiles: models.modelFiles })
    }
    return exitCode(found, limit, call.flags['allow-missed'] === true)
  },
})

/** What could not be read weighs more than what was found: the result is not whole. */
function exitCode({ findings, notScanned }: Discovered, limit: Severity | undefined, allowMissed: boolean): number {
  if (notScanned.length > 0 && !allowMissed) return EXIT.failed
  const from = limit === undefined ? Infinity : SEVERITIES.indexOf(limit)
  const bad = findings.some(({ severity, suppressed }) => !suppressed && SEVERITIES.indexOf(severity) >= from)
  return bad ? EXIT.findings : EXIT.good
}

function severityOf(call: VerbCall): Severity | undefined {
  const said = textFlag(call, 'fail-on')
  const known = SEVERITIES.find((severity) => severity === said)
  if (said === undefined || known) return known
  const near = suggest(said, SEVERITIES)
  throw new Failure('input_invalid', `unknown severity; expected one of ${SEVERITIES.join(', ')}`, {
    hint: near ? `did you mean "${near}"?` : undefined,
  })
}

function deadlineOf(call: VerbCall): number {
  const said = textFlag(call, 'deadline')
  if (said === undefined) return DISCOVER_LIMITS.scanTime
  const minutes = /^\d{1,5}(?:\.\d{1,3})?$/.test(said) ? Number(said) : 0
  if (minutes > 0) return minutes * MINUTE
  throw new Failure('input_invalid', '--deadline takes a number of minutes above 0', {
    hint: 'for example --deadline 10',
  })
}

function formatOf({ flags }: VerbCall): Format | undefined {
  const [format, other] = FORMATS.filter((name) => flags[name] === true)
  if (other === undefined) return format
  throw new Failure('input_invalid', `--${format} and --${other} are two formats`, { hint: 'ask for one at a time' })
}

async function written(found: Discovered, format: Format, paths: readonly string[]): Promise<string> {
  if (format === 'json') return `${safeJson(found, 2)}\n`
  const createdAt = new Date().toISOString()
  const name = paths.map((path) => basename(resolve(path))).join(', ')
  if (format === 'html') {
    const { discoveredPage } = await import('../../app/reports/discovered-page.ts')
    const { pageToHtml } = await import('../../prove/reports/to-html.ts')
    return pageToHtml(discoveredPage(found, name, createdAt, VERSION))
  }
  if (format === 'sarif') {
    const { toSarif } = await import('../../discover/sarif.ts')
    return `${safeJson(toSarif(found, VERSION), 2)}\n`
  }
  const { bomOf } = await import('../../discover/bom/from-discovered.ts')
  const [commit] = found.roots.map((root) => root.commit)
  const bom = bomOf(found, { name, version: commit, createdAt, tool: { name: 'Parapet', version: VERSION } })
  if (format === 'spdx') {
    const { toSpdx } = await import('../../discover/bom/spdx-write.ts')
    return `${safeJson(toSpdx(bom), 2)}\n`
  }
  const { toCycloneDx } = await import('../../discover/bom/cyclonedx-write.ts')
  return `${safeJson(toCycloneDx(bom, '1.7'), 2)}\n`
}

function progressOn(io: Io) {
  return ({ files, of }: { files: number; of: number }) =>
    io.err(`\r${files} of ${of} files${files === of ? '\n' : ''}`)
}

function summary(found: Discovered, io: Io): string {
  const ink = paint(io.colour)
  const lines: string[] = []
  for (const kind of DISCOVERED_KINDS) {
    const items = found[kind]
    if (items.length === 0) continue
    lines.push(ink.bold(`${kind} (${items.length})`))
    for (const { name, evidence, stance } of items.slice(0, 40)) {
      const [place] = evidence
      const where = place ? ` ${ink.dim(oneLine(`${place.file}:${place.line}`))}` : ''
      lines.push(`  ${fit(oneLine(name), 60)}${stance === 'implicit' ? ink.dim(' (implicit)') : ''}${where}`)
    }
    if (items.length > 40) lines.push(ink.dim(`  … and ${items.length - 40} more; --json has all`))
  }
  const open = found.findings.filter(({ suppressed }) => !suppressed)
  for (const { severity, title, place, subject, remedy } of open) {
    lines.push(`${ink.red(severity)} ${oneLine(title)} ${ink.dim(oneLine(`${place.file}:${place.line}`))}`)
    lines.push(`  ${oneLine(subject)}`, ink.dim(`  → ${oneLine(remedy)}`))
  }
  for (const { file, reason, detail } of found.notScanned)
    lines.push(oneLine(`not scanned: ${file} (${reason}: ${detail})`))
  const { files, milliseconds } = found.scanned
  lines.push(
    `${files} files in ${(milliseconds / 1000).toFixed(1)} s: ${open.length} findings, ${found.notScanned.length} not scanned`,
  )
  return lines.map((line) => `${line}\n`).join('')
}
