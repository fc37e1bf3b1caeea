// The playground in a browser: each example ends as it should, and shows what each side of the guards saw.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type GatewayHouse, openGatewayHouse } from './gateway-house.ts'

let gateway: GatewayHouse
before(async () => {
  gateway = await openGatewayHouse()
  await gateway.page.goto(`${gateway.house.url}/gateway/playground`)
})
after(() => gateway.house.close())

const tried = async (example: string) => {
  const { page } = gateway
  await page.getByRole('button', { name: example }).click()
  await page.getByRole('button', { name: 'Send' }).and(page.locator(':not([aria-busy])')).waitFor()
  await page.getByRole('heading', { name: 'Stages' }).waitFor()
}

test('a harmless prompt is answered as it was', async () => {
  const { page } = gateway
  await tried('Harmless')
  await page.getByText('Answered', { exact: true }).waitFor()
  await page.getByText('Prompt, unchanged', { exact: true }).waitFor()
  await page.getByText('Answer, unchanged').waitFor()
})

test('an attack in a document is blocked before the model reads it, and the guard is named', async () => {
  const { page } = gateway
  await tried('Attack in a document')
  await page.getByText('Blocked', { exact: true }).first().waitFor()
  assert.equal(await page.getByText('nothing: the model was not asked').count(), 3)
  await page.getByText(/by Prompt injection I\/O handling/).waitFor()
  await page.getByText('in words of the tool').first().waitFor()
})

test('a secret does not come out of the model again', async () => {
  const { page } = gateway
  await tried('Secret in the prompt')
  await page.getByRole('heading', { name: 'What the client got' }).waitFor()
  assert.match(await page.locator('figure del').innerText(), /ghp_/)
  assert.match(await page.locator('figure ins').innerText(), /\[github-pat\]/)
})

test('where its guard enforces, the model does not even see it, and the client still gets it back', async () => {
  const { page } = gateway
  await page.getByRole('checkbox', { name: 'Enforce what is only observed' }).check()
  await tried('Secret in the prompt')
  await page.getByText('Prompt before').waitFor()
  assert.match(await page.locator('figure del').first().innerText(), /ghp_/)
  assert.doesNotMatch(await page.locator('figure ins').first().innerText(), /ghp_R7kq/)
})

test('a model that nobody serves is refused with what to do', async () => {
  const { page } = gateway
  await page.getByLabel('Model', { exact: true }).fill('gpt-unheard-of')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/has no model gpt-unheard-of/).waitFor()
})

test('the tried call opens in Traffic with the same trace', async () => {
  const { page } = gateway
  await page.getByRole('link', { name: 'Open in Traffic' }).click()
  const drawer = page.getByRole('dialog', { name: 'Call' })
  await drawer.getByText('Playground').waitFor()
  await drawer.getByText('Model not open to this key').first().waitFor()
})

test('what is shown of a hostile text is text', async () => {
  const { page } = gateway
  await page.goto(`${gateway.house.url}/gateway/playground`)
  await page.getByLabel('Prompt', { exact: true }).fill('Say "<img src=x onerror=alert(1)><b>bold</b>"')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('heading', { name: 'Stages' }).waitFor()
  assert.equal(await page.locator('figure img, figure b').count(), 0)
})

test('nothing was complained about', () => {
  // A call may not be written yet when it is first asked for; the browser itself reports that.
  assert.deepEqual(
    gateway.visit.complaints.filter((one) => !one.includes('404 (Not Found)')),
    [],
  )
})
