// What an operator allows scans to reach and to cost. Nothing is reachable that is not named: no folder of this machine, no
// host of the private network, no token but for the one host that it is for.
import { z } from 'zod'

const Host = z
  .string()
  .max(253)
  .regex(/^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)$/, 'a host name in small letters, without port')

const amount = (most: number, fallback: number, text: string) =>
  z.int().min(1).max(most).default(fallback).describe(text)

export type ScanSettings = z.infer<typeof ScanSettings>
export const ScanSettings = z.strictObject({
  roots: z
    .array(z.string().min(1).max(4096).startsWith('/', 'an absolute path'))
    .max(50)
    .default([])
    .describe('folders of this machine below which sources may be scanned; none unless given'),
  privateHosts: z
    .array(Host)
    .max(50)
    .default([])
    .describe('hosts of git whose names may lead into a private network; to them http:// is allowed as well'),
  ssh: z
    .boolean()
    .default(false)
    .describe('whether git may be asked over ssh, with the key and known hosts of the user'),
  tokens: z
    .record(
      z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and dashes'),
      z.strictObject({
        host: Host.describe('the only host that it is sent to'),
        user: z.string().min(1).max(100).default('x-access-token').describe('user name that goes with it'),
        secret: z.string().min(1).meta({ secret: true }).describe('the token'),
      }),
    )
    .default({})
    .describe('tokens for git, by a name of your choice'),
  minutes: amount(1440, 30, 'how long a scan may take, with fetching what it scans'),
  silentSeconds: amount(3600, 60, 'how long a server of git may stay silent'),
  megabytes: amount(100_000, 2048, 'how much a clone or an unpacked upload may hold'),
  files: amount(1_000_000, 200_000, 'most files of a clone or an unpacked upload'),
  uploadMegabytes: amount(128, 64, 'how large an upload may be'),
  days: amount(3650, 90, 'days after which what a scan found is forgotten, once a later one took its place'),
  depth: amount(10_000, 50, 'how many commits are fetched to learn who worked on a file'),
  sanctioned: z
    .array(z.string().min(1).max(100))
    .max(200)
    .optional()
    .describe(
      'AI providers that may be used; what traffic shows of others is shadow AI. None said: those of the register',
    ),
})
