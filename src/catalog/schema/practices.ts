// practices.json: what an organisation does day to day: pillars, risks, best practices, incidents to be ready for.
import { z } from 'zod'
import { HEADER, Id, Ids, TextList, Words } from './common.ts'
import { Obligation } from './privacy.ts'

export const Practice = z.strictObject({
  id: Id,
  n: z.int(),
  name: Words,
  requirements: z.array(Obligation.omit({ kind: true })).min(1),
})

export const PracticesFile = z.strictObject({
  ...HEADER,
  source: z.strictObject({ seed: Words }),
  definitions: z.array(z.strictObject({ id: Id, means: Words })),
  pillars: z.array(z.strictObject({ id: Id, name: Words, controls: Ids, covers: Words })),
  protectedData: TextList,
  risks: z.array(z.strictObject({ id: Id, name: Words, threats: Ids, controls: Ids })),
  bestPractices: z.array(Practice),
  incidentScenarios: z.array(
    z.strictObject({
      id: Id,
      name: Words,
      threats: Ids,
      disableCandidates: TextList,
      evidence: TextList,
      decide: TextList,
    }),
  ),
  aiSpm: z.strictObject({ questions: TextList, outputs: TextList, scoreInputs: TextList }),
  injectionLayers: z.array(z.strictObject({ id: Id, name: Words, controls: Ids, weakness: Words })),
})
