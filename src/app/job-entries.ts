// What the evidence log says of a job: that it was queued, by whom, and how it ended. Never its input or result.
import { SYSTEM } from '../model/actor.ts'
import type { NewEntry } from '../model/entry.ts'
import type { Job } from '../model/job.ts'

export function jobEnded({ id, kind, state, attempts }: Job): NewEntry {
  return { kind: 'job.ended', actor: SYSTEM, subject: { kind: 'job', id }, data: { kind, state, attempts } }
}
