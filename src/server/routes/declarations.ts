// Declaration files through the API: what applying them would do, doing it, and the register as such files.
import { z } from 'zod'
import { Config } from '../../app/config.ts'
import { lineOfText } from '../../lib/text.ts'
import { ASSET_KINDS } from '../../model/asset.ts'
import { applyDeclarations, planDeclarations } from '../../register/apply-declarations.ts'
import { exportDeclarations } from '../../register/export-declarations.ts'
import type { Plan } from '../../register/prepare-declarations.ts'
import { defineRoute } from '../route.ts'
import { ShownChange, ShownFactValue } from './asset-shapes.ts'
import { Name } from './shapes.ts'

const MIB = 1024 * 1024
const BODY_BYTES = 8 * MIB
const TEXT_CHARS = 4 * MIB

const SETTINGS = Object.keys(Config.shape)

const Files = z
  .array(z.strictObject({ name: lineOfText(500), text: z.string().max(TEXT_CHARS) }))
  .min(1)
  .max(100)
  .describe('declaration files; all of them count together')

const ShownPlan = z.object({
  hash: z.string().describe('the same for the same steps'),
  steps: z.array(
    z.object({
      asset: z.string(),
      kind: z.enum(ASSET_KINDS),
      name: z.string(),
      source: z.string(),
      step: z.enum(['added', 'changed', 'retired', 'returned']),
      changes: z.array(ShownChange),
      facts: z.array(
        z.object({
          key: z.string(),
          before: ShownFactValue.optional(),
          after: ShownFactValue.optional(),
          confidence: z.number().optional().describe('how sure the source is, where it is not'),
        }),
      ),
    }),
  ),
  unchanged: z.int(),
  warnings: z.array(z.string()),
})

const planRoute = defineRoute({
  id: 'plan-declarations',
  method: 'POST',
  path: '/api/declarations/plan',
  command: 'declaration plan',
  summary: 'Shows what applying declaration files would change; saves nothing',
  needs: 'asset:read',
  bodyLimit: BODY_BYTES,
  body: z.strictObject({ files: Files }),
  reply: ShownPlan,
  async handle({ app, body: { files } }) {
    return shown(await planDeclarations(app.register, { files, settings: SETTINGS }))
  },
})

const applyRoute = defineRoute({
  id: 'apply-declarations',
  method: 'POST',
  path: '/api/declarations/apply',
  command: 'declaration apply',
  summary: 'Makes the register what declaration files say, all of it or nothing',
  needs: 'asset:write',
  bodyLimit: BODY_BYTES,
  body: z.strictObject({
    files: Files,
    plan: z.string().max(100).optional().describe('hash of the plan that was agreed to; refuses to do anything else'),
  }),
  reply: ShownPlan,
  async handle({ app, actor, body: { files, plan } }) {
    return shown(await applyDeclarations(app.register, actor, { files, settings: SETTINGS }, plan))
  },
})

const exportRoute = defineRoute({
  id: 'export-declarations',
  method: 'GET',
  path: '/api/declarations/export',
  command: 'declaration export',
  summary: 'The register as declaration files, one document for each source',
  needs: 'asset:read',
  query: z.strictObject({ source: Name.optional().describe('only this declaration') }),
  reply: z.object({ sources: z.array(z.string()), text: z.string() }),
  handle: ({ app, query }) => exportDeclarations(app.store.read.register, query.source),
})

export const declarationRoutes = [planRoute, applyRoute, exportRoute] as const

function shown({ steps, unchanged, warnings, hash }: Plan): z.input<typeof ShownPlan> {
  return { hash, unchanged, warnings, steps: steps.map(({ facts, ...step }) => ({ ...step, facts: facts.map(shownFact) })) } // prettier-ignore
}

function shownFact({ key, before, after, confidence }: Plan['steps'][number]['facts'][number]) {
  return { key, before: plain(before), after: plain(after), confidence }
}

const plain = (value: boolean | string | readonly string[] | undefined) =>
  typeof value === 'object' ? [...value] : value
