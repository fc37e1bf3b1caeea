// `parapet discover model FILE|DIR`: what loading a model would do, without loading it, and whether it is the one that its
// publisher signed.
import { Failure } from '../../lib/failure.ts'
import type { ArtefactFileReport, ArtefactFinding } from '../../model/artefact.ts'
import { EXIT } from '../fail.ts'
import { oneLine, type Paint, paint, safeJson } from '../show/text.ts'
import { defineVerb, type Flag, JSON_FLAG, textFlag, type VerbCall } from '../verb.ts'
import { GATE_FLAGS, KEY_FLAG } from './gate-flags.ts'

export const DISCOVER_MODEL_FLAGS: readonly Flag[] = [
  { name: 'signature', value: 'file', about: 'OpenSSF model signature that the model must have' },
  KEY_FLAG,
  ...GATE_FLAGS,
]

export const discoverModel = defineVerb({
  name: 'discover model',
  about: 'Says what loading a model file would do, without loading it',
  arguments: [{ name: 'path', about: 'a model file, or a folder whose files are all read', many: true }],
  flags: () => [JSON_FLAG, ...DISCOVER_MODEL_FLAGS],
  run: (call) => runDiscoverModel(call),
})

/** 1 where a file is malicious or suspicious, 2 where one could not be read as a whole. */
export async function runDiscoverModel(call: VerbCall): Promise<number> {
  const { args, flags, io } = call
  const [{ scanFiles }, { gateReport, withFindings }] = await Promise.all([
    import('../../discover/artefacts/scan-files.ts'),
    import('../../discover/artefacts/signature/gate.ts'),
  ])
  const gated = await gateFindings(call)
  const writer = flags['json'] ? jsonWriter(io.out) : textWriter(io.out, paint(io.colour))
  let code: number = EXIT.good
  const take = (report: ArtefactFileReport, failed: boolean) => {
    code = Math.max(code, failed ? EXIT.failed : report.verdict === 'benign' ? EXIT.good : EXIT.findings)
    writer.write(report)
  }
  for await (const { failed, ...report } of scanFiles(args)) {
    take(withFindings(report, gated.get(report.file) ?? []), failed)
    gated.delete(report.file)
  }
  for (const [file, findings] of gated) take(withFindings(gateReport(file), findings), false)
  writer.end()
  return code
}

async function gateFindings(call: VerbCall): Promise<Map<string, ArtefactFinding[]>> {
  const [path, more] = call.args
  const named = DISCOVER_MODEL_FLAGS.filter(({ name }) => call.flags[name] !== undefined)
  if (named.length === 0 || path === undefined) return new Map()
  if (more !== undefined)
    throw new Failure('input_invalid', `--${named[0]?.name ?? ''} holds for one model`, {
      hint: 'name one file or folder',
    })
  const { checkGates } = await import('../../discover/artefacts/signature/gate.ts')
  return await checkGates(path, {
    signature: textFlag(call, 'signature'),
    key: textFlag(call, 'key'),
    certificates: textFlag(call, 'certificates'),
    trustedRoot: textFlag(call, 'trusted-root'),
    identity: textFlag(call, 'identity'),
    issuer: textFlag(call, 'issuer'),
    hashes: textFlag(call, 'hashes'),
    revision: textFlag(call, 'revision'),
  })
}

interface Writer {
  write(report: ArtefactFileReport): void
  end(): void
}

function jsonWriter(out: (text: string) => void): Writer {
  let before = '['
  return {
    write(report) {
      out(`${before}\n${safeJson(report)}`)
      before = ','
    },
    end: () => out(before === '[' ? '[]\n' : '\n]\n'),
  }
}

function textWriter(out: (text: string) => void, ink: Paint): Writer {
  const count = { benign: 0, suspicious: 0, malicious: 0 }
  const colours = { benign: ink.green, suspicious: ink.cyan, malicious: ink.red }
  return {
    write({ file, format, verdict, findings }) {
      count[verdict]++
      if (findings.length === 0) return
      out(`${colours[verdict](verdict)} ${ink.bold(oneLine(file))} ${ink.dim(format)}\n`)
      for (const finding of findings) out(toLines(finding, ink))
    },
    end: () => out(`${count.malicious} malicious, ${count.suspicious} suspicious, ${count.benign} benign\n`),
  }
}

function toLines(
  { technique, severity, effect, why, remedy, place, offset, opcode }: ArtefactFinding,
  ink: Paint,
): string {
  const where = [place, offset === undefined ? '' : `byte ${offset}`, opcode ?? ''].filter(Boolean).join(', ')
  return `  ${severity} ${technique}: ${oneLine(effect)}\n    ${oneLine(why)}${where ? ` (${oneLine(where)})` : ''}\n    ${ink.dim(remedy)}\n`
}
