// Routes and policy in a browser: a mode changed in the matrix becomes a draft, is checked, tried on past calls, published
// and taken back, and real calls follow.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Route } from 'playwright-core'
import { type GatewayHouse, INJECTION, openGatewayHouse } from './gateway-house.ts'

let gateway: GatewayHouse
before(async () => {
  gateway = await openGatewayHouse()
  await gateway.ask(gateway.key.secret, INJECTION)
  await gateway.ask(gateway.key.secret, 'Say "hi"')
  await gateway.house.app.record.seal()
  await gateway.page.goto(`${gateway.house.url}/gateway/policy`)
})
after(() => gateway.house.close())

/** The page hears of the change before it has its own answer, as it may on any day. */
async function afterItsEvent(route: Route): Promise<void> {
  const response = await route.fetch()
  await setTimeout(1000)
  await route.fulfill({ response })
}

const GUARD = 'Prompt injection I/O handling'

test('the matrix shows the mode of each guard, and a change goes into a draft', async () => {
  const { page } = gateway
  await page.getByText('The defaults are in force').waitFor()
  await page.getByLabel(`${GUARD} everywhere`).selectOption('Observe')
  await page.getByText('A draft waits').waitFor()
  assert.equal(await gateway.ask(gateway.key.secret, INJECTION), 403)
})

test('the draft says what is loosened, and what past calls would have met', async () => {
  const { page } = gateway
  await page.getByRole('link', { name: 'Check and publish it' }).click()
  await page.getByText('It makes sense and can be published.').waitFor()
  const change = page.getByRole('listitem').filter({ hasText: GUARD }).filter({ hasText: 'loosened' }).first()
  assert.match(await change.innerText(), /Enforce → Observe/)
  await page.getByRole('button', { name: 'Try it on past calls' }).click()
  await page.getByText(/would end otherwise/).waitFor()
  await page
    .getByText(/Block by .+ → Forward/)
    .first()
    .waitFor()
})

test('what makes no sense cannot be published, and the place is named', async () => {
  const { page } = gateway
  const editor = page.getByLabel('The policy as JSON')
  const sense = await editor.inputValue()
  const routes = { chat: { models: ['gpt-*'], upstreams: ['nowhere'] } }
  await editor.fill(JSON.stringify({ ...(JSON.parse(sense) as object), routes }))
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await page.getByRole('alert').getByText('routes.chat').first().waitFor()
  assert.equal(await page.getByRole('button', { name: 'Publish' }).isDisabled(), true)
  await editor.fill(sense)
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await page.getByText('It makes sense and can be published.').waitFor()
})

test('published, it is in force for the next call; rolled back, it is not', async () => {
  const { page, ask, key } = gateway
  await page.route('**/api/policy/publish', afterItsEvent)
  await page.getByLabel('Why').fill('too many false alarms')
  await page.getByRole('button', { name: 'Publish' }).click()
  const list = page.getByRole('table', { name: 'Versions of the policy' })
  await list.getByText('too many false alarms').waitFor()
  assert.equal(await ask(key.secret, INJECTION), 200)
  await page.getByRole('link', { name: 'Guards' }).click()
  await page.getByLabel(`${GUARD} everywhere`).selectOption('Enforce')
  await page.getByRole('link', { name: 'Check and publish it' }).click()
  await page.getByLabel('Why').fill('back to safety')
  await page.getByRole('button', { name: 'Publish' }).click()
  await list.getByText('back to safety').waitFor()
  assert.equal(await ask(key.secret, INJECTION), 403)
  await list.getByRole('link', { name: '1', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: 'Version 1' })
  await drawer.getByRole('button', { name: 'Go back to it' }).click()
  await page.getByLabel(/Type 1 /).fill('1')
  await page.getByRole('button', { name: 'Put it into force' }).click()
  await list.getByText('back to version 1').waitFor()
  assert.equal(await ask(key.secret, INJECTION), 200)
})

test('upstreams show how they are doing', async () => {
  const { page } = gateway
  await page.getByRole('link', { name: 'Routes and upstreams' }).click()
  const row = page.getByRole('table', { name: 'Upstreams' }).getByRole('row', { name: /^demo/ })
  await row.getByText('Well', { exact: true }).waitFor()
})

test('nothing was complained about', () => assert.deepEqual(gateway.visit.complaints, []))
