// mission.json: every named item of the source documents and the module that implements it.
import { z } from 'zod'
import { HEADER, Id, Ids, Words } from './common.ts'

export const MissionFile = z.strictObject({
  ...HEADER,
  modules: z.array(z.strictObject({ id: Id, does: Words })),
  rows: z.array(
    z.strictObject({
      id: Id,
      seed: z.string().regex(/^\d{3}$/),
      name: Words,
      module: Id,
      software: Words,
      controls: Ids,
      threats: Ids,
    }),
  ),
})
