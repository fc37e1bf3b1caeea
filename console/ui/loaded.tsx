// Shows what a query brought, or honestly why not. Old data stays visible while it is fetched anew.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState, SkeletonLines } from './states.tsx'

interface LoadedProps<T> {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
  waiting?: ReactNode
}

export function Loaded<T>({ query, children, waiting }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return waiting === undefined ? <SkeletonLines /> : waiting
}
