// Which severity a likelihood and an impact make, by the method that the server counts with.
import { useQuery } from '@tanstack/react-query'
import type { Level } from '../../../src/model/risk.ts'
import { read } from '../../api.ts'

export function useSeverityOf(): ((likelihood: Level, impact: Level) => Level) | undefined {
  const { data } = useQuery({ ...read('/api/risk-method'), staleTime: Infinity })
  if (!data) return undefined
  const { levels, matrix } = data
  return (likelihood, impact) => matrix[levels.indexOf(likelihood)]?.[levels.indexOf(impact)] ?? 'very-high'
}
