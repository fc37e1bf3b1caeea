// A route is plain data and one function. The server checks who may call and what was sent, the OpenAPI document and
// the CLI's verbs are made from the same data, and the console's client takes its types from it.
import type { z } from 'zod'
import type { App } from '../app/app.ts'
import type { Actor } from '../model/actor.ts'
import type { Permission } from '../model/role.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Who may call: holders of a permission, whoever has a valid credential, a person in a session, or everybody. */
export type Needs = Permission | 'anyone-signed-in' | 'person' | 'anyone'

/** Where a request came from and what it asked for, as far as the server trusts that. */
export interface Client {
  address: string
  /** The origin the browser sees, as in `https://parapet.example`. Checked against the names this server answers to. */
  origin: string
}

/** The browser's session. Handlers change it through this and never see a cookie. */
export interface SessionPort {
  /** Id of the session that the request came with. */
  readonly id: string | undefined
  /** What a browser must send in `x-parapet-csrf` with each change; undefined without a session. */
  readonly csrf: string | undefined
  /** Makes this secret the browser's session from now on. Returns what `csrf` will be. */
  start(secret: string): string
  /** Makes the browser forget its session. */
  end(): void
}

export interface Call<Params, Query, Body> {
  app: App
  actor: Actor
  client: Client
  session: SessionPort
  /** The header of that name: what the caller saw before he decided. */
  ifMatch: string | undefined
  /** Says that the caller is gone. */
  signal: AbortSignal
  /** Heard while the work goes on, where the route tells and the caller accepts a stream of events. */
  tell(piece: object): void
  params: Params
  query: Query
  body: Body
}

type Out<S> = S extends z.ZodType ? z.output<S> : undefined

export interface RouteSpec<
  M extends Method,
  P extends string,
  Params extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodObject | undefined,
  Reply extends z.ZodType,
  Tells extends z.ZodType | undefined,
> {
  /** `<verb>-<noun>`: operation id of the API. */
  id: string
  method: M
  /** With parameters as `:name`. */
  path: P
  /** What the CLI calls it, as in `token create`. Arguments and flags come from the schemas. */
  command: string
  /** One line: what it does. */
  summary: string
  needs: Needs
  /** Most bytes of a body; 1 MiB unless told otherwise. */
  bodyLimit?: number
  /** What it tells while it works, to callers that accept `text/event-stream`; the reply is the last event, `done`. */
  tells?: Tells
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
  /** Names the state that the reply shows; sent back as `If-Match` it says what a change was decided on. */
  etag?(reply: z.output<Reply>): string
  handle(call: Call<Out<Params>, Out<Query>, Out<Body>>): Promise<z.input<Reply>>
}

export function defineRoute<
  const M extends Method,
  const P extends `/api/${string}`,
  Reply extends z.ZodType,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodObject | undefined = undefined,
  Tells extends z.ZodType | undefined = undefined,
>(spec: RouteSpec<M, P, Params, Query, Body, Reply, Tells>): RouteSpec<M, P, Params, Query, Body, Reply, Tells> {
  return spec
}

/** Any route, where only its data matters. */
export type AnyRoute = RouteSpec<
  Method,
  string,
  z.ZodObject | undefined,
  z.ZodObject | undefined,
  z.ZodObject | undefined,
  z.ZodType,
  z.ZodType | undefined
>
