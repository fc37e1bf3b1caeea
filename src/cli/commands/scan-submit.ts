// `parapet scan submit FILE…`: sends what `parapet discover --json` and `parapet discover model --json` wrote, as a pipeline
// does that scans in one step and has a token in another.
import { readFile, stat } from 'node:fs/promises'
import { Failure } from '../../lib/failure.ts'
import type { ArtefactFileReport } from '../../model/artefact.ts'
import type { Discovered } from '../../model/discovered.ts'
import type { ScanResult } from '../../model/scan.ts'
import { EXIT } from '../fail.ts'
import { defineVerb } from '../verb.ts'
import { SENT_FLAGS, sourcesToSubmit, submit } from './submit.ts'

const MOST_BYTES = 64 * 1024 * 1024

export const scanSubmit = defineVerb({
  name: 'scan submit',
  about: 'Sends results of scans made elsewhere to the server',
  arguments: [{ name: 'file', about: 'what `parapet discover --json`, also of models, wrote', many: true }],
  flags: () => SENT_FLAGS,
  async run(call) {
    const result: Partial<ScanResult> = {}
    for (const file of call.args) {
      const said = await read(file)
      if (Array.isArray(said)) result.modelFiles = [...(result.modelFiles ?? []), ...(said as ArtefactFileReport[])]
      // The server reads every member of it and refuses what is none of a result.
      else if (isResult(said)) Object.assign(result, await sourcesToSubmit(said, []))
      else
        throw new Failure('input_invalid', `${file} holds no result`, { hint: 'make it with parapet discover --json' })
    }
    await submit(call, call.args[0] ?? '', result)
    return EXIT.good
  },
})

const isResult = (said: unknown): said is Discovered =>
  typeof said === 'object' && said !== null && 'roots' in said && Array.isArray(said.roots)

async function read(file: string): Promise<unknown> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size > MOST_BYTES) throw new Failure('too_large', `${file} is larger than a result may be`)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('input_invalid', `${file} cannot be read`, { cause, hint: 'name files' })
  })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('input_invalid', `${file} is no JSON`, { cause, hint: 'make it with parapet discover --json' })
  }
}
