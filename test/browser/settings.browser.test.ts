// Settings in a browser: a secret is shown once, what cannot be undone asks for a typed word, the theme stays.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, signIn, type Visit } from './harness.ts'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

let secret = ''

test('a token’s secret is shown once and works', async () => {
  const { page } = visit
  await page.goto(`${house.url}/settings/tokens`)
  await page.getByRole('heading', { name: 'No tokens yet' }).waitFor()
  await page.getByRole('button', { name: 'Create a token' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('nightly export')
  await dialog.getByRole('checkbox', { name: 'catalog:read' }).check()
  await dialog.getByRole('button', { name: 'Create the token' }).click()
  secret = await dialog.getByLabel('The token’s secret').inputValue()
  assert.match(secret, /^pp_/)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('cell', { name: /^nightly export/ }).waitFor()
  await page.reload()
  await page.getByRole('cell', { name: /^nightly export/ }).waitFor()
  assert.equal((await page.content()).includes(secret), false)
  const authorization = { authorization: `Bearer ${secret}` }
  assert.equal((await fetch(`${house.url}/api/catalog`, { headers: authorization })).status, 200)
  assert.equal((await fetch(`${house.url}/api/log`, { headers: authorization })).status, 403)
})

test('revoking asks for the token’s name, and then it stops working', async () => {
  const { page } = visit
  await page.getByRole('button', { name: 'Revoke nightly export' }).click()
  const dialog = page.getByRole('dialog')
  const action = dialog.getByRole('button', { name: 'Revoke the token' })
  assert.equal(await action.isDisabled(), true)
  await dialog.getByLabel(/Type nightly export/).fill('nightly')
  assert.equal(await action.isDisabled(), true)
  await dialog.getByLabel(/Type nightly export/).fill('nightly export')
  await action.click()
  await page.getByText('Revoked').waitFor()
  const reply = await fetch(`${house.url}/api/catalog`, { headers: { authorization: `Bearer ${secret}` } })
  assert.equal(reply.status, 401)
})

test('the last owner cannot be disabled, and the refusal says why', async () => {
  const { page } = visit
  await page.goto(`${house.url}/settings/people`)
  await page.getByRole('button', { name: 'Actions for Ada Lovelace' }).click()
  await page.getByRole('button', { name: 'Disable…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Type ada@example.org/).fill('ada@example.org')
  await dialog.getByRole('button', { name: 'Disable the account' }).click()
  await dialog.getByRole('alert').getByText(/owner/i).first().waitFor()
  visit.complaints.length = 0 // the browser reports the refusal itself
})

test('a chosen theme holds before the first paint of the next visit', async () => {
  const { page } = visit
  await page.goto(`${house.url}/settings/account`)
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await page.getByRole('radio', { name: 'Dark' }).check()
  const dark = await ground()
  assert.notEqual(light, dark)
  // The console itself is held back, so that only what runs before it can have set the theme.
  await page.route('**/assets/*.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700))
    await route.continue()
  })
  await page.reload({ waitUntil: 'commit' })
  await page.waitForFunction(
    () =>
      document.documentElement.dataset['theme'] === 'dark' && document.getElementById('root')?.childElementCount === 0,
  )
  await page.getByRole('radio', { name: 'Dark' }).waitFor()
  assert.equal(await ground(), dark)
  await page.unroute('**/assets/*.js')
  await page.getByRole('radio', { name: 'System' }).check()
  assert.equal(await ground(), light)
})

test('changing the password ends the other sessions and keeps this one', async () => {
  const other = await house.visit()
  await signIn(other.page, house.url)
  const { page } = visit
  await page.goto(`${house.url}/settings/account`)
  await page.getByLabel('Current password').fill('copper lantern over quiet water')
  await page.getByLabel('New password').fill('nine tall ladders in the rain')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await page.getByText(/other sessions have ended/).waitFor()
  await other.page.reload()
  await other.page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await other.context.close()
})

test('the system page shows the health of this installation', async () => {
  const { page } = visit
  await page.goto(`${house.url}/settings/system`)
  await page.getByText('SQLite, embedded').waitFor()
  await page.getByText(house.dataDir).waitFor()
})

test('nothing was complained about', () => assert.deepEqual(visit.complaints, []))
