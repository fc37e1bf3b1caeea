// `parapet plan FILE…`: what applying declaration files would change. Exits with 1 when there is anything, so that a build
// can hold files and register together.
import type { Plan } from '../../register/prepare-declarations.ts'
import { FILES_ARGUMENT, readFiles } from '../declarations/files.ts'
import { showPlan } from '../declarations/show-plan.ts'
import { EXIT } from '../fail.ts'
import { openTransport } from '../remote/open.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS } from '../verb.ts'

export const plan = defineVerb({
  name: 'plan',
  about: 'Shows what applying declaration files would change; exits with 1 when there is anything',
  arguments: [FILES_ARGUMENT],
  flags: () => [JSON_FLAG, URL_FLAG, ...PLACE_FLAGS],
  async run(call) {
    const files = await readFiles(call.args)
    const transport = await openTransport(call)
    try {
      const reply = (await transport.send({ method: 'POST', path: '/api/declarations/plan', body: { files } })) as Plan
      call.io.out(call.flags['json'] ? `${safeJson(reply, 2)}\n` : showPlan(reply, false, call.io))
      return reply.steps.length > 0 ? EXIT.findings : EXIT.good
    } finally {
      await transport.close()
    }
  },
})
