// Keys and budgets in a browser: a key is shown once and works, a budget stops what it should, a provider's key goes in and
// never comes out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type GatewayHouse, openGatewayHouse } from './gateway-house.ts'
import { call } from './organisation.ts'

const PROVIDER_KEY = 'sk-proj-a-key-of-a-provider-that-is-long-enough-1234'

let gateway: GatewayHouse
before(async () => {
  gateway = await openGatewayHouse()
  await gateway.page.goto(`${gateway.house.url}/gateway/keys`)
})
after(() => gateway.house.close())

let secret = ''

test('a key is made for a system, is shown once, and works', async () => {
  const { page, ask } = gateway
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('refunds')
  await dialog.getByLabel('System').selectOption('Support assistant')
  await dialog.getByLabel('Models').fill('demo/*, gpt-*')
  await dialog.getByLabel('Requests a minute').fill('30')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  secret = await dialog.getByLabel('The gateway key').inputValue()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  const row = page.getByRole('row', { name: /^refunds/ })
  await row.getByText('demo/*, gpt-*').waitFor()
  await row.getByText('30 requests a minute').waitFor()
  assert.equal((await page.content()).includes(secret), false)
  assert.equal(await ask(secret, 'Say "hi"'), 200)
})

test('a key that is revoked is refused at once', async () => {
  const { page, ask } = gateway
  await page.getByRole('button', { name: 'Revoke refunds' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Type refunds/).fill('refunds')
  await dialog.getByRole('button', { name: 'Revoke the key' }).click()
  await page
    .getByRole('row', { name: /^refunds/ })
    .getByText('Revoked')
    .waitFor()
  assert.equal(await ask(secret, 'Say "hi"'), 401)
})

test('a key is made for one agent, and its calls are found and added up in the agent’s name', async () => {
  const { page, ask, house } = gateway
  await page.getByRole('button', { name: 'Make a key' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('refund bot')
  await dialog.getByLabel('System').selectOption('Support assistant')
  await dialog.getByLabel('Agent').selectOption('Refund agent')
  await dialog.getByRole('button', { name: 'Make the key' }).click()
  const own = await dialog.getByLabel('The gateway key').inputValue()
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await page
    .getByRole('row', { name: /^refund bot/ })
    .getByText('only for Refund agent')
    .waitFor()
  assert.equal(await ask(own, 'Say "hi"'), 200)
  await house.app.record.settled()
  await page.goto(`${house.url}/inventory/refund-agent`)
  await page.getByRole('link', { name: /^1 Calls/ }).click()
  await page.waitForURL(/agent=refund-agent/)
  await page.getByRole('table').getByText('Refund agent').first().waitFor()
  assert.equal(await page.getByRole('table').getByRole('row').count(), 2)
  await page.goto(`${house.url}/gateway/costs?tab=agent`)
  await page.getByRole('row', { name: /^Refund agent/ }).waitFor()
  await page.goto(`${house.url}/gateway/keys`)
})

test('a budget is set, stops what would cost more, and shows what is left', async () => {
  const { page, ask, key } = gateway
  await page.getByRole('link', { name: 'Budgets', exact: true }).click()
  await page.getByRole('heading', { name: 'No budgets yet' }).waitFor()
  await page.getByRole('button', { name: 'Set a budget' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('support')
  await dialog.getByLabel('Unit').selectOption('Tokens')
  await dialog.getByLabel('At most').fill('10')
  await dialog.getByLabel('System').selectOption('Support assistant')
  await dialog.getByRole('button', { name: 'Set the budget' }).click()
  const row = page.getByRole('row', { name: /^support/ })
  await row.getByText(/^0 tokens of 10 tokens a month spent/).waitFor()
  assert.equal(await ask(key.secret, 'word '.repeat(400)), 429)
  await row.getByRole('button', { name: 'Change support' }).click()
  await page.getByRole('dialog').getByLabel('Tokens').fill('1000000')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await row.getByText(/of 1,000,000 tokens a month spent/).waitFor()
  await row.getByRole('button', { name: 'Close support' }).click()
  await page.getByLabel(/Type support/).fill('support')
  await page.getByRole('button', { name: 'Close the budget' }).click()
  await row.getByText('Closed').waitFor()
})

test('the key of a provider goes in and never comes out', async () => {
  const { page, house } = gateway
  const upstreams = { openai: { provider: 'openai' } }
  const routes = { chat: { models: ['gpt-*'], upstreams: ['openai'] } }
  await call(page, 'PUT', '/api/policy/draft', { upstreams, routes })
  await call(page, 'POST', '/api/policy/publish', { note: 'a provider' })
  await page.goto(`${house.url}/gateway/keys?tab=providers`)
  await page.getByRole('button', { name: 'Set the key of openai' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Key', { exact: true }).fill(PROVIDER_KEY)
  await dialog.getByRole('button', { name: 'Keep the key' }).click()
  await page
    .getByRole('row', { name: /^openai/ })
    .getByText('Sent', { exact: true })
    .waitFor()
  await page.reload()
  await page
    .getByRole('row', { name: /^openai/ })
    .getByText(/SHA-256/)
    .waitFor()
  assert.equal((await page.content()).includes(PROVIDER_KEY), false)
  await page.getByRole('button', { name: 'Remove the key of openai' }).click()
  await page.getByLabel(/Type openai/).fill('openai')
  await page.getByRole('button', { name: 'Forget the key' }).click()
  await page
    .getByRole('row', { name: /^openai/ })
    .getByText('none')
    .waitFor()
})

test('nothing was complained about', () => assert.deepEqual(gateway.visit.complaints, []))
