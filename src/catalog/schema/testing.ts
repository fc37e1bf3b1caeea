// testing.json: how the controls are attacked to see whether they hold.
import { z } from 'zod'
import { HEADER, Id, Ids, Source, TextList, Words } from './common.ts'

const Layer = z.strictObject({ id: Id, name: Words, threats: Ids })
export const Test = z.strictObject({ id: Id, does: Words, controls: Ids, threats: Ids })

export const TestingFile = z.strictObject({
  ...HEADER,
  source: Source,
  strategies: z.array(z.strictObject({ id: Id, name: Words, controls: Ids.optional() })),
  generalSteps: TextList,
  promptInjection: z.strictObject({
    steps: TextList,
    attackClasses: z.array(z.strictObject({ id: Id, name: Words })),
    threats: Ids,
    rules: TextList,
  }),
  evasion: z.strictObject({ steps: TextList, aspects: TextList, threats: Ids }),
  agentic: z.strictObject({ layers: z.array(Layer), tests: z.array(Test), severityFactors: TextList }),
  rag: z.strictObject({ layers: z.array(Layer), tests: z.array(Test) }),
  positiveTesting: Words,
  tools: z.array(
    z.strictObject({ id: Id, name: Words, kind: z.enum(['predictive', 'genai']), licence: Words, threats: Ids }),
  ),
  attackQueryBudgets: z.array(z.strictObject({ threat: Id, queries: Words })),
})
