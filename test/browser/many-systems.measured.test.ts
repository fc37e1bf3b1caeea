// The threat matrix over 1,000 systems with 50,000 proofs: what a person waits for, in a real browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { manySystems } from '../../bench/many-systems.ts'
import { SYSTEM } from '../../src/model/actor.ts'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'

const MOST_MS = 1000
const MOST_TRIES = 10

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  const { app } = house
  const organisation = manySystems(app.catalog, { systems: 1000, evidence: 50_000 }, app.now())
  await app.store.change(async (tx) => {
    const { entry } = await tx.stamp()
    await tx.register.save(organisation.assets)
    await tx.register.addFacts(organisation.claims.map((claim) => Object.assign(claim, { entry })))
    await tx.evidence.insert(organisation.evidence.map((row) => Object.assign(row, { entry })))
    tx.record({ kind: 'test.filled', actor: SYSTEM, subject: { kind: 'test', id: 'all' }, data: {} })
  })
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

test('the matrix of 1,000 systems is there within a second, and a tile opens', async () => {
  const { page } = visit
  await page.goto(`${house.url}/matrix`)
  await page.getByText('over 1,000 systems').waitFor({ timeout: 60_000 })
  const took: number[] = []
  while (took.length < MOST_TRIES && !took.some((ms) => ms < MOST_MS)) {
    await page.goto(`${house.url}/settings/account`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const started = performance.now()
    await page.goto(`${house.url}/matrix`)
    await page.getByText('over 1,000 systems').waitFor()
    await page.getByRole('link', { name: /^Direct prompt injection/ }).first().click() // prettier-ignore
    await page.getByRole('dialog', { name: 'Direct prompt injection' }).waitFor()
    took.push(performance.now() - started)
  }
  const best = Math.min(...took)
  assert.ok(
    best < MOST_MS,
    `${Math.round(best)} ms from the address to an open tile: ${took.map(Math.round).join(', ')}`,
  )
})
