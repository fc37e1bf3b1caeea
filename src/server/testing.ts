// For tests: a whole server on a free port with a real store in a temporary folder, and people in every role.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { createAdmit, type Lifetimes } from '../admit/admit.ts'
import { csrfOf } from '../admit/secrets.ts'
import { startSession } from '../admit/sessions.ts'
import { createToken } from '../admit/tokens.ts'
import { type App, openApp } from '../app/app.ts'
import { Config } from '../app/config.ts'
import { newId } from '../lib/id.ts'
import type { Account } from '../model/account.ts'
import { isGranted, PERMISSIONS, type Permission, type Role } from '../model/role.ts'
import type { ApiOptions } from './api.ts'
import { type Server, startServer } from './server.ts'

export interface TestOptions extends ApiOptions {
  settings?: object
  now?: () => Date
  lifetimes?: Partial<Lifetimes>
  /** With the made-up organisation in it. */
  sample?: boolean
}

export interface TestServer {
  app: App
  server: Server
  url: string
  /** A new person with this role and a session, as the headers of a browser. */
  person(role: Role): Promise<{ account: Account; headers: Record<string, string> }>
  /** The header of a new token made by a new owner. */
  token(scopes: readonly Permission[], role?: Role): Promise<Record<string, string>>
  send(method: string, path: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<Answer>
  close(): Promise<void>
}

export interface Answer {
  status: number
  headers: Headers
  /** Parsed where it is JSON; undefined otherwise. */
  body: Record<string, unknown>
  text: string
}

export async function openTestApp({ settings = {}, now, lifetimes, sample }: TestOptions = {}): Promise<App> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-server-'))
  const config = Config.parse({ dataDir, port: 0, logLevel: 'silent', ...settings })
  const app = await openApp(config, { now, sample })
  return {
    ...app,
    admit: createAdmit({ store: app.store, now: app.now, lifetimes }),
    async close() {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Closed at the end of the test where one is given. */
export async function startTestServer(options: TestOptions = {}, t?: TestContext): Promise<TestServer> {
  const app = await openTestApp(options)
  const server = await startServer(app, options)
  const url = `http://127.0.0.1:${server.address.port}`
  const person = (role: Role) => addPerson(app, role)
  let closed: Promise<void> | undefined
  const started: TestServer = {
    app,
    server,
    url,
    person,
    async token(scopes, role = 'owner') {
      const { account } = await person(role)
      const actor = { kind: 'account' as const, id: account.id, role, accountId: account.id }
      const expiresAt = new Date(app.now().getTime() + 3_600_000).toISOString()
      const { secret } = await createToken(app.admit, actor, { name: 'test', scopes, expiresAt })
      return { authorization: `Bearer ${secret}` }
    },
    async send(method, path, { body, headers = {} } = {}) {
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
      const response = await fetch(url + path, {
        method,
        headers: { ...type, ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== ''
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : {}, text }
    },
    async close() {
      closed ??= server.close().then(() => app.close())
      await closed
    },
  }
  t?.after(() => started.close())
  return started
}

async function addPerson(app: App, role: Role) {
  const now = app.now()
  const id = newId('acct', now)
  const account: Account = {
    id,
    email: `${id}@example.org`,
    name: `A ${role}`,
    role,
    passwordHash: '$scrypt$ln=1,r=8,p=1$AAAA$AAAA',
    disabled: false,
    createdAt: now.toISOString(),
  }
  const { secret } = await app.store.change(async (tx) => {
    await tx.accounts.insert(account)
    return startSession(app.admit, tx, id, { address: '127.0.0.1', sessionId: undefined }, 'password')
  })
  return { account, headers: { cookie: `parapet=${secret}`, 'x-parapet-csrf': csrfOf(secret) } }
}

/** What a person with this role may hand to a token. */
export function scopesOf(role: Role): Permission[] {
  return PERMISSIONS.filter((permission) => isGranted(role, permission))
}
