// Whose call it is, for guards that keep count of somebody: a name that says nothing of who that is.
import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Json } from '../lib/canonical-json.ts'
import type { Arrival } from './guard.ts'
import { objectOf } from './wire/claims.ts'

export const SUBJECTS = ['key', 'user', 'asset', 'address', 'route', 'all'] as const

export const UserHeader = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'the name of a header in small letters')
  .optional()
  .describe('the header in which your application names its user; else `user` or `metadata.user_id` of the body')

export function subjectOf(per: (typeof SUBJECTS)[number], arrival: Arrival, userHeader: string | undefined): string {
  const { keyId, asset, address, route } = arrival
  switch (per) {
    case 'key':
      return keyId
    case 'asset':
      return asset ?? keyId
    case 'route':
      return route
    case 'all':
      return 'all'
    case 'address':
      return hashedName(address ?? '')
    case 'user':
      // A name that an application gives means something within that application only.
      return `${asset ?? keyId}:${hashedName(userOf(arrival, userHeader))}`
  }
}

function userOf({ user, header, body }: Arrival, userHeader: string | undefined): string {
  if (user !== undefined) return user
  if (userHeader !== undefined) return header(userHeader) ?? ''
  const named: readonly (Json | undefined)[] = [
    body['safety_identifier'],
    body['user'],
    objectOf(body['metadata'])?.['user_id'],
  ]
  return String(named.find((one) => typeof one === 'string') ?? '')
}

const NOBODY = hash('sha256', '', 'base64url').slice(0, 22)

export function hashedName(text: string): string {
  return text === '' ? NOBODY : hash('sha256', text, 'base64url').slice(0, 22)
}
