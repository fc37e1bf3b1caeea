// Everything that lives while Parapet runs, wired once. Routes and commands get this and nothing else.
import { join } from 'node:path'
import { type Admit, createAdmit } from '../admit/admit.ts'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { factorsAt } from '../govern/factor.ts'
import type { Enforce } from '../enforce/policies/enforce.ts'
import type { Govern } from '../govern/govern.ts'
import { assignmentsAt } from '../govern/responsibility.ts'
import { selectionsAt } from '../govern/selection.ts'
import { folderKeys, givenKeys } from '../prove/keys.ts'
import { createLog, type Log } from '../prove/log.ts'
import { openPublishers } from '../prove/publish/config.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Recorder } from '../record/recorder.ts'
import type { Register } from '../register/register.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { activateCatalog } from './catalog-history.ts'
import { type AttackGraphs, createAttackGraphs } from './graph/attack-graph.ts'
import { type CallContents, createCallContents } from './call-contents.ts'
import type { Config } from './config.ts'
import { createDryRun } from './dry-run.ts'
import { createEnforce } from './enforce.ts'
import { type Exports, openExports } from './exports.ts'
import { type AppGateway, openGateway } from './gateway.ts'
import { collectEvidence } from './gateway-evidence.ts'
import { createGovern } from './govern.ts'
import { createJobs, type Jobs } from './jobs.ts'
import { createLogger, type Logger, troubleLog } from './logger.ts'
import { version } from './package.ts'
import { createPosture, type Posture } from './posture.ts'
import { riskStates } from './posture/risk-states.ts'
import { openRecord } from './record.ts'
import { resealJob } from './reseal-job.ts'
import { retentionJob, retentionOf } from './retention-job.ts'
import { isAcceptedLink } from './scans/accepted-links.ts'
import { proposeSightings } from './scans/gateway-sightings.ts'
import { type AppScans, openScans } from './scans/scans.ts'
import { scanJob } from './scans/run-scan.ts'
import { usageJob } from './usage-job.ts'
import { loadSample } from './sample/load-sample.ts'

export interface App {
  readonly version: string
  readonly startedAt: Date
  readonly config: Config
  readonly logger: Logger
  readonly store: Store
  readonly admit: Admit
  readonly log: Log
  readonly catalog: Catalog
  readonly register: Register
  readonly scans: AppScans
  readonly posture: Posture
  readonly attackGraphs: AttackGraphs
  readonly govern: Govern
  readonly jobs: Jobs
  readonly record: Recorder
  readonly contents: CallContents
  readonly exports: Exports
  readonly enforce: Enforce
  readonly gateway: AppGateway
  /** What another policy would have done with the calls on record. */
  readonly dryRun: ReturnType<typeof createDryRun>
  /** The organisation in it is made up. */
  readonly isSample: boolean
  readonly now: () => Date
  close(): Promise<void>
}

export interface AppOptions {
  now?: (() => Date) | undefined
  logger?: Logger | undefined
  /** Fills it with a made-up organisation. */
  sample?: boolean | undefined
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
    const enforce = createEnforce({ config, store, now })
    const jobs = createJobs({
      store,
      kinds: [
        resealJob(store, enforce.vault),
        retentionJob(store, now, retentionOf(config)),
        usageJob(store, now),
        scanJob({ store, settings: config.scans, catalog, now }),
      ],
      now,
      workers: config.limits.workers,
      onTrouble,
    })
    opened.push(() => jobs.close())
    const admit = createAdmit({ store, now })
    const contents = createCallContents(store, enforce.vault)
    const record = openRecord({ config, store, now, contents, onTrouble })
    opened.push(() => record.close())
    const recordFirst = (exchange: Exchange) => record.addFirst(exchange)
    const gateway = await openGateway({ config, store, admit, enforce, logger, recordFirst, onTrouble, now })
    gateway.onExchange((exchange, words) => record.add(exchange, words))
    collectEvidence({ record, gateway, keeps: config.record, store, catalog, now })
    proposeSightings({ record, store, now })
    const exports = openExports({ settings: config.export, gateway, version, now, onTrouble })
    opened.push(() => exports.close())
    opened.push(() => gateway.close())
    const register: Register = {
      store,
      catalog,
      now,
      isAccepted: (from, link) => isAcceptedLink(store.read, from, link),
    }
    const posture = createPosture({
      store,
      catalog,
      now,
      appetite: config.risk.appetite,
      selections: (at) => selectionsAt(store.read.decisions, at),
      assignments: (at) => assignmentsAt(store.read.decisions, at),
      factors: (at) => factorsAt(store.read.decisions, at),
    })
    const govern = createGovern({ store, catalog, policy: config.risk, derived: riskStates(posture), now })
    await activateCatalog(store, catalog).catch(onTrouble)
    const app: App = {
      version,
      startedAt: now(),
      config,
      logger,
      store,
      admit,
      log,
      catalog,
      register,
      scans: openScans({ store, settings: config.scans, catalog, jobs, now }, onTrouble),
      posture,
      attackGraphs: createAttackGraphs({ store, posture, routes: () => gateway.routes, now }),
      govern,
      jobs,
      record,
      contents,
      exports,
      enforce,
      gateway,
      dryRun: createDryRun({ enforce, config, read: store.read, requestsOf: contents.requestsOf }),
      isSample: options.sample === true,
      now,
      close,
    }
    if (app.isSample) await loadSample(app)
    return app
  } catch (error) {
    await close()
    throw error
  }
}
