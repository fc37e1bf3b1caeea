// Who may vouch for callers of models beside our own keys: issuers of signed tokens (OpenID Connect), what must be in a token,
// and what whom is granted.
import { z } from 'zod'

/** Signatures of a key pair only: with a shared secret, who can check a token can make one. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

const isLoopback = (url: URL) => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)

const Address = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = new URL(text)
  return url.protocol === 'https:' || isLoopback(url)
}, 'https is expected, or http on this machine')

const Claim = z
  .string()
  .regex(
    /^[^.\s]{1,128}(\.[^.\s]{1,128}){0,4}$/,
    'the name of a claim; of an inner one with dots, as in realm_access.roles',
  )
const patterns = (text: string) => z.array(z.string().min(1).max(256)).min(1).max(100).describe(text)
const most = (text: string) => z.int().min(1).max(1_000_000_000).optional().describe(text)

const Grant = z
  .strictObject({
    claim: Claim.optional().describe('the claim that this is granted by; without it, every token of the issuer is'),
    value: z
      .string()
      .min(1)
      .max(256)
      .optional()
      .describe('the value, or one of the values; a * stands for any characters'),
    models: patterns('models that are granted; a * stands for any characters'),
    routes: patterns('routes that are granted').default(['*']),
    asset: z.string().min(1).max(200).optional().describe('id of the system whose calls they are'),
    limits: z
      .strictObject({
        requestsPerMinute: most('most requests in a minute'),
        tokensPerMinute: most('most tokens in a minute, of requests and answers'),
        concurrent: most('most requests at once'),
      })
      .default({})
      .describe('what each caller may do at most'),
  })
  .refine(({ claim, value }) => (claim === undefined) === (value === undefined), 'claim and value belong together')

export type Issuer = z.infer<typeof Issuer>
const Issuer = z.strictObject({
  issuer: z.string().min(1).max(1000).describe('as tokens name it in `iss`, to the letter'),
  audience: z
    .array(z.string().min(1).max(1000))
    .min(1)
    .max(20)
    .describe('a token must be meant for one of these (`aud`)'),
  keys: Address.describe('address of its keys (JWKS)'),
  algorithms: z
    .array(z.enum(ALGORITHMS))
    .min(1)
    .default(['RS256', 'PS256', 'ES256', 'EdDSA'])
    .describe('signatures that count'),
  skewSeconds: z.int().min(0).max(300).default(30).describe('by how much its clock and ours may differ'),
  hours: z.number().min(0.01).max(8760).default(24).describe('longest life of a token'),
  subject: Claim.default('sub').describe('the claim that tells callers apart; each is a caller of its own'),
  agent: Claim.optional().describe('the claim that names the agent which calls, by its id in the register'),
  grants: z.array(Grant).min(1).max(100).describe('what is granted; of several that fit the first one counts'),
})

export const IssuersConfig = z
  .array(Issuer)
  .max(20)
  .refine((all) => new Set(all.map(({ issuer }) => issuer)).size === all.length, 'an issuer stands here twice')
