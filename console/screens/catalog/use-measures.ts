// All measures of the catalogue by their id, for screens that show what a measure is where they are told its id only.
import { useQuery } from '@tanstack/react-query'
import { api, type Reply } from '../../api.ts'
import { gather } from '../../lib/gather.ts'

type Measure = Reply<'GET', '/api/catalog/measures'>['items'][number]

export function useMeasures(): ReadonlyMap<string, Measure> | undefined {
  const { data } = useQuery({
    queryKey: ['/api/catalog/measures', 'all'],
    staleTime: Infinity,
    queryFn: async () => {
      const { rows } = await gather(
        (page) => api.get('/api/catalog/measures', { query: page }),
        (measure) => measure,
      )
      return new Map(rows.map((measure) => [measure.id, measure]))
    },
  })
  return data
}
