// Fills an empty installation with a made-up organisation, through the same verbs that people and collectors use, so that
// every screen has something to show and nothing in it is a special case.
import type { Admit } from '../../admit/admit.ts'
import { Failure } from '../../lib/failure.ts'
import { SYSTEM } from '../../model/actor.ts'
import { recordEvidence } from '../../prove/record-evidence.ts'
import { applyDeclarations } from '../../register/apply-declarations.ts'
import { putAsset } from '../../register/put-asset.ts'
import { stateFact } from '../../register/state-fact.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Recorder } from '../../record/recorder.ts'
import type { Register } from '../../register/register.ts'
import type { ScanStarter } from '../scans/start-scan.ts'
import { sampleCalls } from './calls.ts'
import { decisions, type DecisionsHome } from './decisions.ts'
import { sampleProofs } from './proofs.ts'
import { sampleFile } from './sample-file.ts'
import { sampleScans } from './scans.ts'

const SOURCE = 'meridian'
const COLLECT_AGAIN_MS = 6 * 3_600_000

interface SampleHome extends DecisionsHome {
  catalog: Catalog
  register: Register
  scans: ScanStarter
  admit: Admit
  record: Recorder
  now: () => Date
}

/** Also at a later start: what is there stays, and the collectors have been round again. */
export async function loadSample(app: SampleHome): Promise<void> {
  const { items } = await app.store.read.register.list({ limit: 1 })
  const isThere = (await app.store.read.register.declaredBy(SOURCE)).length > 0
  if (items.length > 0 && !isThere)
    throw new Failure('conflict', 'the register is not empty, and a sample must not mix with what is real', {
      hint: 'give the sample a data directory of its own with --data-dir',
    })
  if (!isThere) {
    await applyDeclarations(app.register, SYSTEM, { files: [sampleFile('organisation.yaml')], settings: [] })
    await sightings(app)
    await sampleScans(app.scans)
    await sampleCalls(app.admit, app.record, app.now())
  }
  if (!(await isFresh(app))) await proofs(app)
  if (!isThere) await decisions(app)
}

async function isFresh({ store, now }: SampleHome): Promise<boolean> {
  const { items } = await store.read.evidence.list({ limit: 1 })
  const [latest] = items
  return latest !== undefined && now().getTime() - Date.parse(latest.receivedAt) < COLLECT_AGAIN_MS
}

/** What scanner and gateway saw that nobody declared, or that contradicts what was declared. */
async function sightings(app: SampleHome): Promise<void> {
  await putAsset(app.register, SYSTEM, {
    source: 'observed',
    body: {
      id: 'unknown-summariser',
      kind: 'endpoint',
      name: 'summarise.example-ai.com',
      description: 'Seen in egress: 41 requests of two people in a week.',
      owners: {},
      sanctioned: false,
      tags: ['shadow-ai'],
      links: [],
    },
  })
  await putAsset(app.register, SYSTEM, {
    source: 'discovered',
    body: {
      id: 'letters-embedder',
      kind: 'model',
      name: 'Letters embedder',
      description: 'Loaded by the repository letters-search; in no declaration.',
      owners: {},
      sanctioned: false,
      tags: [],
      links: [],
    },
  })
  const seen = [
    { asset: 'developer-copilot', key: 'personal-data', value: true, source: 'observed', by: 'gateway' },
    { asset: 'call-summary', key: 'reaches-sensitive-data', value: true, source: 'observed', by: 'gateway' },
    { asset: 'campaign-images', key: 'augments-input', value: true, source: 'discovered', by: 'scanner' },
  ] as const
  for (const claim of seen) await stateFact(app.register, SYSTEM, { ...claim, confidence: 0.8 })
}

async function proofs({ catalog, store, now }: SampleHome): Promise<void> {
  const { items: systems } = await store.read.register.list({ kind: 'system', limit: 100 })
  const releases = new Map(
    systems.flatMap(({ id, version }) => (version === undefined ? [] : [[id, version] as const])),
  )
  const all = sampleProofs(catalog, releases, now())
  for (const rows of Map.groupBy(all, ({ collector }) => collector).values()) {
    await store.change((tx) =>
      recordEvidence(
        { catalog, now },
        { ...tx, assetStates: async (ids) => new Map(ids.map((id) => [id, 'active'] as const)) },
        rows,
        SYSTEM,
      ),
    )
  }
}
