// Pages of the register's lists over HTTP with 100,000 assets: by every filter, with matches and with none, since a
// filter that matches little has the most to read.
import { type Asset, ASSET_KINDS } from '../../src/model/asset.ts'
import { startTestServer } from '../../src/server/testing.ts'
import { defineBench, limited } from '../bench.ts'

const ASSETS = 100_000
const ROUNDS = 15
const AT = '2026-05-01T00:00:00.000Z'

const LISTS: Readonly<Record<string, readonly string[]>> = {
  'a page of assets': ['', 'limit=200', 'cursor=asset-050000', 'cursor=asset-099900'],
  'by kind': ['kind=model', 'kind=log-store'],
  'by owner': ['owner=team-4999@example.org', 'owner=nobody'],
  'by source and declaration': ['source=observed', 'source=discovered', 'declaredBy=rare', 'declaredBy=none'],
  'by exposure, environment and data class': ['exposure=public', 'environment=test', 'dataClass=restricted'],
  'by words': ['text=number%2099999', 'text=asset', 'text=nothing%20at%20all'],
  'by tag': ['tag=tag-699', 'tag=none'],
  'without owners, consent, or retired': ['unowned=true', 'sanctioned=false', 'retired=true'],
}

const FINDINGS = ['', ...['no-owners', 'not-confirmed', 'not-seen', 'dangling'].map((one) => `problem=${one}`)]

export const bench = defineBench({
  title: 'Lists of the register',
  async run() {
    const server = await startTestServer()
    try {
      await server.app.store.change((tx) => tx.register.save(Array.from({ length: ASSETS }, (_, i) => asset(i))))
      const { headers } = await server.person('auditor')
      const p95 = async (path: string, queries: readonly string[]) => {
        const took: number[] = []
        for (let round = 0; round < ROUNDS; round++)
          for (const query of queries) {
            const started = performance.now()
            const { status } = await server.send('GET', `${path}?${query}`, { headers })
            took.push(performance.now() - started)
            if (status !== 200) throw new Error(`${path}?${query} answered ${status}`)
          }
        return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Number.NaN
      }
      const rows = []
      for (const [what, queries] of Object.entries(LISTS))
        rows.push(limited(`100,000 assets, ${what}, p95`, await p95('/api/assets', queries), 100, 'ms'))
      rows.push(limited('100,000 assets, findings, p95', await p95('/api/register/findings', FINDINGS), 100, 'ms'))
      return rows
    } finally {
      await server.close()
    }
  },
})

const number = (n: number) => String(n % ASSETS).padStart(6, '0')

/** Ids in another order than they are stored, as they would come. */
function asset(i: number): Asset {
  return {
    id: `asset-${number(i * 7919)}`,
    kind: ASSET_KINDS[i % 5] ?? 'system',
    name: `Asset number ${i}`,
    description: 'What it does, in a few words. '.repeat(8).trim(),
    owners:
      i % 10 === 0 ? { business: 'team' } : { business: `team-${i % 5000}@example.org`, data: 'data', risk: 'risk' },
    sanctioned: i % 1000 !== 0,
    tags: [`tag-${i % 700}`],
    links: i % 5 === 0 ? [{ kind: 'uses', to: `asset-${number(i + 1)}` }] : [],
    exposure: i % 50_000 === 1 ? 'public' : 'team',
    dataClass: 'internal',
    environment: 'production',
    source: i % 20 === 0 ? 'observed' : 'declared',
    ...(i % 30_000 === 1 ? { declaredBy: 'rare' } : {}),
    firstSeen: AT,
    lastSeen: AT,
    revision: 1,
    recordedAt: AT,
    ...(i % 50_000 === 7 ? { retiredAt: AT } : {}),
  }
}
