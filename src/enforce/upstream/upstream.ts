// One upstream as configured: its address, its key, which formats it speaks, and how it has been doing.
import { Failure } from '../../lib/failure.ts'
import type { UpstreamConfig } from '../config.ts'
import { demoTransport } from '../demo/demo-transport.ts'
import type { WireId } from '../wire/wire.ts'
import { isNamedPrivate } from './addresses.ts'
import { type Breaker, createBreaker } from './breaker.ts'
import type { Provider } from './providers.ts'
import { PROVIDERS } from './providers.ts'
import type { Outgoing, Transport } from './transport.ts'
import { Vitals } from './vitals.ts'

const BREAKER = { failures: 5, restMs: 10_000 }

export interface Upstream {
  readonly id: string
  readonly breaker: Breaker
  readonly vitals: Vitals
  readonly transport: Transport
  speaks(wire: WireId): boolean
  outgoing(ask: {
    wire: WireId
    model: string
    stream: boolean
    body: Uint8Array
    passed: Readonly<Record<string, string>>
  }): Outgoing
}

export type OpenTransport = (origin: string, allowsPrivate: boolean) => Transport

export function createUpstream(id: string, config: UpstreamConfig, open: OpenTransport): Upstream {
  const provider = PROVIDERS.find((one) => one.id === config.provider)
  if (provider === undefined) throw new TypeError(`no provider ${config.provider}`)
  const base = baseOf(id, provider, config.url)
  const own = ownHeaders(id, provider, config.key)
  return {
    id,
    breaker: createBreaker(BREAKER),
    vitals: new Vitals(),
    transport:
      provider.id === 'demo' ? demoTransport() : open(base.origin, config.private || isNamedPrivate(base.hostname)),
    speaks: (wire) => provider.paths[wire] !== undefined && (config.formats?.includes(wire) ?? true),
    outgoing({ wire, model, stream, body, passed }) {
      const path = (stream ? provider.streamPaths?.[wire] : undefined) ?? provider.paths[wire] ?? ''
      return {
        path: base.path + path.replace('{model}', () => inPath(model)),
        headers: { ...passed, ...own, accept: stream ? 'text/event-stream' : 'application/json' },
        body,
      }
    },
  }
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
): { origin: string; hostname: string; path: string } {
  const text = url ?? provider.url
  if (text === undefined) {
    throw new Failure('config_invalid', `upstreams.${id}.url: ${provider.title} has no address that all share`, {
      hint: `write where it is, as in https://models.example${provider.version}`,
    })
  }
  const { origin, hostname, pathname } = new URL(text)
  const path = pathname.replace(/\/+$/, '')
  return { origin, hostname, path: path === '' ? provider.version : path }
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
  if (key === undefined || auth === 'none') return always
  if (!isSendable(key)) {
    throw new Failure('config_invalid', `upstreams.${id}.key: has characters that no key has`, {
      hint: 'look for spaces and line ends',
    })
  }
  return { ...always, ...(auth === 'bearer' ? { authorization: `Bearer ${key}` } : { [auth]: key }) }
}
