import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { type Postgres, startPostgres } from '../../test/postgres.ts'
import { loadBuiltIn } from '../catalog/built-in.ts'
import type { AssetBody } from '../model/asset.ts'
import { openStore } from '../store/open.ts'
import { applyDeclarations } from './apply-declarations.ts'
import { exportDeclarations } from './export-declarations.ts'
import { putAsset } from './put-asset.ts'
import { stateFact } from './state-fact.ts'
import { ACTOR } from './testing.ts'

const body = (more: Partial<AssetBody> = {}): AssetBody => ({
  id: 'bot',
  kind: 'system',
  name: 'Bot',
  owners: {},
  sanctioned: true,
  tags: [],
  links: [],
  ...more,
})

const now = () => new Date()

describe('two replicas of the register on PostgreSQL', () => {
  let postgres: Postgres | undefined
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres?.stop())

  test('changes made at once all count, none is lost, and one id is stated once', async (t) => {
    const databaseUrl = (await postgres?.createDatabase()) ?? ''
    const open = () => openStore({ dataDir: tmpdir(), databaseUrl, now })
    const stores = await Promise.all([open(), open()])
    t.after(() => Promise.all(stores.map((store) => store.close())))
    const [one, other] = stores.map((store) => ({ store, catalog: loadBuiltIn(), now }))
    assert(one && other)
    const replica = (i: number) => (i % 2 === 0 ? one : other)
    const stated = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) => putAsset(replica(i), ACTOR, { body: body(), source: 'declared' })),
    )
    assert.equal(stated.filter(({ status }) => status === 'fulfilled').length, 1)
    const tags = Array.from({ length: 12 }, (_, i) => `tag-${10 + i}`)
    await Promise.all(
      tags.map((tag, i) => putAsset(replica(i), ACTOR, { body: body({ tags: [tag] }), base: 1, source: 'declared' })),
    )
    const merged = await one.store.read.register.asset('bot')
    assert.deepEqual([merged?.tags, merged?.revision], [tags, 13])
    const answers = ['llm', 'heuristic', 'predictive-ml', 'genai-non-llm']
    const claim = { asset: 'bot', key: 'model-kind', source: 'answered', by: 'ada' } as const
    await Promise.all(answers.map((value, i) => stateFact(replica(i), ACTOR, { ...claim, value })))
    assert.equal((await other.store.read.register.claims(['bot'])).length, 1)
    const text = 'source: a\nassets:\n  - id: x\n    kind: tool\n    name: X\n'
    const files = { files: [{ name: 'a.yaml', text }], settings: [] }
    const plans = await Promise.all([0, 1, 2, 3].map((i) => applyDeclarations(replica(i), ACTOR, files)))
    assert.deepEqual(plans.map(({ steps }) => steps.length).toSorted(), [0, 0, 0, 1])
    assert.equal((await exportDeclarations(other.store.read.register, 'a')).text, text)
    const then = merged?.recordedAt ?? ''
    assert.deepEqual(
      (await other.store.read.register.assets(then)).map(({ id }) => id),
      ['bot'],
    )
  })
})
