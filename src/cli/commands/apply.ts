// `parapet apply FILE…`: makes the register what declaration files say, in one change or not at all.
import type { Plan } from '../../register/prepare-declarations.ts'
import { FILES_ARGUMENT, readFiles } from '../declarations/files.ts'
import { showPlan } from '../declarations/show-plan.ts'
import { EXIT } from '../fail.ts'
import { openTransport } from '../remote/open.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag } from '../verb.ts'

export const apply = defineVerb({
  name: 'apply',
  about: 'Makes the register what declaration files say, all of it or nothing',
  arguments: [FILES_ARGUMENT],
  flags: () => [
    { name: 'plan', value: 'hash', about: 'only if it does what `parapet plan --json` showed under this hash' },
    JSON_FLAG,
    URL_FLAG,
    ...PLACE_FLAGS,
  ],
  async run(call) {
    const body = { files: await readFiles(call.args), plan: textFlag(call, 'plan') }
    const transport = await openTransport(call)
    try {
      const reply = (await transport.send({ method: 'POST', path: '/api/declarations/apply', body })) as Plan
      call.io.out(call.flags['json'] ? `${safeJson(reply, 2)}\n` : showPlan(reply, true, call.io))
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})
