// After a change: whatever may rest on it is read anew. Only the catalogue never changes under a page.
import { useQueryClient } from '@tanstack/react-query'

export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => !String(queryKey[0]).startsWith('/api/catalog') })
}
