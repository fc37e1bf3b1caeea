// What people decide, in a browser: a risk that somebody else proposed to bear is accepted from the queue, a review leaves
// findings that are settled, and a supplier answers by a link without an account.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { call, foundOrganisation } from './organisation.ts'

const IN_A_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString()

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
  await foundOrganisation(visit.page)
})
after(() => house.close())

test('a proposal of somebody else waits for the risk owner, who sees what would be borne and accepts it', async () => {
  const { page } = visit
  const grace = await secondPerson()
  await call(grace.page, 'POST', '/api/acceptances', {
    system: 'support-assistant',
    threat: 'direct-prompt-injection',
    reason: 'A person reads each refund.',
    conditions: ['Refunds stay below 50'],
    until: IN_A_MONTH,
  })
  await grace.page.goto(`${house.url}/?waits=acceptance-to-decide&scope=all`)
  await grace.page.getByRole('heading', { name: 'Waits for you' }).waitFor()
  await grace.context.close()

  await page.goto(`${house.url}/`)
  await page.getByRole('link', { name: /^Decide: Accept Direct prompt injection/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('A person reads each refund.').waitFor()
  await drawer.getByText('Refunds stay below 50').waitFor()
  await drawer.getByText('above the appetite').waitFor()
  await drawer.getByRole('button', { name: 'Accept the risk' }).click()
  await drawer.waitFor({ state: 'detached' })
  assert.equal(await page.getByRole('link', { name: /^Decide:/ }).count(), 0)
  await page.goto(`${house.url}/systems/support-assistant?tab=decisions`)
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Direct prompt injection' }) })
  await row.getByText('Active').waitFor()
})

test('what was accepted is void as soon as the system is another one, and the page names the difference', async () => {
  const { page } = visit
  const { revision, kind, name, owners, links, exposure } = await page.evaluate(async () =>
    (await fetch('/api/assets/support-assistant')).json(),
  )
  await call(page, 'PUT', '/api/assets/support-assistant', {
    revision, kind, name, owners, links, exposure, version: '5.0.0', environment: 'production',
  }) // prettier-ignore
  await page.goto(`${house.url}/systems/support-assistant?tab=decisions`)
  await page.getByRole('link', { name: 'Direct prompt injection' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('Voided').waitFor()
  await drawer.getByText('The risk is no longer what it was').waitFor()
  await drawer.getByText(/4\.2\.0 → 5\.0\.0/).waitFor()
})

test('a review that is due is recorded with a finding, and the finding is settled', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant?tab=decisions`)
  await page.getByText(/A review is (over)?due since/).waitFor()
  await page.getByRole('button', { name: 'Record a review' }).click()
  const form = page.getByRole('dialog', { name: 'Record a review' })
  await form.getByLabel('Conclusion').selectOption('Fit, with conditions')
  await form.getByLabel('What was looked at, and what came of it?').fill('Traces and proofs of the injection guard.')
  await form.getByRole('button', { name: 'Add a finding' }).click()
  await form.getByLabel('What has to be done?').fill('Cover the search route')
  await form.getByLabel('By whom?').fill('ada@example.org')
  await form.getByLabel('Until when?').fill(IN_A_MONTH.slice(0, 10))
  await form.getByRole('button', { name: 'Record the review' }).click()
  await form.waitFor({ state: 'detached' })
  await page.getByText('Traces and proofs of the injection guard.').waitFor()
  await page.getByText(/The next one is due/).waitFor()
  await page.getByRole('button', { name: 'Settle it' }).click()
  const settle = page.getByRole('dialog', { name: 'Settle a finding' })
  await settle.getByLabel('What was done?').fill('The guard is on for search.')
  await settle.getByRole('button', { name: 'It is settled' }).click()
  await page.getByText('settled: The guard is on for search.').waitFor()
})

test('a supplier answers by its link, once; what is believed here becomes evidence', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant?tab=decisions&assurance=new`)
  const ask = page.getByRole('dialog', { name: 'Ask a supplier' })
  await ask.getByRole('textbox', { name: 'Supplier' }).fill('Open Lab')
  await ask.getByRole('button', { name: 'Make the link' }).click()
  const link = await page.getByRole('dialog', { name: 'The link for Open Lab' }).getByLabel('The link').inputValue()
  await page.getByRole('button', { name: 'Done' }).click()

  const outside = await house.visit()
  const there = link.replace(/^https?:\/\/[^/]+/, house.url)
  await outside.page.goto(there)
  await outside.page.getByRole('heading', { level: 1, name: 'Questions for Open Lab' }).waitFor()
  assert.equal(new URL(outside.page.url()).hash, '')
  const question = outside.page.locator('fieldset').first()
  await question.getByRole('radio', { name: 'Yes' }).check()
  await question.getByLabel('It rests on').selectOption('A report of an auditor')
  await question.getByLabel('Where it can be read').fill('ISAE 3000, 2026, page 12')
  await question.getByLabel('In your words').fill('Audited each year.')
  await outside.page.getByLabel('Your name').fill('Lin Chen')
  await outside.page.getByRole('button', { name: 'Send the answers' }).click()
  await outside.page.getByRole('heading', { level: 1, name: 'Thank you' }).waitFor()
  await outside.page.goto('about:blank')
  await outside.page.goto(there)
  await outside.page.getByRole('heading', { level: 1, name: 'This link does not work' }).waitFor()
  await outside.context.close()

  await page.goto(`${house.url}/systems/support-assistant?tab=decisions`)
  await page.getByRole('link', { name: 'Open Lab' }).click()
  const answers = page.getByRole('dialog')
  await answers.getByText('Audited each year.').waitFor()
  await answers.getByText('ISAE 3000, 2026, page 12').waitFor()
  await answers.getByRole('radio', { name: 'I believe it' }).check()
  await answers.getByRole('button', { name: 'Keep what is believed' }).click()
  await page.getByText('1 answer became evidence.').waitFor()
  await page.goto(`${house.url}/systems/support-assistant`)
  await page
    .getByRole('region', { name: 'Proven lately' })
    .getByText(/^Assurance by/)
    .waitFor()
})

async function secondPerson(): Promise<Visit> {
  const { page } = visit
  await page.goto(`${house.url}/settings/people?new=1`)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Grace Hopper')
  await dialog.getByLabel('E-mail address').fill('grace@example.org')
  await dialog.getByLabel('Role').selectOption('engineer')
  await dialog.getByRole('button', { name: 'Make the invitation' }).click()
  const made = page.getByRole('dialog', { name: 'Invitation for Grace Hopper' }).getByLabel('The link')
  const link = await made.inputValue()
  const grace = await house.visit()
  await grace.page.goto(link.replace(/^https?:\/\/[^/]+/, house.url))
  await grace.page.getByLabel('Password', { exact: true }).fill('seven green boats in a row')
  await grace.page.getByRole('button', { name: 'Create the account' }).click()
  await grace.page.getByRole('heading', { level: 1, name: /Grace/ }).waitFor()
  return grace
}
