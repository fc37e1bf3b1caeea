// Opens the door: listens on loopback unless somebody said that TLS is in front, and stops in order.
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type NewLink, ownerLinkIfNeeded } from '../admit/links.ts'
import type { App } from '../app/app.ts'
import type { Config } from '../app/config.ts'
import { traceOf } from '../app/logger.ts'
import { watchDecisions } from '../app/decision-watch.ts'
import { scheduleRetention } from '../app/retention-job.ts'
import { scheduleScans } from '../app/scans/start-scan.ts'
import { Failure } from '../lib/failure.ts'
import { isStorageFailure, toFailure } from '../store/trouble.ts'
import { type ApiOptions, createApi } from './api.ts'
import { linkUrl } from './routes/session.ts'
import { keepRunFile } from './run-file.ts'

const STOP_WITHIN_MS = 10_000
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/

export interface Server {
  /** Where people open the console. */
  readonly url: string
  readonly address: AddressInfo
  /** For the first owner; undefined once there is one. */
  readonly ownerLink: string | undefined
  /** What this server cannot do for now, and what to do about it: said at the start. */
  readonly notices: readonly string[]
  /** Answers what is under way, for ten seconds at most. The app stays open. */
  close(): Promise<void>
}

export async function startServer(app: App, options: ApiOptions = {}): Promise<Server> {
  await checkBinding(app)
  await adoptPolicy(app)
  const { fastify, localSecret } = await createApi(app, options)
  const { host, port } = app.config
  try {
    await fastify.listen({ host, port })
  } catch (cause) {
    await fastify.close()
    throw cannotListen(cause, app.config)
  }
  try {
    return await announce(app, fastify, localSecret)
  } catch (error) {
    await fastify.close()
    throw error
  }
}

async function announce(app: App, fastify: FastifyInstance, localSecret: string): Promise<Server> {
  const { host, dataDir, publicUrl } = app.config
  const address = fastify.server.address()
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port')
  const local = `http://${LOOPBACK.test(host) ? named(host) : 'localhost'}:${address.port}`
  const url = publicUrl ?? local
  const link = await ownerLinkIfPossible(app)
  const runFile = await keepRunFile(dataDir, { url: local, pid: process.pid, secret: localSecret })
  const runFileTrouble = toFailure(runFile.trouble)
  if (runFileTrouble !== undefined && !isStorageFailure(runFileTrouble)) {
    await runFile.remove()
    throw runFileTrouble
  }
  const stopSweeping = scheduleRetention(app, (error) => {
    if (!isStorageFailure(error)) app.logger.error({ trouble: traceOf(error) }, 'no daily sweep')
  })
  const stopScanning = scheduleScans(app.scans, (error) => {
    if (!isStorageFailure(error)) app.logger.error({ trouble: traceOf(error) }, 'scans are not begun')
  })
  const onTrouble = (error: unknown) => {
    if (!isStorageFailure(error)) app.logger.error({ trouble: traceOf(error) }, 'decisions are not watched')
  }
  const stopWatching = watchDecisions({ store: app.store, govern: app.govern, onTrouble })
  return {
    url,
    address,
    ownerLink: link instanceof Failure || link === undefined ? undefined : linkUrl(url, link.secret),
    notices: await noticesOf(app, link instanceof Failure, runFileTrouble),
    async close() {
      stopSweeping()
      stopScanning()
      await stopWatching()
      await app.gateway.drain()
      const cut = setTimeout(() => fastify.server.closeAllConnections(), STOP_WITHIN_MS)
      await fastify.close()
      clearTimeout(cut)
      await runFile.remove()
    },
  }
}

/** A disk that takes nothing must not keep people from reading what is there. */
async function ownerLinkIfPossible({ admit }: App): Promise<NewLink | Failure | undefined> {
  try {
    return await ownerLinkIfNeeded(admit)
  } catch (error) {
    if (isStorageFailure(error)) return error
    throw error
  }
}

async function noticesOf(app: App, lacksOwnerLink: boolean, runFileTrouble: Failure | undefined): Promise<string[]> {
  const { writable, reason } = await app.store.health()
  const notices: string[] = []
  if (!writable) notices.push(`${reason ?? 'the store refuses changes'}; reading works, and writing once the disk does`)
  if (lacksOwnerLink) notices.push('there is no owner yet: run `parapet owner-link` when writing works')
  if (writable && runFileTrouble !== undefined)
    notices.push(`the CLI does not find this server yet, ${app.config.dataDir} cannot be written: make it writable`)
  return notices
}

/** Where nothing can be recorded now, what the configuration says is in force all the same. */
async function adoptPolicy(app: App): Promise<void> {
  await app.gateway.adopt().catch((error: unknown) => {
    if (!isStorageFailure(toFailure(error))) throw error
  })
}

/** Invariant: what others on the network can reach is behind TLS and already has an owner. */
async function checkBinding(app: App): Promise<void> {
  const { host, behindTls, publicUrl } = app.config
  if (LOOPBACK.test(host)) return
  if (!behindTls || publicUrl === undefined || !publicUrl.startsWith('https:')) {
    throw new Failure('config_invalid', `Parapet does not listen on ${host} without TLS in front`, {
      hint: 'put a TLS proxy in front, then set behindTls: true and publicUrl: https://…; or leave host at 127.0.0.1',
    })
  }
  if ((await app.store.read.accounts.countEnabled('owner')) === 0) {
    throw new Failure('config_invalid', `Parapet does not listen on ${host} before it has an owner`, {
      hint: 'start it once on 127.0.0.1 and open the owner link; then set host',
    })
  }
}

function cannotListen(cause: unknown, { host, port }: Config): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE') {
    return new Failure('address_in_use', `port ${port} on ${host} is taken by another program`, {
      hint: `see which: ss -ltnp 'sport = :${port}'; or take another: --port ${port + 1} (PARAPET_PORT, port in parapet.yaml)`,
      cause,
    })
  }
  if (code === 'EACCES') {
    return new Failure('config_invalid', `this user may not listen on port ${port}`, {
      hint: 'take a port above 1023',
      cause,
    })
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new Failure('config_invalid', `${host} is no address of this machine`, {
      hint: 'set host to 127.0.0.1',
      cause,
    })
  }
  return cause
}

function named(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
