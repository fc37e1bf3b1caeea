// Asks for what rests on the draft: once for each draft, named by its hash, beside the version in force. No event makes it
// ask again, so nothing on the page asks for a draft that was just published or thrown away.
import { keepPreviousData } from '@tanstack/react-query'
import type { InForce } from './policy-body.ts'

export function ofDraft<Q extends { queryKey: readonly unknown[] }>(query: Q, { draft, version }: InForce) {
  return {
    ...query,
    queryKey: [...query.queryKey, draft?.hash, version?.number],
    enabled: draft !== undefined,
    staleTime: 'static' as const,
    gcTime: 0,
    placeholderData: keepPreviousData,
  }
}
