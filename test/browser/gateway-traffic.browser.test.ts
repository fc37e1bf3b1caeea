// Traffic and costs in a browser: calls come in by themselves, filters find them, a row shows why it went as it did.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { type GatewayHouse, INJECTION, makeTraffic, openGatewayHouse } from './gateway-house.ts'

let gateway: GatewayHouse
before(async () => {
  gateway = await openGatewayHouse()
})
after(() => gateway.house.close())

test('an empty page says what to change in a program, for each library', async () => {
  const { page, house } = gateway
  await page.goto(`${house.url}/gateway`)
  await page.getByRole('heading', { name: 'No calls yet' }).waitFor()
  const code = page.getByLabel('code', { exact: true })
  assert.match(await code.innerText(), new RegExp(`new OpenAI\\(\\{ baseURL: '${house.url}/v1'`))
  await page.getByLabel('Library').selectOption('Anthropic, Python')
  assert.match(await code.innerText(), new RegExp(`Anthropic\\(base_url="${house.url}"`))
})

test('calls come in while one looks', async () => {
  const { page } = gateway
  await makeTraffic(gateway)
  await page.getByRole('link', { name: 'Blocked' }).waitFor()
  assert.equal(await page.getByRole('table', { name: 'Calls' }).locator('tbody tr').count(), 5)
})

test('a filter leaves what fits, and lives in the address', async () => {
  const { page } = gateway
  await page.getByLabel('Any guard').selectOption('prompt-injection-io-handling')
  await page.getByRole('link', { name: 'Answered' }).first().waitFor({ state: 'detached' })
  assert.match(page.url(), /guard=prompt-injection-io-handling/)
  assert.equal(await page.getByRole('table', { name: 'Calls' }).locator('tbody tr').count(), 1)
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('link', { name: 'Answered' }).first().waitFor()
})

test('a row opens the trace, and its proof once it is sealed', async () => {
  const { page, house } = gateway
  await house.app.record.seal()
  await page.getByRole('link', { name: 'Blocked' }).click()
  const drawer = page.getByRole('dialog', { name: 'Call' })
  await drawer.getByText('Blocked by Prompt injection I/O handling').waitFor()
  await drawer.getByText('messages.0.content').first().waitFor()
  await drawer.getByText('Guards of the request').waitFor()
  assert.ok(!(await drawer.innerText()).includes(INJECTION))
  const downloading = page.waitForEvent('download')
  await drawer.getByRole('button', { name: 'Download the proof' }).click()
  const proof = await readFile(await (await downloading).path(), 'utf8')
  assert.match(proof, /prompt-injection-io-handling/)
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'detached' })
})

test('who is unaccounted for is listed with what to do', async () => {
  const { page } = gateway
  await page.getByRole('link', { name: 'Unaccounted for' }).click()
  await page.getByRole('link', { name: 'gpt-unheard-of' }).waitFor()
  await page.getByText('Find the program, and give it a key of the system that it belongs to.').waitFor()
})

test('costs add up by system, key, model and day, and leave as a spreadsheet', async () => {
  const { page, house } = gateway
  await page.goto(`${house.url}/gateway/costs`)
  const row = page.getByRole('row', { name: /^Support assistant/ })
  assert.match(await row.innerText(), /Support assistant\s+4\s+1\s+1/)
  await page.getByRole('link', { name: 'By key' }).click()
  await page.getByRole('cell', { name: 'support in production' }).waitFor()
  await page.getByRole('link', { name: 'By day' }).click()
  await page.getByRole('columnheader', { name: 'Day' }).waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV for a spreadsheet' }).click()
  const sheet = await readFile(await (await downloading).path(), 'utf8')
  assert.match(sheet, /^day,calls,blocked,failed,inputTokens,outputTokens,costDollars\r\n\d{4}-\d\d-\d\d,4,1,1,/)
})

test('nothing was complained about', () => assert.deepEqual(gateway.visit.complaints, []))
