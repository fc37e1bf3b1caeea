// Everything that lives while Parapet runs, wired once. Routes and commands get this and nothing else.
import type { Admit } from '../admit/admit.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Log } from '../prove/log.ts'
import type { Store } from '../store/store.ts'
import type { Config } from './config.ts'
import type { Jobs } from './jobs.ts'

export interface App {
  readonly version: string
  readonly startedAt: Date
  readonly config: Config
  readonly store: Store
  readonly admit: Admit
  readonly log: Log
  readonly catalog: Catalog
  readonly jobs: Jobs
  readonly now: () => Date
  close(): Promise<void>
}
