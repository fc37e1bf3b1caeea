// `parapet backup FILE`: through the server when one runs, since it has the store; else in this process. Takes the place
// of the operation of that name, which wants an absolute path.
import { resolve } from 'node:path'
import { EXIT } from '../fail.ts'
import { localTransport } from '../remote/local.ts'
import { showReply } from '../show/reply.ts'
import { safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS } from '../verb.ts'

const KEYS_APART =
  'the signing keys of the log are not in it: keep the folder keys of the data directory too, or use --keys\n'

export const backup = defineVerb({
  name: 'backup',
  about: 'Writes everything to a new file, from one consistent moment, while it runs',
  arguments: [{ name: 'file', about: 'a file that is not there yet' }],
  flags: () => [
    { name: 'keys', about: 'also the signing keys of the log, not encrypted: keep the file as you keep them' },
    JSON_FLAG,
    ...PLACE_FLAGS,
  ],
  async run(call) {
    const [file = ''] = call.args
    const transport = await localTransport(call)
    try {
      const body = { file: resolve(file), keys: call.flags['keys'] === true }
      const reply = await transport.send({ method: 'POST', path: '/api/backups', body })
      call.io.out(call.flags['json'] ? `${safeJson(reply, 2)}\n` : showReply(reply, call.io))
      if (call.flags['keys'] !== true) call.io.err(KEYS_APART)
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})
