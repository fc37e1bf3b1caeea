// Who is signed in. Asked once, kept in the query cache, forgotten with everything else when the session ends.
import { type QueryClient, useQuery } from '@tanstack/react-query'
import type { Permission } from '../src/model/role.ts'
import { api, keepCsrf, read, type Reply, tellSignedOut } from './api.ts'

export type Session = Reply<'GET', '/api/session'>
type SignedIn = Extract<Session, { signedIn: true }>

const query = {
  ...read('/api/session'),
  staleTime: 60_000,
  queryFn: async (): Promise<Session> => {
    const session = await api.get('/api/session')
    keepCsrf(session.signedIn ? session.csrf : undefined)
    return session
  },
}

let client: QueryClient | undefined
export function keepClient(kept: QueryClient): void {
  client = kept
}

export const ensureSession = (from: QueryClient) => from.ensureQueryData(query)

export function useAnySession() {
  return useQuery(query)
}

/** The signed-in person; inside the frame there always is one. */
export function useSession(): Pick<SignedIn, 'account' | 'permissions' | 'passkeys' | 'sample'> {
  const { data } = useQuery(query)
  return data?.signedIn ? data : { account: undefined, permissions: [], passkeys: false, sample: false }
}

/** Whether the role allows something: only to leave out what would be refused; the server decides. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession()
  return (permission) => permissions.includes(permission)
}

/** After signing in: the reply carries the token for changes, the rest is asked anew. */
export async function signedIn(csrf: string): Promise<void> {
  client?.clear()
  keepCsrf(csrf)
  if (client) await ensureSession(client)
}

/** Nothing that was read stays in memory for whoever comes next. */
export function sessionEnded(): void {
  keepCsrf(undefined)
  client?.clear()
}

/** Asks whether the session still holds; where it does not, the page that was open is left for the sign-in. */
export async function checkStillIn(from: QueryClient): Promise<void> {
  const session = await from.fetchQuery({ ...query, staleTime: 0 }).catch(() => undefined)
  if (session && !session.signedIn) tellSignedOut()
}

export async function signOut(): Promise<void> {
  try {
    await api.delete('/api/session')
  } finally {
    sessionEnded()
    location.assign('/sign-in')
  }
}
