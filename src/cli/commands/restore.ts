// `parapet restore FILE`: makes the installation what the backup holds. Everything is checked before anything is touched.
import { Failure } from '../../lib/failure.ts'
import { EXIT } from '../fail.ts'
import { configOf } from '../place.ts'
import { showReply } from '../show/reply.ts'
import { safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS } from '../verb.ts'

export const restore = defineVerb({
  name: 'restore',
  about: 'Brings back what a backup holds, after checking all of it',
  arguments: [{ name: 'file', about: 'a backup' }],
  flags: () => [
    { name: 'replace', about: 'put it in the place of what is there; without this only an empty place is taken' },
    JSON_FLAG,
    ...PLACE_FLAGS,
  ],
  async run(call) {
    const [file = ''] = call.args
    const { config } = await configOf(call)
    const { readRunFile } = await import('../../server/run-file.ts')
    const running = await readRunFile(config.dataDir)
    if (running) {
      throw new Failure('conflict', `a server runs on ${config.dataDir} (process ${running.pid})`, {
        hint: 'stop it first, then restore',
      })
    }
    const { restore: load } = await import('../../store/backup/restore.ts')
    const { dataDir, databaseUrl } = config
    const archive = await load(
      file,
      { dataDir, databaseUrl },
      { now: () => new Date(), replace: call.flags['replace'] === true },
    )
    const { header, manifest } = archive
    const reply = {
      restored: true,
      dataDir,
      createdAt: header.createdAt,
      tables: manifest.tables,
      attachments: manifest.attachments,
      log: { size: manifest.log.size, root: manifest.log.root },
    }
    call.io.out(call.flags['json'] ? `${safeJson(reply, 2)}\n` : showReply(reply, call.io))
    return EXIT.good
  },
})
