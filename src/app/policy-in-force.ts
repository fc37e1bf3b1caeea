// Keeps the gateway at the last version of its policy, on every replica: what was recorded of policies and keys anywhere is
// heard here, read anew and swapped in, one reading after the other.
import { type Enforce, inForce } from '../enforce/policies/enforce.ts'
import { hashOfSaid, NO_POLICY } from '../enforce/policies/gateway-policy.ts'
import { withKeys } from '../enforce/policies/upstream-keys.ts'
import { adoptConfiguration } from '../enforce/policies/versions.ts'
import type { ServedPolicy } from '../enforce/snapshots.ts'
import type { EntryRow } from '../model/entry.ts'

const SUBJECTS: ReadonlySet<string> = new Set(['gateway-policy', 'upstream-key', 'sealing-key'])

export interface PolicyInForce {
  /** Reads what is in force and swaps it in; resolves when whatever was recorded before the call counts. */
  refresh(): Promise<void>
  /** Records what the configuration says where it says something new. */
  adopt(): Promise<void>
  close(): Promise<void>
}

/** Until a server adopts what it says, a changed configuration counts for this process alone. */
export async function startingPolicy(enforce: Enforce, onTrouble: (error: unknown) => void): Promise<ServedPolicy> {
  const latest = await enforce.store.read.policyVersions.latest()
  const { policy } = enforce.configured
  const isSaid = (latest?.configured ?? hashOfSaid(NO_POLICY)) === hashOfSaid(policy)
  return withKeys(enforce, isSaid ? (await inForce(enforce, enforce.store.read)).policy : policy, onTrouble)
}

export function followPolicy(
  enforce: Enforce,
  swap: (policy: ServedPolicy) => Promise<void>,
  listen: (listener: (rows: readonly EntryRow[]) => void) => () => void,
  onTrouble: (error: unknown) => void,
): PolicyInForce {
  let reading: Promise<void> | undefined
  let next: Promise<void> | undefined
  const read = async () => {
    const { policy } = await inForce(enforce, enforce.store.read)
    await swap(await withKeys(enforce, policy, onTrouble))
  }
  /** A reading under way may have missed the newest, so whoever asks meanwhile shares the one after it. */
  const refresh = (): Promise<void> => {
    if (reading === undefined) {
      reading = read().finally(() => (reading = undefined))
      return reading
    }
    next ??= reading
      .catch(() => undefined)
      .then(() => {
        next = undefined
        return refresh()
      })
    return next
  }
  const stop = listen((rows) => {
    if (rows.some(({ subjectKind }) => SUBJECTS.has(subjectKind))) refresh().catch(onTrouble)
  })
  return {
    refresh,
    async adopt() {
      await adoptConfiguration(enforce)
      await refresh()
    },
    async close() {
      stop()
      await reading?.catch(() => undefined)
    },
  }
}
