// `parapet bom import FILE`: hands a BOM of somebody else to the server, where what it says waits in the queue.
import { basename } from 'node:path'
import { EXIT } from '../fail.ts'
import { openTransport } from '../remote/open.ts'
import { oneLine, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, textFlag } from '../verb.ts'
import { bomText } from './bom.ts'
import { SENT_FLAGS } from './submit.ts'

interface Imported {
  id: string
  summary: { things: Record<string, number>; discovered: { new: number; gone: number; changed: number } }
  notRead: string[]
}

export const bomImport = defineVerb({
  name: 'bom import',
  about: 'Takes in a BOM of somebody else: what it says waits, and can be held against what scans see',
  arguments: [{ name: 'file', about: 'CycloneDX 1.2 to 1.7, SPDX 3.0 or 2.3; - reads standard input' }],
  flags: () => [...SENT_FLAGS, JSON_FLAG],
  async run(call) {
    const [given = ''] = call.args
    const content = await bomText(given, call.io)
    const file = given === '-' ? 'bom.json' : basename(given)
    const [name = file, system] = [textFlag(call, 'name'), textFlag(call, 'system')]
    const transport = await openTransport(call)
    try {
      const body = { name, ...(system === undefined ? {} : { system }), file, content }
      const scan = (await transport.send({ method: 'POST', path: '/api/boms/import', body })) as Imported
      for (const place of scan.notRead) call.io.err(`${oneLine(file)}: ${oneLine(place)}\n`)
      const { things, discovered } = scan.summary
      const said = Object.values(things).reduce((sum, count) => sum + count, 0)
      call.io.out(
        call.flags['json'] === true
          ? `${safeJson(scan, 2)}\n`
          : `${oneLine(name)} is ${oneLine(scan.id)}: it says ${said} things, ${discovered.new} of them new, ${discovered.gone} gone\n`,
      )
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})
