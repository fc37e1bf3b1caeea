// Deriving everything for 1,000 systems from 50,000 rows of evidence, beside the least that anybody would have to do: look
// at each row once and evaluate each threat's condition once for each system.
import { EvidenceIndex } from '../../src/app/posture/evidence-index.ts'
import { World } from '../../src/app/posture/world.ts'
import { loadBuiltIn } from '../../src/catalog/built-in.ts'
import { evaluate } from '../../src/catalog/expression.ts'
import { defineBench, limited } from '../bench.ts'
import { manySystems, proof, type Organisation } from '../many-systems.ts'

const SIZE = { systems: 1000, evidence: 50_000 }
const NOW = new Date('2026-05-01T00:00:00Z')
/** The best of a few: what else the machine does at the time is not what is measured. */
const ROUNDS = 4
const catalog = loadBuiltIn()

export const bench = defineBench({
  title: 'Derivation',
  async run() {
    const organisation = manySystems(catalog, SIZE, NOW)
    const bare = Math.min(...Array.from({ length: ROUNDS }, () => timed(() => plainLoop(organisation))))
    const rounds: number[] = []
    for (let i = 0; i < ROUNDS; i++) {
      const started = performance.now()
      await derive(organisation)
      rounds.push(performance.now() - started)
    }
    const whole = Math.min(...rounds)
    const { world, evidence } = await derive(organisation)
    const took: number[] = []
    for (let i = 0; i < 50; i++) {
      const start = performance.now()
      evidence.add([proof(catalog, i, `system-${i}`, NOW)])
      world.touch([`system-${i}`])
      await world.standings(NOW)
      took.push(performance.now() - start)
    }
    return [
      limited('1,000 systems with 50,000 rows of evidence, from scratch', whole, 2000, 'ms'),
      {
        what: 'the same, beside a plain loop over rows and conditions',
        measured: `${Math.round(whole)} ms`,
        reference: `${Math.round(bare)} ms`,
        ratio: whole / bare,
        target: '',
        met: true,
      },
      limited('all systems after one new proof, p95', p95(took), 20, 'ms'),
    ]
  },
})

async function derive({ assets, claims, evidence: rows }: Organisation) {
  const evidence = new EvidenceIndex()
  evidence.add(rows)
  const ground = {
    catalog,
    assets: new Map(assets.map((asset) => [asset.id, asset])),
    claims: Map.groupBy(claims, ({ asset }) => asset),
    evidence,
    selections: new Map(),
    assignments: new Map(),
    factors: new Map(),
  }
  const world = new World(ground, 'medium')
  await world.standings(NOW)
  return { world, evidence }
}

function plainLoop({ claims, evidence }: Organisation): number {
  const newest = new Map<string, string>()
  for (const { asset, measure, observedTo } of evidence) newest.set(`${asset} ${measure}`, observedTo)
  let applying = newest.size
  for (const some of Map.groupBy(claims, ({ asset }) => asset).values()) {
    const profile = Object.fromEntries(some.map(({ key, value }) => [key, value ?? undefined]))
    for (const { appliesWhen } of catalog.threats)
      if (appliesWhen && evaluate(appliesWhen, profile).value !== false) applying++
  }
  return applying
}

function timed(work: () => unknown): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

const p95 = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN
