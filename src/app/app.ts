// Everything that lives while Parapet runs, wired once. Routes and commands get this and nothing else.
import { join } from 'node:path'
import { type Admit, createAdmit } from '../admit/admit.ts'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { folderKeys, givenKeys } from '../prove/keys.ts'
import { createLog, type Log } from '../prove/log.ts'
import { openPublishers } from '../prove/publish/config.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'
import { type AppGateway, openGateway } from './gateway.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createLogger, type Logger, troubleLog } from './logger.ts'
import { version } from './package.ts'
import { retentionJob } from './retention-job.ts'

export interface App {
  readonly version: string
  readonly startedAt: Date
  readonly config: Config
  readonly logger: Logger
  readonly store: Store
  readonly admit: Admit
  readonly log: Log
  readonly catalog: Catalog
  readonly jobs: Jobs
  readonly gateway: AppGateway
  readonly now: () => Date
  close(): Promise<void>
}

export interface AppOptions {
  now?: (() => Date) | undefined
  logger?: Logger | undefined
}

/** Opens in the order of need and closes in reverse, also when something on the way cannot be opened. */
export async function openApp(config: Config, options: AppOptions = {}): Promise<App> {
  const now = options.now ?? (() => new Date())
  const logger = options.logger ?? createLogger(config.logLevel)
  const onTrouble = troubleLog(logger, now)
  const opened: (() => Promise<void>)[] = []
  const close = async () => {
    for (let last = opened.pop(); last !== undefined; last = opened.pop()) await last()
  }
  try {
    const catalog = loadBuiltIn()
    const { dataDir, databaseUrl } = config
    const store = await openStore({ dataDir, databaseUrl, now, onTrouble })
    opened.push(() => store.close())
    const log = await createLog({
      store,
      keys: config.log.keys === undefined ? folderKeys(join(dataDir, 'keys')) : givenKeys(config.log.keys),
      now,
      origin: config.log.origin,
      publishers: openPublishers(config.log.publish, dataDir),
      sealWithinMs: config.log.checkpointSeconds * 1000,
      onTrouble,
    })
    opened.push(() => log.close())
    const jobs = createJobs({
      store,
      kinds: [retentionJob(store, now)],
      now,
      workers: config.limits.workers,
      onTrouble,
    })
    opened.push(() => jobs.close())
    const admit = createAdmit({ store, now })
    const gateway = await openGateway({ config, store, admit, logger, now })
    opened.push(() => gateway.close())
    return { version, startedAt: now(), config, logger, store, admit, log, catalog, jobs, gateway, now, close }
  } catch (error) {
    await close()
    throw error
  }
}
