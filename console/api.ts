// The one way to the server. Paths, parameters, bodies and replies are typed from the server's own routes, so a screen
// that asks for what no route gives does not compile. Every refusal becomes an ApiError that carries its hint.
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Routes } from '../src/server/routes/index.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Having<Part extends 'params' | 'query' | 'body', R> = R extends Record<Part, infer S> ? S : never
type At<M extends Method, P> = Extract<Routes, { method: M; path: P }>
type Path<M extends Method> = Extract<Routes, { method: M }>['path']

type Schema<Part extends 'params' | 'query' | 'body', R> = Extract<NonNullable<PartOf<Part, R>>, z.ZodType>
type PartOf<Part extends 'params' | 'query' | 'body', R> = R extends { [K in Part]?: infer S } ? S : Having<Part, R>
type Word = string | number | boolean | undefined

type Params<R> = [Schema<'params', R>] extends [never] ? unknown : { params: z.output<Schema<'params', R>> }
type Query<R> = [Schema<'query', R>] extends [never] ? unknown : { query?: Partial<z.output<Schema<'query', R>>> }
type Body<R> = [Schema<'body', R>] extends [never] ? unknown : { body: z.input<Schema<'body', R>> }

type Sent<M extends Method, P extends Path<M>> = Params<At<M, P>> & Query<At<M, P>> & Body<At<M, P>>
export type Reply<M extends Method, P extends Path<M>> =
  At<M, P> extends { reply: infer S extends z.ZodType } ? z.output<S> : never
/** The argument may be left out where nothing in it is required. */
type Rest<T> = Record<never, never> extends T ? [sent?: T, signal?: AbortSignal] : [sent: T, signal?: AbortSignal]

interface ProblemIssue {
  path: string
  message: string
  suggestion?: string
}

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly hint: string | undefined
  readonly issues: readonly ProblemIssue[]
  readonly requestId: string | undefined

  constructor(status: number, code: string, message: string, more: Partial<Problem> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.hint = more.hint
    this.issues = more.issues ?? []
    this.requestId = more.requestId
  }
}

interface Problem {
  type?: string
  title?: string
  detail?: string
  code?: string
  hint?: string
  issues?: ProblemIssue[]
  requestId?: string
}

interface Loose {
  params?: Readonly<Record<string, unknown>>
  query?: Readonly<Record<string, unknown>>
  body?: unknown
}

let csrf = ''
/** What the server wants back with each change, so that no other site can make one. */
export function keepCsrf(token: string | undefined): void {
  csrf = token ?? ''
}

let onSignedOut: () => void = () => {}
/** Told once per reply that says the session is over. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener
}

export const tellSignedOut = () => onSignedOut()

export const api = {
  get: <P extends Path<'GET'>>(path: P, ...[sent, signal]: Rest<Sent<'GET', P>>) =>
    send<Reply<'GET', P>>('GET', path, sent, signal),
  post: <P extends Path<'POST'>>(path: P, ...[sent, signal]: Rest<Sent<'POST', P>>) =>
    send<Reply<'POST', P>>('POST', path, sent, signal),
  put: <P extends Path<'PUT'>>(path: P, ...[sent, signal]: Rest<Sent<'PUT', P>>) =>
    send<Reply<'PUT', P>>('PUT', path, sent, signal),
  patch: <P extends Path<'PATCH'>>(path: P, ...[sent, signal]: Rest<Sent<'PATCH', P>>) =>
    send<Reply<'PATCH', P>>('PATCH', path, sent, signal),
  delete: <P extends Path<'DELETE'>>(path: P, ...[sent, signal]: Rest<Sent<'DELETE', P>>) =>
    send<Reply<'DELETE', P>>('DELETE', path, sent, signal),
}

type Piece<P extends Path<'POST'>> = At<'POST', P> extends { tells?: infer S extends z.ZodType } ? z.output<S> : never

/** A POST that tells how it goes, piece by piece; what it resolves with is the reply. */
export async function hear<P extends Path<'POST'>>(
  path: P,
  { body }: Sent<'POST', P> & { body?: unknown },
  heard: (piece: Piece<P>) => void,
  signal: AbortSignal,
): Promise<Reply<'POST', P>> {
  const reply = await request(path, {
    method: 'POST',
    headers: { accept: 'text/event-stream', 'content-type': 'application/json', 'x-parapet-csrf': csrf },
    credentials: 'same-origin',
    body: JSON.stringify(body),
    signal,
  })
  if (!reply.ok || reply.body === null) throw await toError(reply)
  if (!reply.headers.get('content-type')?.startsWith('text/event-stream'))
    return (await reply.json()) as Reply<'POST', P>
  let text = ''
  for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
    const events = (text + chunk).split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const [, name, data = 'null'] = /^event: (\w+)\ndata: (.*)$/.exec(event) ?? []
      if (name === 'piece') heard(JSON.parse(data) as Piece<P>)
      if (name === 'done') return JSON.parse(data) as Reply<'POST', P>
      if (name === 'problem') throw toApiError(JSON.parse(data) as Problem, reply.status)
    }
  }
  throw new ApiError(0, 'unreachable', 'The answer ended in the middle.', { hint: 'Try again.' })
}

/** A GET as a cached query: the key is the path and what is sent, so that events can invalidate by path. */
export function read<P extends Path<'GET'>>(path: P, ...[sent]: Rest<Sent<'GET', P>>) {
  return queryOptions({
    queryKey: [path as string, sent ?? {}] as const,
    queryFn: ({ signal }) => send<Reply<'GET', P>>('GET', path, sent, signal),
  })
}

async function send<T>(method: Method, path: string, sent: unknown, signal?: AbortSignal): Promise<T> {
  const { params, query, body } = (sent ?? {}) as Loose
  const headers: Record<string, string> = { accept: 'application/json' }
  if (method !== 'GET') headers['x-parapet-csrf'] = csrf
  if (body !== undefined) headers['content-type'] = 'application/json'
  const reply = await request(toUrl(path, params, query), {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  })
  if (reply.ok) return (reply.status === 204 ? undefined : await reply.json()) as T
  const problem = await toError(reply)
  if (problem.status === 401 && path !== '/api/session') onSignedOut()
  throw problem
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    throw new ApiError(0, 'unreachable', 'The server did not answer.', {
      hint: 'Check that Parapet is running and that this machine can reach it, then try again.',
    })
  }
}

function toUrl(path: string, params: Loose['params'] = {}, query: Loose['query'] = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value as Word))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}

async function toError(reply: Response): Promise<ApiError> {
  const problem = await reply
    .json()
    .then((value: unknown) => (typeof value === 'object' && value !== null ? (value as Problem) : {}))
    .catch((): Problem => ({}))
  return toApiError({ requestId: reply.headers.get('x-request-id') ?? '', ...problem }, reply.status)
}

function toApiError(problem: Problem, status: number): ApiError {
  const code = problem.code ?? problem.type?.split('#').at(-1) ?? `http_${status}`
  return new ApiError(status, code, problem.detail ?? problem.title ?? `The server answered ${status}.`, problem)
}
