// What browsers send for a passkey, as far as we read it. Browsers add members over the years, so others are let
// through and dropped. The sizes are far above what real authenticators send.
import { z } from 'zod'

const Base64Url = z
  .string()
  .max(16_384)
  .regex(/^[A-Za-z0-9_-]*$/, 'is not base64url')
const Id = Base64Url.min(1).max(1400)
const Transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

const common = {
  id: Id,
  rawId: Id,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}).default({}),
}

export const Registration = z.object({
  ...common,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(Transport).max(10).optional(),
  }),
})

export const Authentication = z.object({
  ...common,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
})

/** Handed to the browser as it is. */
export const Options = z.record(z.string(), z.unknown()).describe('goes to navigator.credentials as it is')
