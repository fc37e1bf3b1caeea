// `parapet detect FILE…`: what the detectors find in texts of this machine. It asks no server and no store, so that it
// serves a pipe or a build as it is. A file that cannot be read does not hide what the others hold.
import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Config } from '../../app/config.ts'
import type { Detected, Source } from '../../detect/detect-command.ts'
import { Failure } from '../../lib/failure.ts'
import { SPEAKERS } from '../../model/finding.ts'
import { EXIT, explain, explainJson } from '../fail.ts'
import { configOf } from '../place.ts'
import { oneLine, safeJson } from '../show/text.ts'
import { defineVerb, textFlag, type VerbCall } from '../verb.ts'

const MOST_BYTES = 256 * 1024 * 1024

export const detect = defineVerb({
  name: 'detect',
  about: 'Finds injections, secrets, personal data and dangerous output in texts',
  arguments: [{ name: 'file', about: 'plain text, or JSON lines {id, text, role}; - is standard input', many: true }],
  flags: () => [
    { name: 'role', value: 'role', about: `who speaks: ${SPEAKERS.join(', ')} (default: user)` },
    { name: 'json', about: 'print a line of JSON for each text' },
    {
      name: 'classifier',
      value: 'file',
      about: 'ONNX file of a classifier that adds its score (else detect.classifier.model)',
    },
    { name: 'vocabulary', value: 'file', about: 'vocabulary of the classifier (else the vocab.txt beside it)' },
    { name: 'config', value: 'file', about: 'configuration file (else PARAPET_CONFIG, parapet.yaml)' },
  ],
  async run(call) {
    const { args, flags, io } = call
    const { toLines, exitCode } = await import('../../detect/detect-command.ts')
    const { detect: read, close } = await openDetection(call)
    let worst: number = EXIT.good
    for (const file of args) {
      try {
        const source =
          file === '-'
            ? { name: 'stdin', bytes: await readBytes(io.stdin, 'standard input') }
            : { name: file, bytes: await readBytes(createReadStream(file), file) }
        for await (const result of read(source)) {
          const lines = flags['json'] ? [safeJson(result)] : toLines(result).map(oneLine)
          io.out(lines.map((line) => `${line}\n`).join(''))
          worst = Math.max(worst, exitCode([result]))
        }
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        io.err(flags['json'] ? `${safeJson(explainJson(error))}\n` : explain(error, io))
        worst = EXIT.failed
      }
    }
    await close()
    return worst
  },
})

interface Detection {
  detect(source: Source): Iterable<Detected> | AsyncIterable<Detected>
  close(): Promise<void>
}

async function openDetection(call: VerbCall): Promise<Detection> {
  const { createEngine, parseSpeaker } = await import('../../detect/engine.ts')
  const role = parseSpeaker(textFlag(call, 'role') ?? 'user')
  const { config } = await configOf(call, {
    'detect.classifier.model': textFlag(call, 'classifier'),
    'detect.classifier.vocabulary': textFlag(call, 'vocabulary'),
  })
  const { detectorsFor } = await import('../../detect/detectors/index.ts')
  const { detectIn, detectWith } = await import('../../detect/detect-command.ts')
  const engine = createEngine(detectorsFor(config.detect.limits))
  const classifier = await classifierOf(config)
  if (!classifier) return { detect: (source) => detectIn(engine, source, role), close: async () => {} }
  const { threshold } = config.detect.classifier
  const judge = { threshold, classify: (text: string) => classifier.classify(text) }
  return { detect: (source) => detectWith(engine, judge, source, role), close: () => classifier.close() }
}

async function classifierOf({ detect: { classifier } }: Config) {
  const { model } = classifier
  if (model === undefined) return undefined
  const { openClassifier } = await import('../../app/classifier/open-classifier.ts')
  return await openClassifier({ ...classifier, model })
}

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
