// Everything an operator can set. Secrets are references, never values.
import { z } from 'zod'

export type Config = z.infer<typeof Config>
export const Config = z.strictObject({
  host: z.string().default('127.0.0.1').describe('address to listen on'),
  port: z.int().min(0).max(65535).default(8787).describe('port to listen on; 0 takes a free one'),
  publicUrl: z.url().optional().describe('the origin people use, as in https://parapet.example'),
  dataDir: z.string().default('parapet-data').describe('folder for the embedded store, keys and published checkpoints'),
})
