// The routes of the gateway as they are in force, and a call that a person makes through one of them to see what happens.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { PARTS } from '../../app/playground/question.ts'
import { tryCall } from '../../app/playground/try-call.ts'
import { GUARDS } from '../../enforce/guards/index.ts'
import { inForce } from '../../enforce/policies/enforce.ts'
import { enforcements } from '../../enforce/policy.ts'
import { withDemo } from '../../enforce/snapshots.ts'
import { MODES } from '../../model/policy.ts'
import { defineRoute } from '../route.ts'
import { toTrace, Trace } from './exchange-shapes.ts'

const Words = z.string().max(200_000)

const ServedRoute = z.object({
  id: z.string(),
  models: z.array(z.string()).describe('names and patterns of the models that it serves'),
  upstreams: z.array(z.object({ id: z.string(), model: z.string().optional().describe('its name there') })),
  policy: z.string().describe('hash that decisions made on it name'),
  guards: z.array(
    z.object({
      id: z.string(),
      mode: z.enum(MODES),
      onFailure: z.enum(['block', 'pass']),
      isOwn: z.boolean().describe('the route says something of its own about it'),
    }),
  ),
})

const listRoutes = defineRoute({
  id: 'list-gateway-routes',
  method: 'GET',
  path: '/api/gateway/routes',
  command: 'route list',
  summary: 'Lists the routes in force, where they lead and the mode of each guard on them',
  needs: 'call:read',
  reply: z.object({ items: z.array(ServedRoute) }),
  handle: async ({ app }) => ({ items: await servedRoutes(app) }),
})

const tryRoute = defineRoute({
  id: 'try-call',
  method: 'POST',
  path: '/api/gateway/try',
  command: 'try',
  summary: 'Asks a model through the gateway without a key and shows what each guard did; recorded like any call',
  needs: 'call:write',
  bodyLimit: 1024 * 1024,
  body: z.strictObject({
    model: z.string().min(1).max(256).default('demo/assistant').describe('as a client names it'),
    route: z.string().min(1).max(63).optional().describe('only on this route'),
    enforce: z
      .array(z.enum(GUARDS.map(({ id }) => id)))
      .max(GUARDS.length)
      .optional()
      .describe('guards that are to enforce on this call, though the policy only lets them observe'),
    system: Words.optional().describe('the system prompt'),
    prompt: Words.min(1).describe('what the user says'),
    document: Words.optional().describe('what a tool is said to have fetched: words of nobody we trust'),
  }),
  tells: z.object({ text: z.string().describe('the answer as it comes, as the client gets it') }),
  reply: z.object({
    trace: Trace,
    refusal: z.string().optional().describe('where it was refused: what the client is told'),
    parts: z.array(
      z.object({
        name: z.enum(PARTS),
        before: z.string().optional().describe('as the client sent it'),
        after: z.string().optional().describe('as it went to the model; absent where nothing went'),
      }),
    ),
    answer: z.object({
      before: z.string().optional().describe('as the model gave it; absent where it gave none'),
      after: z.string().describe('as the client got it'),
    }),
  }),
  async handle({ app, actor, client, signal, tell, body }) {
    const { exchange, parts, ...rest } = await tryCall(app, body, {
      actor,
      signal,
      address: client.address,
      heard: (text) => tell({ text }),
    })
    return { ...rest, parts: [...parts], trace: toTrace(exchange) }
  },
})

export const playgroundRoutes = [listRoutes, tryRoute] as const

async function servedRoutes({ enforce, store }: App): Promise<z.input<typeof ServedRoute>[]> {
  const { policy: written } = await inForce(enforce, store.read)
  const { routes, guards } = enforce.demo ? withDemo(written) : written
  const enforcementOf = enforcements(guards)
  return Object.entries(routes).map(([id, route]) => {
    const { policy } = enforcementOf(route.guards)
    return {
      id,
      models: [...route.models],
      upstreams: route.upstreams.map((one) =>
        typeof one === 'string' ? { id: one } : { id: one.use, model: one.model },
      ),
      policy: policy.hash,
      guards: Object.entries(policy.guards).map(([guard, { mode, onFailure }]) => {
        return { id: guard, mode, onFailure, isOwn: route.guards[guard] !== undefined }
      }),
    }
  })
}
