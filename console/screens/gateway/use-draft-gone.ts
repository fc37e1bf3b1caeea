// After the draft was published or thrown away: first it is known that there is none, so that nothing on the page asks for it
// any more; then whatever rests on the policy is read anew.
import { useQueryClient } from '@tanstack/react-query'
import { read } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'

export function useDraftGone(): () => Promise<void> {
  const client = useQueryClient()
  const refresh = useRefresh()
  return async () => {
    await client.refetchQueries({ queryKey: read('/api/policy').queryKey, exact: true })
    await refresh()
  }
}
