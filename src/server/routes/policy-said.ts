// Which policy a request means, and what that one says.
import { z } from 'zod'
import type { App } from '../../app/app.ts'
import { inForce, policyOf } from '../../enforce/policies/enforce.ts'
import { bodyOf, type GatewayPolicy, parsePolicy } from '../../enforce/policies/gateway-policy.ts'
import { mustDraft, mustVersion } from '../../enforce/policies/versions.ts'
import type { JsonObject } from '../../lib/canonical-json.ts'
import type { PolicyVersion } from '../../model/policy-version.ts'

export const Which = z
  .union([z.enum(['in-force', 'draft', 'configuration']), z.string().regex(/^[1-9]\d{0,8}$/)])
  .describe('in-force, draft, configuration (what parapet.yaml and the environment say) or the number of a version')
type Which = z.infer<typeof Which>

/** `policy`: as this release understands it; an old version may be shown though it makes no sense any more. */
export async function said(
  app: App,
  which: Which,
): Promise<{ body: JsonObject; version: PolicyVersion | undefined; policy(): GatewayPolicy }> {
  if (which === 'in-force') {
    const { version, policy } = await inForce(app.enforce, app.store.read)
    return { body: bodyOf(policy), version, policy: () => policy }
  }
  if (which === 'configuration') {
    const { policy } = app.enforce.configured
    return { body: bodyOf(policy), version: undefined, policy: () => policy }
  }
  if (which === 'draft') {
    const { body } = await mustDraft(app.store.read)
    return { body, version: undefined, policy: () => parsePolicy(body) }
  }
  const version = await mustVersion(app.store.read, Number(which))
  return { body: version.body, version, policy: () => policyOf(version) }
}
