// Attack paths in a browser: the list leads to the steps, the steps to what ends them, and a control that is tried out says
// what would follow and leads to where it is put in force.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { foundOrganisation } from './organisation.ts'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

test('without a system there is no way, and the page says where ways come from', async () => {
  const { page } = visit
  await page.goto(`${house.url}/attack-paths`)
  await page.getByRole('heading', { name: 'No way through is known' }).waitFor()
})

test('the list is in the order of risk, and filters stand in the address', async () => {
  const { page } = visit
  await foundOrganisation(page)
  await page.goto(`${house.url}/attack-paths`)
  const rows = page.getByRole('table', { name: 'Attack paths' }).getByRole('row')
  await rows.nth(1).waitFor()
  const risks = (await rows.getByRole('cell').nth(2).allTextContents()).map(Number)
  assert.deepEqual(
    risks,
    risks.toSorted((a, b) => b - a),
  )
  const all = await rows.count()
  await page.getByRole('searchbox', { name: 'Title or target' }).fill('meeting')
  await page.waitForURL(/text=meeting/)
  await page.waitForFunction((before) => document.querySelectorAll('tbody tr').length < before - 1, all)
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.waitForFunction((before) => document.querySelectorAll('tbody tr').length === before - 1, all)
})

test('a way is shown step by step; a control that is tried out ends it and leads to how it stands', async () => {
  const { page } = visit
  await page.goto(`${house.url}/attack-paths?system=support-assistant`)
  const first = page.getByRole('table', { name: 'Attack paths' }).getByRole('link').first()
  const title = ((await first.locator('span').first().textContent()) ?? '').trim()
  await first.click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  const steps = page.getByRole('region', { name: /^Step by step/ }).getByRole('listitem')
  assert.ok((await steps.count()) > 0)
  assert.match((await steps.first().textContent()) ?? '', /declared|not answered|seen happening/)

  const ends = page.getByRole('region', { name: 'What ends it' })
  const groups = ends.getByRole('group')
  for (let i = 0; i < (await groups.count()); i++) await groups.nth(i).getByRole('checkbox').first().check()
  const outcome = ends.getByRole('status')
  await outcome.getByText(/^Of \d+ ways [1-9]\d* would end/).waitFor()
  await outcome.getByRole('link', { name: title }).first().waitFor()

  const stands = ends.getByRole('link', { name: 'Support assistant' }).first()
  const control = new URL((await stands.getAttribute('href')) ?? '', house.url).searchParams.get('control')
  await stands.click()
  await page.waitForURL(
    (url) => url.pathname === '/systems/support-assistant' && url.searchParams.get('control') === control,
  )
  await page.getByRole('dialog').waitFor()
})

test('a way is shown in the graph, where only its steps stand out', async () => {
  const { page } = visit
  await page.goto(`${house.url}/attack-paths?system=support-assistant`)
  await page.getByRole('table', { name: 'Attack paths' }).getByRole('link').first().click()
  await page.getByRole('link', { name: 'Show it in the graph' }).click()
  await page.getByRole('heading', { level: 1, name: 'Graph' }).waitFor()
  await page.getByText('Shown in red:').waitFor()
  await page.getByRole('button', { name: 'Show all again' }).click()
  await page.getByText('Shown in red:').waitFor({ state: 'detached' })
  assert.deepEqual(visit.complaints, [])
})
