// What waits because of the register: assets that nobody owns or that nobody declared, and facts that sources disagree on.
import { listFindings } from '../../register/findings.ts'
import type { Problem } from '../../register/register-store.ts'
import type { Waiting, WaitingSource } from './waiting.ts'

const AT_ONCE = 100

export const unowned = assetsWith('no-owners', 'asset-unowned')
export const unconfirmed = assetsWith('not-confirmed', 'asset-unconfirmed')
export const inConflict = assetsWith('conflicting-facts', 'facts-in-conflict')

function assetsWith(problem: Problem, kind: Waiting['kind']): WaitingSource {
  return async function* ({ app }, after) {
    let cursor: string | undefined = after === '' ? undefined : after
    do {
      const page = await listFindings(app.register, { problem, limit: AT_ONCE, cursor })
      for (const { asset, findings } of page.items) {
        const { id, name, owners, firstSeen } = asset
        const title = `${name}: ${findings[0]?.message ?? ''}`
        const owner = owners.business ?? owners.data ?? owners.risk
        yield { kind, key: id, title, since: firstSeen, owner, about: { kind: 'asset', id } }
      }
      cursor = page.next
    } while (cursor !== undefined)
  }
}
