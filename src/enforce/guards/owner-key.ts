// The key from which a guard makes what only one system of this installation shall recognise. Kept, because making one costs
// more than most guards do.
import { createHmac } from 'node:crypto'
import type { CallContext } from '../guard.ts'

const MOST_KEPT = 1000
const kept = new WeakMap<Uint8Array, Map<string, Uint8Array>>()

/** Of the system that the caller's key belongs to, or of that key where it belongs to none. */
export function ownerKey(guard: string, { secret, asset, keyId }: CallContext): Uint8Array {
  const name = `${guard}\0${asset === undefined ? `key\0${keyId}` : `system\0${asset}`}`
  let keys = kept.get(secret)
  if (keys === undefined) kept.set(secret, (keys = new Map()))
  let key = keys.get(name)
  if (key !== undefined) return key
  key = createHmac('sha256', secret).update(name).digest()
  if (keys.size >= MOST_KEPT) keys.delete(keys.keys().next().value ?? '')
  keys.set(name, key)
  return key
}
