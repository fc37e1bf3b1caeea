// Jobs: what waits, what runs and how far it is, and how it ended.
import { z } from 'zod'
import { Failure } from '../../lib/failure.ts'
import { JOB_STATES, type Job } from '../../model/job.ts'
import { defineRoute } from '../route.ts'
import { pageOf, paging, Time } from './shapes.ts'

const JobId = z.string().min(1).max(100)
const State = z.enum(JOB_STATES)

export const ShownJob = z.object({
  id: z.string(),
  kind: z.string(),
  state: State,
  progress: z.object({ done: z.number(), total: z.number().optional(), note: z.string() }),
  attempts: z.int().describe('how often it was started'),
  mostAttempts: z.int(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.string().optional().describe('why the last attempt failed'),
  createdBy: z.string(),
  createdAt: Time,
  runAt: Time.describe('not started before'),
  endedAt: Time.optional(),
  cancelRequested: z.boolean(),
})

export const listJobs = defineRoute({
  id: 'list-jobs',
  method: 'GET',
  path: '/api/jobs',
  command: 'job list',
  summary: 'Lists jobs, newest first',
  needs: 'job:read',
  query: z.strictObject({
    state: State.optional().describe('only jobs in this state'),
    kind: z.string().min(1).max(100).optional().describe('only jobs of this kind'),
    ...paging,
  }),
  reply: pageOf(ShownJob),
  async handle({ app, query }) {
    const { items, next } = await app.store.read.jobs.list(query)
    return { items: items.map(shownJob), next }
  },
})

export const showJob = defineRoute({
  id: 'show-job',
  method: 'GET',
  path: '/api/jobs/:id',
  command: 'job show',
  summary: 'Shows one job',
  needs: 'job:read',
  params: z.strictObject({ id: JobId }),
  reply: ShownJob,
  async handle({ app, params }) {
    const job = await app.store.read.jobs.byId(params.id)
    if (!job) throw new Failure('not_found', `there is no job ${params.id}`, { hint: 'list them with GET /api/jobs' })
    return shownJob(job)
  },
})

export const cancelJob = defineRoute({
  id: 'cancel-job',
  method: 'POST',
  path: '/api/jobs/:id/cancel',
  command: 'job cancel',
  summary: 'Cancels a job that waits, or tells a running one to stop',
  needs: 'job:write',
  params: z.strictObject({ id: JobId }),
  reply: ShownJob,
  async handle({ app, actor, params }) {
    return shownJob(await app.jobs.cancel(params.id, actor))
  },
})

export const jobRoutes = [listJobs, showJob, cancelJob] as const

export function shownJob(job: Job): z.input<typeof ShownJob> {
  const { id, kind, state, progress, attempts, mostAttempts, result, error } = job
  const { createdBy, createdAt, runAt, endedAt, cancelRequested } = job
  return {
    id,
    kind,
    state,
    progress: { done: progress.done, total: progress.total, note: progress.note },
    attempts,
    mostAttempts,
    result,
    error,
    createdBy,
    createdAt,
    runAt,
    endedAt,
    cancelRequested,
  }
}
