// `parapet bom`: works on files that list what a system is made of, ours or anybody's, without a server.
import { readFile, writeFile } from 'node:fs/promises'
import { Failure } from '../../lib/failure.ts'
import type { Bom } from '../../model/bom.ts'
import type { BomDiff } from '../../discover/bom/diff.ts'
import { EXIT } from '../fail.ts'
import type { Io } from '../io.ts'
import { fit, oneLine, pad, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, textFlag, type VerbCall } from '../verb.ts'

const MOST_BYTES = 268_435_456
const KINDS = 14
const FORMATS = ['cyclonedx', 'cyclonedx-1.6', 'spdx'] as const

export const bomDiff = defineVerb({
  name: 'bom diff',
  about: 'Compares two BOMs: which parts came, went and changed; lines that moved do not count',
  arguments: [
    { name: 'old', about: 'a CycloneDX or SPDX 3 file' },
    { name: 'new', about: 'the same' },
  ],
  flags: () => [{ name: 'exit-code', about: 'exit with 1 when they differ' }, JSON_FLAG],
  async run({ args, flags, io }) {
    const { diffBoms } = await import('../../discover/bom/diff.ts')
    const [before = '', after = ''] = args
    const diff = diffBoms(await bomIn(before, io), await bomIn(after, io))
    io.out(flags['json'] ? `${safeJson(diff, 2)}\n` : shown(diff, io))
    const same = Object.values(diff).every((list: readonly unknown[]) => list.length === 0)
    return flags['exit-code'] && !same ? EXIT.findings : EXIT.good
  },
})

export const bomConvert = defineVerb({
  name: 'bom convert',
  about: 'Writes a BOM in the other standard, or in another version of its own',
  arguments: [{ name: 'file', about: 'a CycloneDX or SPDX 3 file' }],
  flags: () => [
    { name: 'to', value: 'format', about: `${FORMATS.join(', ')}; cyclonedx is 1.7` },
    { name: 'out', short: 'o', value: 'file', about: 'a new file; else it is printed' },
  ],
  async run(call) {
    const { toCycloneDx } = await import('../../discover/bom/cyclonedx-write.ts')
    const { toSpdx } = await import('../../discover/bom/spdx-write.ts')
    const to = formatOf(call)
    const bom = await bomIn(call.args[0] ?? '', call.io)
    const written = to === 'spdx' ? toSpdx(bom) : toCycloneDx(bom, to === 'cyclonedx' ? '1.7' : '1.6')
    const text = `${safeJson(written, 2)}\n`
    const out = textFlag(call, 'out')
    if (out === undefined) call.io.out(text)
    else await write(out, text)
    return EXIT.good
  },
})

function formatOf(call: VerbCall): (typeof FORMATS)[number] {
  const given = textFlag(call, 'to')
  const format = FORMATS.find((one) => one === given)
  if (format !== undefined) return format
  throw new Failure('input_invalid', `--to: expected ${FORMATS.join(', ')}`)
}

export async function bomText(file: string, io: Io): Promise<string> {
  const { readAll } = await import('../remote/secrets.ts')
  const text =
    file === '-'
      ? await readAll(io.stdin)
      : await readFile(file, 'utf8').catch((cause: unknown) => {
          throw new Failure('input_invalid', `${file} cannot be read`, { cause })
        })
  if (text.length > MOST_BYTES) throw new Failure('too_large', `${file} is too large for a BOM`)
  return text
}

async function bomIn(file: string, io: Io): Promise<Bom> {
  const { bomDocument } = await import('../../discover/bom/document.ts')
  const { readBom } = await import('../../discover/bom/read.ts')
  const text = await bomText(file, io)
  const { bom, notRead } = readBom(bomDocument(text, file))
  for (const place of notRead) io.err(`${oneLine(file)}: ${oneLine(place)}\n`)
  return bom
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx' }).catch((cause: unknown) => {
    const taken = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    throw new Failure('conflict', `${file} ${taken ? 'is there already' : 'cannot be written'}`, { cause })
  })
}

function shown({ added, removed, changed, linked, unlinked }: BomDiff, io: Io): string {
  const ink = paint(io.colour)
  const line = (mark: string, kind: string, text: string) =>
    `${fit(`${mark} ${pad(kind, KINDS)}${oneLine(text)}`, io.width)}\n`
  const lines = [
    ...added.map(({ kind, name, version = '' }) => ink.green(line('+', kind, `${name} ${version}`))),
    ...removed.map(({ kind, name, version = '' }) => ink.red(line('-', kind, `${name} ${version}`))),
    ...changed.map(({ id, field, before = '', after = '' }) => line('~', field, `${id}: ${before} → ${after}`)),
    ...linked.map(({ from, kind, to }) => ink.green(line('+', kind, `${from} → ${to}`))),
    ...unlinked.map(({ from, kind, to }) => ink.red(line('-', kind, `${from} → ${to}`))),
  ]
  return lines.length === 0 ? 'no difference\n' : lines.join('')
}
