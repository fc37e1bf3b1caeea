// Home: what waits for whoever asks, as far as he may see it.
import { z } from 'zod'
import { HOME_SCOPES, whatWaits } from '../../app/home.ts'
import { WAITING_KINDS } from '../../app/home/waiting.ts'
import { defineRoute } from '../route.ts'
import { pageOf, paging, Time } from './shapes.ts'

const ShownWaiting = z.object({
  kind: z.enum(WAITING_KINDS),
  id: z.string(),
  title: z.string(),
  since: Time.optional(),
  ageDays: z.int().optional(),
  due: Time.optional(),
  system: z.string().optional(),
  owner: z.string().optional().describe('absent: nobody owns it'),
  about: z.object({
    kind: z.enum(['approval', 'acceptance', 'system', 'review', 'assurance', 'asset', 'scan-source']),
    id: z.string(),
  }),
})

const listWaiting = defineRoute({
  id: 'list-waiting',
  method: 'GET',
  path: '/api/home',
  command: 'home',
  summary: 'Lists what waits for you, most urgent first',
  needs: 'risk:read',
  query: z.strictObject({
    scope: z.enum(HOME_SCOPES).default('mine').describe('mine: what you own, and what nobody owns'),
    kind: z.enum(WAITING_KINDS).optional(),
    ...paging,
  }),
  reply: pageOf(ShownWaiting),
  async handle({ app, actor, query }) {
    const { items, next } = await whatWaits(app, actor, query)
    const now = app.now().getTime()
    const shown = items.map(({ kind, key, title, since, due, system, owner, about }) => {
      const ageDays = since === undefined ? undefined : Math.max(0, Math.floor((now - Date.parse(since)) / 86_400_000))
      return { kind, id: `${kind}:${key}`, title, since, ageDays, due, system, owner, about }
    })
    return { items: shown, next }
  },
})

export const homeRoutes = [listWaiting] as const
