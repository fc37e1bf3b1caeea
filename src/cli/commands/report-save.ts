// `parapet report save ENTRY`: puts the files of a report into a folder, each with what proves it.
import { writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { Failure } from '../../lib/failure.ts'
import { makeFolder } from '../../lib/make-folder.ts'
import { EXIT } from '../fail.ts'
import { openTransport } from '../remote/open.ts'
import type { Transport } from '../remote/transport.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { oneLine, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag } from '../verb.ts'

interface Shown {
  files: readonly { name: string }[]
}

interface File {
  name: string
  content: string
  proof?: string
}

export const reportSave = defineVerb({
  name: 'report save',
  about: 'Saves the files of a report, each with its proof',
  arguments: [{ name: 'entry', about: 'the log entry that `report make` printed' }],
  flags: () => [
    { name: 'to', value: 'folder', about: 'where to put them; here unless given' },
    JSON_FLAG,
    URL_FLAG,
    ...PLACE_FLAGS,
  ],
  async run(call) {
    const [entry = ''] = call.args
    if (!/^\d{1,15}$/.test(entry))
      throw new Failure('input_invalid', `"${entry}" is no entry of the log`, {
        hint: '`parapet report list` shows them',
      })
    const folder = resolve(textFlag(call, 'to') ?? '.')
    const transport = await openTransport(call)
    try {
      const written = await save(transport, entry, folder)
      call.io.out(
        call.flags['json'] ? `${safeJson({ written }, 2)}\n` : written.map((path) => `${oneLine(path)}\n`).join(''),
      )
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})

async function save(transport: Transport, entry: string, folder: string): Promise<string[]> {
  const report = (await transport.send({ method: 'GET', path: `/api/reports/${entry}`, body: undefined })) as Shown
  makeFolder(folder)
  const written: string[] = []
  for (const { name } of report.files) {
    const path = `/api/reports/${entry}/files/${encodeURIComponent(name)}`
    const file = (await transport.send({ method: 'GET', path, body: undefined })) as File
    // A name from a server must not lead out of the folder.
    const place = join(folder, basename(file.name))
    await writeFile(place, Buffer.from(file.content, 'base64'))
    written.push(place)
    if (file.proof === undefined) continue
    await writeFile(`${place}.proof.json`, file.proof)
    written.push(`${place}.proof.json`)
  }
  return written
}
