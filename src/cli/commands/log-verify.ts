// `parapet log verify [CHECKPOINT…]`: audits the whole log of this machine against checkpoints that were kept elsewhere.
// Whoever can rewrite the data directory can make a log that agrees with itself; only what left the house convicts him.
import { readFile } from 'node:fs/promises'
import { Failure } from '../../lib/failure.ts'
import { EXIT } from '../fail.ts'
import { localTransport } from '../remote/local.ts'
import { showReply } from '../show/reply.ts'
import { safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS } from '../verb.ts'

const MOST_BYTES = 64 * 1024

export const logVerify = defineVerb({
  name: 'log verify',
  about: 'Audits the log of this machine against checkpoints kept elsewhere',
  arguments: [{ name: 'checkpoint', about: 'files with a signed checkpoint each', optional: true, many: true }],
  flags: () => [JSON_FLAG, ...PLACE_FLAGS],
  async run(call) {
    const checkpoints = await Promise.all(call.args.map(readCheckpoint))
    const transport = await localTransport(call)
    try {
      const reply = await transport.send({ method: 'POST', path: '/api/log/audit', body: { outside: checkpoints } })
      call.io.out(call.flags['json'] ? `${safeJson(reply, 2)}\n` : showReply(reply, call.io))
      return (reply as { ok?: unknown }).ok === true ? EXIT.good : EXIT.findings
    } finally {
      await transport.close()
    }
  },
})

async function readCheckpoint(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('input_invalid', `${file} cannot be read`, { hint: 'name files that hold a checkpoint', cause })
  })
  if (text.length <= MOST_BYTES) return text
  throw new Failure('too_large', `${file} is too large to be a checkpoint`)
}
