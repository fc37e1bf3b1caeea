// Where AI is looked for. Whatever could make the server reach somewhere is checked when it is said, and again when it is done.
import { resolve, sep } from 'node:path'
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Actor } from '../../model/actor.ts'
import type { ScanGates, ScanSource } from '../../model/scan.ts'
import { mustFindSystem, named } from '../../register/register.ts'
import type { Change, Store } from '../../store/store.ts'
import type { ScanSettings } from './config.ts'
import { changedGates, checkGatesStated, type GatesChange, namedGates } from './gates.ts'

export interface ScanHouse {
  store: Store
  settings: ScanSettings
  now: () => Date
}

export type SourceStated = Pick<
  ScanSource,
  'name' | 'kind' | 'system' | 'url' | 'ref' | 'token' | 'path' | 'everyHours'
> & { gates?: ScanGates | undefined }

const HOUR_MS = 3_600_000
/** A branch, a tag or a commit, and never something that git takes for an option or a range. */
const REF = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./+-]{0,199}$/

export async function createSource(house: ScanHouse, actor: Actor, stated: SourceStated): Promise<ScanSource> {
  checkStated(house.settings, stated)
  if (stated.gates !== undefined) await checkGatesStated(stated.gates)
  return house.store.change((tx) => addSource(house, tx, actor, stated))
}

/** Also where a result is submitted for a source that nobody has named before. */
export async function addSource(
  { now }: ScanHouse,
  tx: Change,
  actor: Actor,
  stated: SourceStated,
): Promise<ScanSource> {
  if (stated.system !== undefined) await mustFindSystem(tx.register, stated.system)
  if ((await tx.scanSources.byName(stated.name)) !== undefined)
    throw new Failure('conflict', `there is already a source "${stated.name}"`, { hint: 'choose another name' })
  const at = now()
  const source: ScanSource = {
    ...known(stated),
    id: newId('src', at),
    createdBy: actor.id,
    createdAt: at.toISOString(),
    ...(stated.everyHours === undefined ? {} : { nextAt: at.toISOString() }),
  }
  await tx.scanSources.insert(source)
  const { id, createdBy: _by, createdAt: _at, nextAt: _next, gates, ...said } = source
  const data: JsonObject = { ...said, ...(gates === undefined ? {} : { gates: namedGates(gates) }) }
  tx.record({ kind: 'scan-source.created', actor: named(actor), subject: { kind: 'scan-source', id }, data })
  return source
}

/** Null takes away. */
export interface SourceChange {
  name?: string | undefined
  system?: string | null | undefined
  ref?: string | null | undefined
  token?: string | null | undefined
  everyHours?: number | null | undefined
  gates?: GatesChange | null | undefined
}

export async function changeSource(
  { store, settings, now }: ScanHouse,
  actor: Actor,
  id: string,
  { gates: gatesChange, ...change }: SourceChange,
): Promise<ScanSource> {
  return store.change(async (tx) => {
    const before = await mustFindSource(tx, id)
    if (before.closedAt !== undefined) throw new Failure('conflict', `the source ${id} is closed`)
    const said = Object.entries(change).filter(([, value]) => value !== undefined)
    const merged = Object.fromEntries(
      Object.entries({ ...before, ...Object.fromEntries(said) }).filter(([, value]) => value !== null),
    ) as unknown as ScanSource
    checkStated(settings, merged)
    if (typeof change.system === 'string') await mustFindSystem(tx.register, change.system)
    const other = await tx.scanSources.byName(merged.name)
    if (other !== undefined && other.id !== id)
      throw new Failure('conflict', `there is already a source "${merged.name}"`, { hint: 'choose another name' })
    const gates = gatesChange === undefined ? before.gates : changedGates(before.gates, gatesChange)
    if (gates !== undefined) await checkGatesStated(gates)
    const { nextAt: _next, gates: _gates, ...rest } = merged
    const next = merged.everyHours === undefined ? undefined : (before.nextAt ?? now().toISOString())
    const after: ScanSource = known({ ...rest, gates, nextAt: next })
    await tx.scanSources.update(after)
    const told: [string, Json][] = gatesChange === undefined ? [] : [['gates', namedGates(gates)]]
    const data = { changed: [...said, ...told].map(([field, value]) => ({ field, after: value ?? null })) }
    tx.record({ kind: 'scan-source.changed', actor: named(actor), subject: { kind: 'scan-source', id }, data })
    return after
  })
}

/** What it found stays; nothing more is looked for in it. */
export async function closeSource({ store, now }: ScanHouse, actor: Actor, id: string): Promise<ScanSource> {
  return store.change(async (tx) => {
    const before = await mustFindSource(tx, id)
    if (before.closedAt !== undefined) return before
    const { nextAt: _, ...rest } = before
    const after: ScanSource = { ...rest, closedAt: now().toISOString() }
    await tx.scanSources.update(after)
    const { name } = after
    tx.record({ kind: 'scan-source.closed', actor: named(actor), subject: { kind: 'scan-source', id }, data: { name } })
    return after
  })
}

export async function mustFindSource({ scanSources }: Pick<Change, 'scanSources'>, id: string): Promise<ScanSource> {
  const source = (await scanSources.byId(id)) ?? (await scanSources.byName(id))
  if (source) return source
  throw new Failure('not_found', `there is no source "${id.slice(0, 100)}"`, {
    hint: '`parapet scan-source list` shows what there is',
  })
}

export const nextTime = (now: Date, hours: number) => new Date(now.getTime() + hours * HOUR_MS).toISOString()

/** Checked when it is said and when it is used: the configuration may be another one by then. */
export function checkStated(settings: ScanSettings, stated: SourceStated): void {
  const { kind, url, ref, token, path, everyHours } = stated
  if (kind === 'git') {
    if (url === undefined) throw refused('url', 'a git source needs one')
    const { host } = checkGitUrl(settings, url)
    if (ref !== undefined && !REF.test(ref)) throw refused('ref', 'not the name of a branch, a tag or a commit')
    const known = token === undefined ? undefined : settings.tokens[token]
    if (token !== undefined && known === undefined)
      throw refused('token', 'the configuration has none of that name under scans.tokens')
    if (known !== undefined && known.host !== host) throw refused('token', `it is for ${known.host} and nobody else`)
  } else if (url !== undefined || ref !== undefined || token !== undefined)
    throw refused('url', `only a git source has an address, a ref and a token; this one is ${kind}`)
  if (kind === 'path') {
    if (path === undefined) throw refused('path', 'a path source needs one')
    checkPath(settings, path)
  } else if (path !== undefined) throw refused('path', `only a path source has one; this one is ${kind}`)
  if (everyHours !== undefined && kind !== 'git' && kind !== 'path')
    throw refused('everyHours', 'only what can be fetched again is scanned again: git and path')
}

export interface GitAddress {
  host: string
  port: number
  protocol: 'https' | 'http' | 'ssh'
}

/** No credential, no other protocol, nothing that a shell or git itself would read as more than an address. */
export function checkGitUrl({ ssh, privateHosts }: ScanSettings, text: string): GitAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || !/^[\x21-\x7e]+$/.test(text)) throw refused('url', 'not an address, as in https://host/path')
  const host = url.hostname
  const port = url.port === '' ? undefined : Number(url.port)
  if (url.password !== '' || url.search !== '' || url.hash !== '')
    throw refused('url', 'an address without password, query and fragment; name a token in its place')
  if (!/^\/[\w.~%+/-]+$/.test(url.pathname) || url.pathname.includes('//'))
    throw refused('url', 'its path is none of a repository')
  if (url.protocol === 'ssh:') {
    if (!ssh) throw refused('url', 'ssh is not allowed here (scans.ssh)')
    if (!/^[\w.-]*$/.test(url.username)) throw refused('url', 'a user name that cannot be one')
    return { host, port: port ?? 22, protocol: 'ssh' }
  }
  if (url.username !== '') throw refused('url', 'an address without user; name a token in its place')
  if (url.protocol === 'https:') return { host, port: port ?? 443, protocol: 'https' }
  if (url.protocol === 'http:' && privateHosts.includes(host)) return { host, port: port ?? 80, protocol: 'http' }
  throw refused('url', 'only https://; http:// only to hosts that scans.privateHosts names')
}

function checkPath({ roots }: ScanSettings, path: string): void {
  const full = resolve(path)
  if (path.startsWith('/') && roots.some((root) => full === resolve(root) || full.startsWith(resolve(root) + sep)))
    return
  throw refused('path', 'not below a folder that scans.roots names')
}

const refused = (field: string, why: string) =>
  new Failure('input_invalid', `${field}: ${why}`, { issues: [{ path: field, message: why }] })

function known<T extends object>(given: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T
}
