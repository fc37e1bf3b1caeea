// `parapet export`: the register as declaration files. Bytes for a file, so nothing is added and nothing shown otherwise.
import { EXIT } from '../fail.ts'
import { openTransport } from '../remote/open.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { neutral, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag } from '../verb.ts'

export const exportVerb = defineVerb({
  name: 'export',
  about: 'Prints the register as declaration files, one document for each source',
  arguments: [],
  flags: () => [
    { name: 'source', value: 'name', about: 'only this declaration; by-hand is what no file owns' },
    JSON_FLAG,
    URL_FLAG,
    ...PLACE_FLAGS,
  ],
  async run(call) {
    const source = textFlag(call, 'source')
    const query = source === undefined ? '' : `?${new URLSearchParams({ source })}`
    const transport = await openTransport(call)
    try {
      const path = `/api/declarations/export${query}`
      const reply = (await transport.send({ method: 'GET', path, body: undefined })) as { text: string }
      const { text } = reply
      if (call.flags['json']) call.io.out(`${safeJson(reply, 2)}\n`)
      else call.io.out(Number.isFinite(call.io.width) ? neutral(text) : text)
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})
