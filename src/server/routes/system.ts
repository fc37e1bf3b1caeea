// The state of this installation.
import { z } from 'zod'
import { readHealth } from '../health.ts'
import { defineRoute } from '../route.ts'
import { Time } from './shapes.ts'

export const showSystem = defineRoute({
  id: 'show-system',
  method: 'GET',
  path: '/api/system',
  command: 'system show',
  summary: 'Shows version, store, health and free space',
  needs: 'system:read',
  reply: z.object({
    version: z.string(),
    node: z.string(),
    startedAt: Time,
    uptimeSeconds: z.number(),
    store: z.enum(['sqlite', 'postgres']),
    catalogVersion: z.string(),
    ready: z.boolean(),
    checks: z.array(
      z.object({
        id: z.enum(['store', 'log', 'record', 'clock']),
        state: z.enum(['good', 'warning', 'failing']),
        note: z.string(),
      }),
    ),
    memoryBytes: z.number(),
    dataDir: z.object({
      path: z.string(),
      freeBytes: z.number().optional(),
      totalBytes: z.number().optional(),
    }),
    publicUrl: z.string().optional(),
  }),
  async handle({ app }) {
    return readHealth(app)
  },
})
