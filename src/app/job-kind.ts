// What a kind of job is. Apart from its runner, because whoever declares one needs no more than this.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Job, JobProgress } from '../model/job.ts'

/** One kind of work. It must bear being started again: after a crash it gets the progress it saved last. */
export interface JobKind {
  kind: string
  mostAttempts: number
  run(job: Job, report: (progress: JobProgress) => Promise<void>, signal: AbortSignal): Promise<JsonObject>
}
