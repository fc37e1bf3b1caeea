// The overviews of 1,000 systems with 50,000 rows of evidence, each as a whole request through checks, derivation and
// JSON. That the matrix page is interactive in a second is measured in the browser.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, openApp } from '../../src/app/app.ts'
import { Config } from '../../src/app/config.ts'
import { type Acceptance, acceptanceNoun } from '../../src/govern/acceptance.ts'
import { begin } from '../../src/govern/noun.ts'
import { heldReview, reviewNoun } from '../../src/govern/review.ts'
import { snapshotHash } from '../../src/govern/snapshot.ts'
import { SYSTEM } from '../../src/model/actor.ts'
import { createApi } from '../../src/server/api.ts'
import { defineBench, limited } from '../bench.ts'
import { manySystems, proof } from '../many-systems.ts'

const SYSTEMS = 1000
const EVIDENCE = 50_000
const TIMES = 10

export const bench = defineBench({
  title: 'The API over 1,000 systems',
  async run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'parapet-bench-'))
    const app = await openApp(Config.parse({ dataDir, port: 0, logLevel: 'silent' }))
    try {
      const { fastify, localSecret } = await createApi(app)
      const organisation = manySystems(app.catalog, { systems: SYSTEMS, evidence: EVIDENCE }, app.now())
      await app.store.change(async (tx) => {
        const { entry } = await tx.stamp()
        await tx.register.save(organisation.assets)
        await tx.register.addFacts(organisation.claims.map((claim) => Object.assign(claim, { entry })))
        await tx.evidence.insert(organisation.evidence.map((row) => Object.assign(row, { entry })))
        tx.record({ kind: 'bench.filled', actor: SYSTEM, subject: { kind: 'bench', id: 'all' }, data: {} })
      })
      const get = async (url: string) => {
        const started = performance.now()
        const { statusCode, body } = await fastify.inject({
          url,
          headers: { authorization: `Bearer ${localSecret}`, host: 'localhost' },
        })
        if (statusCode !== 200) throw new Error(`${url}: ${statusCode} ${body.slice(0, 300)}`)
        return performance.now() - started
      }
      const times = async (urls: readonly string[]) => {
        for (const url of urls) await get(url)
        const took: number[] = []
        for (let i = 0; i < TIMES; i++) for (const url of urls) took.push(await get(url))
        return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Number.NaN
      }
      const first = await get('/api/systems?limit=50')
      const matrix = await times(['/api/matrix'])
      const systems = await times(['/api/systems?limit=50', '/api/systems?limit=50&status=failing&cursor=system-5'])
      await decide(app)
      const risks = await times([
        '/api/risks?limit=50',
        '/api/risks?limit=50&threat=evasion&cursor=system-5/evasion',
        '/api/risks?limit=50&status=accepted',
        '/api/risks?limit=50&status=reopened',
      ])
      const home = await times(['/api/home?scope=all&limit=50', '/api/home?scope=all&kind=review-overdue&limit=50'])
      const prove = () =>
        app.store.change(async (tx) => {
          const stamp = await tx.stamp()
          const row = { ...proof(app.catalog, 1, 'system-1', app.now()), entry: stamp.entry, receivedAt: stamp.at }
          await tx.evidence.insert([row])
          tx.record({ kind: 'evidence.recorded', actor: SYSTEM, subject: { kind: 'asset', id: 'system-1' }, data: {} })
          return stamp.at
        })
      const at = await prove()
      const after: number[] = []
      for (let i = 0; i < TIMES * 2; i++) {
        await prove()
        after.push(await get('/api/systems/system-1/threats?limit=50'))
      }
      const afterOne = after.toSorted((a, b) => a - b)[Math.floor(after.length * 0.95)] ?? Number.NaN
      const past = await get(`/api/systems/system-1?at=${at}`)
      return [
        limited('the threats of a system right after a new proof, p95', afterOne, 20, 'ms'),
        limited('the matrix of 1,000 systems, p95', matrix, 300, 'ms'),
        limited('a page of 1,000 systems, p95', systems, 100, 'ms'),
        limited('a page of the risks of 1,000 systems with 1,000 acceptances, p95', risks, 100, 'ms'),
        limited('a page of what waits, with 1,000 reviews, p95', home, 100, 'ms'),
        { what: 'the first page after the start: register, evidence and 1,000 systems', measured: `${Math.round(first)} ms`, reference: '', ratio: undefined, target: '', met: true }, // prettier-ignore
        { what: 'one system at a past moment, nothing kept', measured: `${Math.round(past)} ms`, reference: '', ratio: undefined, target: '', met: true }, // prettier-ignore
      ]
    } finally {
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
})

/** A review of each system, and an acceptance of one of its risks. */
async function decide(app: App): Promise<void> {
  const ids = Array.from({ length: SYSTEMS }, (_, i) => `system-${i}`)
  const seen = new Map<string, Awaited<ReturnType<typeof app.govern.derived.seen>>>()
  for (const id of ids) seen.set(id, await app.govern.derived.seen(id))
  const accepted: Acceptance[] = []
  for (const id of ids) {
    const snapshot = await app.govern.derived.risk(id, seen.get(id)?.at(-1)?.threat ?? '')
    if (snapshot === undefined) throw new Error(`${id} has no risk`)
    const at = app.now().toISOString()
    const until = new Date(app.now().getTime() + 30 * 86_400_000).toISOString()
    const proposal = { proposedBy: 'a', proposedAt: at, reason: 'bench', conditions: [], until, aboveAppetite: false }
    const hash = snapshotHash(snapshot)
    accepted.push({ state: 'active', ...proposal, snapshot, hash, approvedBy: 'b', approvedAt: at })
  }
  await app.govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    for (const id of ids) {
      const held = { occasion: 'before-launch', outcome: 'fit', summary: 'bench', findings: [], by: 'a', at } as const
      const value = heldReview({ ...held, findings: [], seen: [...(seen.get(id) ?? [])] })
      await begin(reviewNoun, tx, { system: id, subject: id }, { actor: SYSTEM, event: 'held', value })
    }
    for (const value of accepted) {
      const about = { system: value.snapshot.system, subject: value.snapshot.threat }
      await begin(acceptanceNoun, tx, about, { actor: SYSTEM, event: 'approved', value })
    }
  })
}
