// Addresses: who answers at one, and what those that are written down say. A page that is linked says nothing.
import { LOCAL_PORTS, providerOfHost } from '../../knowledge/hosts.ts'
import { isStore } from '../../knowledge/packages.ts'
import { inCatalogue } from '../models/catalogues.ts'
import type { Claims } from './claims.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

export function answeringAt(url: string): string | undefined {
  const host = hostOf(url)
  if (host === undefined) return undefined
  const path = url.replace(/^[\w+]+:\/\//, '').replace(/^[^/]*/, '')
  const known = providerOfHost(host, path)
  if (known) return known.provider
  const port = Number(/:(\d+)/.exec(url.replace(/^[\w+]+:\/\//, ''))?.[1] ?? 0)
  return LOCAL_PORTS.get(port)
}

/** The path of a deployment, which nobody but Azure has; the host before it is the customer's. */
const OF_AZURE = /(?:^|\/)openai\/deployments\//

/** A host that is written down. In code it counts when it is no comment; that the page of a vendor is linked says nothing. */
export function host(text: string, line: number, around: Around, { collector }: Evidence, claims: Claims) {
  const { unit, keys, asked } = around
  if (OF_AZURE.test(text) && !asked && unit.format === 'code') {
    claims.away('openai')
    collector.add('providers', 'azure-openai', { file: unit.file, line, confidence: 0.85, attributes: { via: 'http' } })
  }
  if (asked || text.length > 2_000 || !text.includes('://') || inCatalogue(unit, around.parents)) return
  const filled = text.replaceAll(/<[\w -]{1,60}>/g, 'x')
  for (const [url = ''] of filled.matchAll(/(?:https?|wss?):\/\/[\w.{}$*-]+(?::\d+)?(?:\/[\w./{}$:%-]*)?/g)) {
    const name = hostOf(url)
    if (name === undefined) continue
    const path = url.replace(/^\w+:\/\/[^/]*/, '')
    // A provider's MCP server gives tools, not answers of a model.
    if (/\/mcp(?:\/|$)/.test(path)) continue
    const rule = providerOfHost(name, path)
    const provider = rule?.page ? undefined : rule?.provider
    const local = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|[a-z][\w-]*)$/.test(name)
    const port = Number(/:(\d+)/.exec(url.slice(8))?.[1] ?? 0)
    const served = provider ?? (local ? LOCAL_PORTS.get(port) : undefined)
    if (served === undefined || text.length > url.length + 200) continue
    const spoken = keys.some((key) => /descri|help|comment|doc|message|label|placeholder/i.test(key))
    const prose = /\s/.test(filled.replace(url, '').trim())
    if (spoken || (prose && unit.format === 'code' && unit.language !== 'docker')) continue
    const { file } = unit
    if (served === 'openai') claims.keep(served)
    collector.add('endpoints', local ? `${name}:${port}` : name, { file, line, attributes: { provider: served } })
    collector.add(isStore(served) ? 'vectorStores' : 'providers', served, {
      file,
      line,
      confidence: 0.85,
      attributes: { via: unit.format === 'code' && unit.language !== 'sql' ? 'http' : 'config' },
    })
  }
}

export function hostOf(url: string): string | undefined {
  const [, host] = /^(?:[\w+]+:\/\/)?(?:[^@/\s]*@)?([\w.*-]+)(?::\d+)?(?:\/|$)/.exec(url) ?? []
  return host === undefined || host === '' ? undefined : host.toLowerCase()
}

/** Without what could be a credential. */
export const bareUrl = (url: string): string =>
  url
    .replace(/^(\w+:\/\/)[^@/]*@/, '$1')
    .replace(/[?#].*$/, '')
    .slice(0, 200)
