// From facts to threats to proof, in a browser: what somebody answers decides what applies, every verdict says why, and a
// control is only proven when something showed it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { call, foundOrganisation } from './organisation.ts'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
  await foundOrganisation(visit.page)
})
after(() => house.close())

test('a new system meets every threat until facts say otherwise; an answer takes threats away, with the reason', async () => {
  const { page } = visit
  await call(page, 'PUT', '/api/assets/card-scoring', { kind: 'system', name: 'Card scoring' })
  await page.goto(`${house.url}/systems/card-scoring?tab=threats&q=direct%20prompt`)
  const row = page.getByRole('row', { name: /^Direct prompt injection/ })
  await row.getByText('Unknown, so it counts').last().waitFor()

  await page.goto(`${house.url}/systems/card-scoring?tab=facts&fact=model-kind`)
  const drawer = page.getByRole('dialog', { name: 'What kind of model is it?' })
  await drawer.getByRole('radio', { name: 'Predictive ML' }).check()
  await drawer.getByRole('button', { name: 'Record my answer' }).click()
  await drawer.waitFor({ state: 'detached' })

  await page.goto(`${house.url}/systems/card-scoring?tab=threats&q=direct%20prompt`)
  await page.getByRole('heading', { name: 'No threat matches' }).waitFor()
  await page.getByRole('combobox', { name: 'Apply or may apply' }).selectOption('does-not-apply')
  await page.getByRole('link', { name: 'Direct prompt injection', exact: true }).click()
  const why = page.getByRole('dialog', { name: 'Direct prompt injection' })
  await why.getByRole('heading', { name: 'Why it does not apply' }).waitFor()
  const trace = (await why.textContent()) ?? ''
  assert.match(trace, /model kind/)
  assert.match(trace, /Predictive ML/)
  assert.match(trace, /rules? of catalogue 2026-11/)
})

test('each measure says why it stands where it stands: covered in part, ran out, or shown not to hold', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant?tab=controls`)
  await page.getByRole('link', { name: 'Rate limit', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: 'Rate limit' })
  const measure = (id: string) => drawer.getByRole('listitem').filter({ hasText: id }).first()
  await measure('rate-limit.per-actor').getByText('1 of 2 routes covered; not search').waitFor()
  await measure('rate-limit.per-actor').getByText('Partial').waitFor()
  await measure('rate-limit.total').getByText('Stale').waitFor()
  await measure('rate-limit.total')
    .getByText(/ran out 2 Mar 2025/)
    .waitFor()
  await measure('rate-limit.calibrate').getByText('Failing').waitFor()
  await drawer.getByText('12 of 200 probes got through', { exact: true }).waitFor()
})

test('a proof leads to its leaf in the log', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant`)
  await page.getByRole('region', { name: 'Proven lately' }).getByRole('link', { name: 'Does not hold' }).click()
  await page.getByRole('heading', { level: 1, name: /^Entry/ }).waitFor()
})

test('a system’s page says in one paragraph where it stands, and its numbers lead to their rows', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant`)
  await page.getByText(/^Support assistant is in production and open to the public/).waitFor()
  await page.getByRole('link', { name: /risks above the appetite/ }).click()
  const table = page.getByRole('table', { name: 'Threats to Support assistant' })
  await table.getByRole('link').first().waitFor()
  assert.equal(
    await table.getByRole('row').filter({ hasText: 'above appetite' }).count(),
    await table.getByRole('link').count(),
  )
})

test('a day before it was registered shows nothing of it, and says which day is shown', async () => {
  const { page } = visit
  await page.goto(`${house.url}/inventory?at=2026-01-31`)
  await page.getByText('As it was at the end of 31 Jan 2026').waitFor()
  await page.getByRole('heading', { name: 'No system is registered yet' }).waitFor()
  await page.getByRole('button', { name: 'Show today' }).click()
  await page.getByRole('link', { name: 'Support assistant' }).waitFor()
})

test('the list of systems is narrowed by the risk that is left, in the address', async () => {
  const { page } = visit
  await page.goto(`${house.url}/inventory`)
  await page.getByRole('combobox', { name: 'Any risk left' }).selectOption('very-high')
  await page.waitForURL(/worst=very-high/)
  await page.getByRole('link', { name: 'Support assistant' }).waitFor()
  await page.getByRole('combobox', { name: 'Any state' }).selectOption('proven')
  await page.getByRole('heading', { name: 'No system matches' }).waitFor()
  await page.getByRole('button', { name: 'Clear the filters' }).click()
  await page.getByRole('link', { name: 'Support assistant' }).waitFor()
  assert.equal(new URL(page.url()).search, '')
})

test('a dossier is made from the page, recorded, and comes as files with their proofs', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant`)
  await page.getByRole('button', { name: 'Reports' }).click()
  await page.getByRole('button', { name: 'Dossier' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/^Recorded as/).waitFor({ timeout: 60_000 })
  const file = dialog.getByRole('button', { name: /^Download .*\.html$/ })
  const [got] = await Promise.all([page.waitForEvent('download'), file.click()])
  const chunks: Buffer[] = []
  for await (const chunk of await got.createReadStream()) chunks.push(Buffer.from(chunk))
  const html = Buffer.concat(chunks).toString()
  assert.match(html, /^<!doctype html>/i)
  assert.match(html, /Support assistant/)
})
