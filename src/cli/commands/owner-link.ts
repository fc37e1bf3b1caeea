// `parapet owner-link`: the way back in for an owner who lost every way. Whoever can read the data directory owns the
// installation anyway, so that is the proof; over --url it is refused.
import { EXIT } from '../fail.ts'
import { localTransport } from '../remote/local.ts'
import { neutral, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag } from '../verb.ts'

export const ownerLink = defineVerb({
  name: 'owner-link',
  about: 'Makes a one-time link by which an owner comes in again',
  arguments: [],
  flags: () => [
    { name: 'email', value: 'address', about: 'which owner; the oldest unless told otherwise' },
    JSON_FLAG,
    ...PLACE_FLAGS,
  ],
  async run(call) {
    const email = textFlag(call, 'email')
    const transport = await localTransport(call)
    try {
      const body = email === undefined ? {} : { email }
      const reply = (await transport.send({ method: 'POST', path: '/api/links/owner', body })) as Record<string, string>
      if (call.flags['json']) call.io.out(`${safeJson(reply, 2)}\n`)
      else call.io.out(`${neutral(reply['url'] ?? '')}\nworks once, until ${neutral(reply['expiresAt'] ?? '')}\n`)
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})
