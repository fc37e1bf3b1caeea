// `parapet detect FILE…`: what the detectors find in texts of this machine. It asks no server and no store, so that it
// serves a pipe or a build as it is. A file that cannot be read does not hide what the others hold.
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { Failure } from '../../lib/failure.ts'
import { SPEAKERS } from '../../model/finding.ts'
import { EXIT, explain, explainJson } from '../fail.ts'
import { oneLine, safeJson } from '../show/text.ts'
import { defineVerb, textFlag } from '../verb.ts'

const MOST_BYTES = 256 * 1024 * 1024

export const detect = defineVerb({
  name: 'detect',
  about: 'finds injections, secrets, personal data and dangerous output in texts',
  arguments: [{ name: 'file', about: 'plain text, or JSON lines {id, text, role}; - is standard input', many: true }],
  flags: () => [
    { name: 'role', value: 'role', about: `who speaks: ${SPEAKERS.join(', ')} (default: user)` },
    { name: 'json', about: 'print a line of JSON for each text' },
  ],
  async run(call) {
    const { args, flags, io } = call
    const { createEngine, parseSpeaker } = await import('../../detect/engine.ts')
    const { DETECTORS } = await import('../../detect/detectors/index.ts')
    const { detectIn, exitCode, toLines } = await import('../../detect/detect-command.ts')
    const role = parseSpeaker(textFlag(call, 'role') ?? 'user')
    const engine = createEngine(DETECTORS)
    let worst: number = EXIT.good
    for (const file of args) {
      try {
        const source =
          file === '-'
            ? { name: 'stdin', bytes: await readBytes(io.stdin, 'standard input') }
            : { name: file, bytes: await readBytes(createReadStream(file), file) }
        for (const result of detectIn(engine, source, role)) {
          if (flags['json']) io.out(`${safeJson(result)}\n`)
          else
            io.out(
              toLines(result)
                .map((line) => `${oneLine(line)}\n`)
                .join(''),
            )
          worst = Math.max(worst, exitCode([result]))
        }
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        io.err(flags['json'] ? `${safeJson(explainJson(error))}\n` : explain(error, io))
        worst = EXIT.failed
      }
    }
    return worst
  },
})

async function readBytes(stream: Readable, name: string): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stream) {
      const part = Buffer.from(chunk as Uint8Array | string)
      bytes += part.length
      if (bytes > MOST_BYTES) break
      chunks.push(part)
    }
  } catch (cause) {
    throw new Failure('input_invalid', `${name} cannot be read`, { hint: 'name files that hold text, or -', cause })
  }
  if (bytes <= MOST_BYTES) return Buffer.concat(chunks)
  throw new Failure('too_large', `${name} has more than ${MOST_BYTES / 1024 / 1024} MB`, {
    hint: 'cut it into smaller files',
  })
}
