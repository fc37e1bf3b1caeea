// Listens to the server's events and lets the screens that they concern read anew. When the line breaks the page says so
// and tries again, later and later, with a spread so that a restarted server does not meet everybody at once.
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { checkStillIn } from './session.ts'

type ConnectionState = 'connecting' | 'live' | 'offline'

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000
/** Several entries of one change arrive together; screens read once. */
const GATHER_MS = 150

let state: ConnectionState = 'connecting'
const listeners = new Set<() => void>()

function setState(next: ConnectionState) {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

/** What is derived from register, evidence and decisions is read anew less often: proofs arrive all day long. */
const DERIVED_MS = 2500
const DERIVED = /^\/api\/(?!catalog|log|accounts|tokens|session|jobs|system$|me\b|exchanges|approvals)/
const HOUSEKEEPING = /^(account|invitation|link|passkey|session|token|job|log|call|approval)\./

/** Calls may come by the thousand; what shows them is read anew every other second. A single call never changes. */
const CALLS_MS = 2000
const AFTER_CALLS = /^\/api\/(exchanges|sightings|usage|budgets|keys|gateway\/upstreams)$/

/** Which paths a kind of log entry makes stale; every entry makes the log itself stale. */
const STALE_AFTER: readonly [RegExp, string][] = [
  [/^(account|invitation|link)\./, '/api/accounts'],
  [/^(token)\./, '/api/tokens'],
  [/^(account|passkey)\./, '/api/session'],
  [/^(job)\./, '/api/jobs'],
  [/^(approval)\./, '/api/approvals'],
  [/^(approval)\./, '/api/home'],
]

export function useLiveChanges(): void {
  const client = useQueryClient()
  useEffect(() => connect(client), [client])
}

function connect(client: QueryClient): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  let missed = false
  const gather = gatherer(client)
  const called = later(CALLS_MS, () => invalidate(client, (path) => AFTER_CALLS.test(path)))

  function open() {
    source = new EventSource('/api/events')
    source.addEventListener('open', () => {
      wait = FIRST_WAIT_MS
      setState('live')
      if (missed)
        void client.invalidateQueries({ predicate: ({ queryKey }) => !String(queryKey[0]).startsWith('/api/catalog') })
      missed = false
    })
    source.addEventListener('entry', (event) => gather(kindOf(event.data)))
    source.addEventListener('closed', (event) => {
      if (reasonOf(event.data) === 'signed-out') void checkStillIn(client)
    })
    source.addEventListener('call', () => called())
    source.addEventListener('more-calls', () => called())
    source.addEventListener('job', () => gather('job.progressed'))
    source.addEventListener('error', () => {
      source?.close()
      missed = true
      if (wait > FIRST_WAIT_MS) void checkStillIn(client)
      setState(wait > FIRST_WAIT_MS ? 'offline' : 'connecting')
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2))
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    })
  }
  function retryNow() {
    if (state === 'live') return
    clearTimeout(timer)
    source?.close()
    open()
  }
  open()
  addEventListener('online', retryNow)
  return () => {
    removeEventListener('online', retryNow)
    clearTimeout(timer)
    source?.close()
  }
}

const kindOf = (data: unknown) => wordIn(data, 'kind')
const reasonOf = (data: unknown) => wordIn(data, 'reason')

function wordIn(data: unknown, name: 'kind' | 'reason'): string {
  try {
    const value: unknown = JSON.parse(String(data))
    return typeof value === 'object' && value !== null ? String((value as Record<string, unknown>)[name] ?? '') : ''
  } catch {
    return ''
  }
}

function gatherer(client: QueryClient): (kind: string) => void {
  const paths = new Set<string>()
  const now = later(GATHER_MS, () => {
    const stale = [...paths]
    paths.clear()
    invalidate(client, (path) => stale.some((start) => path.startsWith(start)))
  })
  const derived = later(DERIVED_MS, () => invalidate(client, (path) => DERIVED.test(path)))
  return (kind) => {
    if (!kind.startsWith('job.progressed')) paths.add('/api/log')
    for (const [pattern, path] of STALE_AFTER) if (pattern.test(kind)) paths.add(path)
    now()
    if (!HOUSEKEEPING.test(kind)) derived()
  }
}

/** Runs once, some time after it was first asked for. */
function later(wait: number, work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      work()
    }, wait)
  }
}

const invalidate = (client: QueryClient, isStale: (path: string) => boolean) =>
  void client.invalidateQueries({ predicate: ({ queryKey }) => isStale(String(queryKey[0])) })
