// Runs queued work: claims, renews, retries with back-off, and tells who listens how far it is.
import type { JsonObject } from '../lib/canonical-json.ts'
import type { Actor } from '../model/actor.ts'
import type { Job, JobProgress } from '../model/job.ts'

/** One kind of work. It must bear being started again: after a crash it gets the progress it saved last. */
export interface JobKind {
  kind: string
  mostAttempts: number
  run(job: Job, report: (progress: JobProgress) => Promise<void>, signal: AbortSignal): Promise<JsonObject>
}

export interface Jobs {
  enqueue(kind: string, input: JsonObject, actor: Actor): Promise<Job>
  onProgress(listener: (job: Job) => void): () => void
  close(): Promise<void>
}
