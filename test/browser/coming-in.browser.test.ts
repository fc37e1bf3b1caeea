// Coming in and going out, as people do it: the owner's link, a password, a passkey, the keyboard alone, a session that
// ended under one's hands.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, OWNER, PASSWORD, signIn } from './harness.ts'

let house: House
before(async () => {
  house = await openHouse()
})
after(() => house.close())

test('the owner’s link makes the first account, and its secret leaves the address bar at once', async () => {
  const { page, context, complaints } = await house.visit()
  await page.goto(house.ownerLink)
  await page.getByLabel('Your name').waitFor()
  assert.equal(page.url(), `${house.url}/welcome`)
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('password1234')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page
    .getByRole('alert')
    .getByText(/password/i)
    .first()
    .waitFor()
  complaints.length = 0 // the browser reports the refusal itself as an error
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('heading', { level: 1, name: 'Good to see you, Ada' }).waitFor()
  assert.deepEqual(complaints, [])
  await context.close()
})

test('the link works once', async () => {
  const { page, context } = await house.visit()
  await page.goto(house.ownerLink)
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
  await context.close()
})

test('signing out ends the session, signing in goes back to where one was going', async () => {
  const { page, context } = await house.visit()
  await signIn(page, house.url)
  await page.getByRole('button', { name: /Ada Lovelace/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL(`${house.url}/sign-in`)
  await page.goto(`${house.url}/log?kind=session.started`)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill('wrong but long enough')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Log' }).waitFor()
  assert.equal(new URL(page.url()).search, '?kind=session.started')
  await context.close()
})

test('an address outside is never where one lands after signing in', async () => {
  const { page, context } = await house.visit()
  await page.goto(`${house.url}/sign-in?next=//evil.example/log`)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: /Ada/ }).waitFor()
  assert.equal(new URL(page.url()).origin, house.url)
  await context.close()
})

test('a session that ended asks to sign in again and returns', async () => {
  const { page, context } = await house.visit()
  await signIn(page, house.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await context.clearCookies()
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'People' }).waitFor()
  await context.close()
})

test('the keyboard alone is enough to sign in and to reach the content', async () => {
  const { page, context } = await house.visit()
  await page.goto(`${house.url}/sign-in`)
  await page.getByLabel('E-mail address').waitFor()
  await page.keyboard.type(OWNER.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Ada/ }).waitFor()
  await page.goto(`${house.url}/log`)
  await page.getByRole('table').getByRole('link').nth(2).waitFor()
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const first = await page.evaluate(() => document.activeElement?.textContent)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: /^Entry/ }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), first, 'the focus went back to the row')
  await context.close()
})

test('a passkey made here signs in', async () => {
  const { page, context } = await house.visit()
  const chrome = await context.newCDPSession(page)
  await chrome.send('WebAuthn.enable')
  await chrome.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await signIn(page, house.url)
  await page.goto(`${house.url}/settings/account`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText(/not used yet/).waitFor()
  await page.getByRole('button', { name: /Ada Lovelace/ }).click()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await page.getByRole('heading', { level: 1, name: /Ada/ }).waitFor()
  await context.close()
})

test('a second person comes in by invitation and sees only what the role allows', async () => {
  const owner = await house.visit()
  await signIn(owner.page, house.url)
  await owner.page.goto(`${house.url}/settings/people?new=1`)
  const dialog = owner.page.getByRole('dialog', { name: 'Invite someone' })
  await dialog.getByLabel('Name').fill('Grace Hopper')
  await dialog.getByLabel('E-mail address').fill('grace@example.org')
  await dialog.getByLabel('Role').selectOption('developer')
  await dialog.getByRole('button', { name: 'Make the invitation' }).click()
  const link = await owner.page
    .getByRole('dialog', { name: 'Invitation for Grace Hopper' })
    .getByLabel('The link')
    .inputValue()
  await owner.context.close()

  const { page, context } = await house.visit()
  await page.goto(link.replace(/^https?:\/\/[^/]+/, house.url))
  await page.getByLabel('Password', { exact: true }).fill('seven green boats in a row')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('heading', { level: 1, name: 'Good to see you, Grace' }).waitFor()
  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: 'Log & proofs' }).waitFor()
  await nav.getByRole('link', { name: 'Settings' }).click()
  await nav.getByRole('link', { name: 'My account' }).waitFor()
  assert.equal(await nav.getByRole('link', { name: 'People' }).count(), 0)
  await context.close()
})

test('without an owner the sign-in page says how to become one', async () => {
  const empty = await openHouse()
  const { page } = await empty.visit()
  await page.goto(`${empty.url}/`)
  await page.getByRole('heading', { name: 'Nobody owns this installation yet' }).waitFor()
  await becomeOwner(page, empty.ownerLink)
  await empty.close()
})
