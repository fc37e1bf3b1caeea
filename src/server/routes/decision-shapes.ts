// What the routes of decisions share: reasons, ends, the thing decided on, and how a revision is shown.
import { z } from 'zod'
import { lineOfText, paragraphsOfText } from '../../lib/text.ts'
import type { Kept } from '../../model/decision.ts'
import { PARTIES } from '../../model/applicability.ts'
import { Time } from './shapes.ts'

export const SystemId = z.string().min(1).max(64).describe('id of a system')
export const CatalogId = z.string().min(1).max(150)
export const DecisionId = z.strictObject({ id: z.string().min(1).max(100) })
export const Reason = paragraphsOfText(2000).describe('why, for whoever reads this in a year')
export const Line = lineOfText(300)
export const Until = z.iso.datetime({ offset: true })
export const Party = z.enum(PARTIES)

export const About = {
  id: z.string(),
  system: z.string().optional(),
  revision: z.int().describe('counts its steps'),
  recordedAt: Time.describe('when this step became known'),
}

export function aboutOf({ id, system, revision, recordedAt }: Kept<unknown>) {
  return { id, system, revision, recordedAt }
}
