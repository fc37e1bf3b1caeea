// One upstream as configured: its address, its key, which formats it speaks, and how it has been doing.
import { Failure } from '../../lib/failure.ts'
import type { UpstreamConfig } from '../config.ts'
import { demoTransport } from '../demo/demo-transport.ts'
import type { WireId } from '../wire/wire.ts'
import { isNamedPrivate } from './addresses.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { Provider } from './providers.ts'
import { PROVIDERS } from './providers.ts'
import { QuotedKey } from './quoted-key.ts'
import { signV4 } from './sigv4.ts'
import type { Outgoing, Transport } from './transport.ts'
import { Vitals } from './vitals.ts'

const BREAKER = { failures: 5, share: 3, restMs: 10_000 }

export interface Upstream {
  readonly id: string
  readonly provider: string
  readonly breaker: Breaker
  readonly vitals: Vitals
  readonly transport: Transport
  /** Whatever is sent there is encrypted on its way, or never leaves this machine. */
  readonly isConfidential: boolean
  /** What it was sent as its key. */
  readonly key: QuotedKey
  speaks(wire: WireId): boolean
  /** Undefined where the provider has no realtime API. */
  realtime(model: string, passed: Readonly<Record<string, string>>): Omit<Outgoing, 'body'> | undefined
  outgoing(ask: {
    wire: WireId
    model: string
    stream: boolean
    body: Uint8Array
    passed: Readonly<Record<string, string>>
    /** Where the provider wants requests signed, they are good for some minutes from then. */
    at: Date
  }): Outgoing
}

export type OpenTransport = (origin: string, allowsPrivate: boolean) => Transport

export function createUpstream(id: string, config: UpstreamConfig, open: OpenTransport): Upstream {
  const provider = PROVIDERS.find((one) => one.id === config.provider)
  if (provider === undefined) throw new TypeError(`no provider ${config.provider}`)
  const base = baseOf(id, provider, config.url)
  const own = ownHeaders(id, provider, config.key)
  const ownOfWhole = Object.freeze({ ...own, accept: 'application/json' })
  const ownOfStreams = Object.freeze({ ...own, accept: 'text/event-stream' })
  const sign = provider.auth === 'sigv4' ? signer(id, base.host, config) : undefined
  return {
    id,
    provider: provider.id,
    breaker: createBreaker(BREAKER),
    vitals: new Vitals(),
    transport:
      provider.id === 'demo' ? demoTransport() : open(base.origin, config.private || isNamedPrivate(base.hostname)),
    isConfidential: provider.id === 'demo' || isConfidential(base.origin),
    key: new QuotedKey(config.key),
    speaks: (wire) => provider.paths[wire] !== undefined && (config.formats?.includes(wire) ?? true),
    realtime(model, passed) {
      if (provider.realtime === undefined) return undefined
      const { authorization, 'api-key': key } = own
      const auth = { ...(authorization === undefined ? {} : { authorization }), ...(key === undefined ? {} : { 'api-key': key }) } // prettier-ignore
      const path = `${base.path}${provider.realtime}?model=${encodeURIComponent(model)}`
      return { path, headers: { ...passed, ...auth, 'user-agent': 'parapet' } }
    },
    outgoing({ wire, model, stream, body, passed, at }) {
      const template = (stream ? provider.streamPaths?.[wire] : undefined) ?? provider.paths[wire] ?? ''
      const path =
        base.path + (template.includes('{model}') ? template.replace('{model}', () => inPath(model)) : template)
      const always = stream ? ownOfStreams : ownOfWhole
      const headers = hasMembers(passed) ? { ...passed, ...always } : always
      return { path, headers: sign === undefined ? headers : { ...headers, ...sign(path, body, at) }, body }
    },
  }
}

function hasMembers(object: object): boolean {
  for (const _ in object) return true
  return false
}

const ACCESS_KEY =
  /^(?<accessKeyId>[A-Z0-9]{16,128}):(?<secretAccessKey>[\w/+=-]{16,256})(?::(?<sessionToken>[\w/+=-]+))?$/
const REGION = /(?:^|\.)bedrock-runtime(?:-fips)?\.(?<region>[a-z]{2}(?:-[a-z]+)+-\d)\./

/** What was signed must arrive as it was, so only headers that nobody on the way has reason to touch are. */
function signer(
  id: string,
  host: string,
  { key = '', region = REGION.exec(host)?.groups?.['region'] }: UpstreamConfig,
): (path: string, body: Uint8Array, at: Date) => Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken } = ACCESS_KEY.exec(key)?.groups ?? {}
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Failure('config_invalid', `upstreams.${id}.key: an access key is expected`, {
      hint: 'write ACCESS_KEY_ID:SECRET_ACCESS_KEY, and :SESSION_TOKEN behind it where there is one, in one secret',
    })
  }
  if (region === undefined) {
    throw new Failure('config_invalid', `upstreams.${id}.region: the address does not say it`, {
      hint: 'write the region, as in eu-central-1',
    })
  }
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  const headers = { 'content-type': 'application/json' }
  return (path, body, at) =>
    signV4({ method: 'POST', host, path, headers, body, region, service: 'bedrock', at }, credentials)
}

/** A name from a client must not lead elsewhere at the upstream. */
function inPath(model: string): string {
  const steps = model.split('/')
  if (steps.some((step) => step === '' || step === '.' || step === '..')) {
    throw new Failure('input_invalid', 'the name of the model has steps that no model has')
  }
  return steps.map(encodeURIComponent).join('/')
}

function baseOf(
  id: string,
  provider: Provider,
  url: string | undefined,
): { origin: string; host: string; hostname: string; path: string } {
  const text = url ?? provider.url
  if (text === undefined) {
    throw new Failure('config_invalid', `upstreams.${id}.url: ${provider.title} has no address that all share`, {
      hint: `write where it is, as in https://models.example${provider.version}`,
    })
  }
  const { origin, host, hostname, pathname } = new URL(text)
  const path = pathname.replace(/\/+$/, '')
  return { origin, host, hostname, path: path === '' ? provider.version : path }
}

const MOST_HEADER_BYTES = 8192

/** Where it is, without a path: what its key is bound to. */
export function originOf(id: string, config: Pick<UpstreamConfig, 'provider' | 'url'>): string {
  const provider = PROVIDERS.find((one) => one.id === config.provider)
  if (provider === undefined) throw new TypeError(`no provider ${config.provider}`)
  return baseOf(id, provider, config.url).origin
}

/** Whether a header can carry this key. */
export function isSendable(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key) && key.length <= MOST_HEADER_BYTES
}

function ownHeaders(id: string, { auth, headers = {} }: Provider, key: string | undefined): Record<string, string> {
  const always = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'parapet',
    ...headers,
  }
  if (key === undefined || auth === 'none' || auth === 'sigv4') return always
  if (!isSendable(key)) {
    throw new Failure('config_invalid', `upstreams.${id}.key: has characters that no key has`, {
      hint: 'look for spaces and line ends',
    })
  }
  return { ...always, ...(auth === 'bearer' ? { authorization: `Bearer ${key}` } : { [auth]: key }) }
}

function isConfidential(origin: string): boolean {
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
}
