// The catalogue in a browser: every permalink opens, old names lead to new addresses, grids link, ⌘K finds.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

const PAGES: readonly (readonly [string, string, RegExp])[] = [
  ['/catalog/threats/direct-prompt-injection', 'Direct prompt injection', /All of these hold/],
  ['/catalog/controls/rate-limit', 'Rate limit', /Limit per user, key or session/],
  [
    '/catalog/measures/rate-limit.per-actor',
    'Limit per user, key or session (IP or device when identity is missing).',
    /24 hours/,
  ],
  ['/catalog/frameworks/eu-ai-act', 'EU AI Act', /Prohibited practices/],
  ['/catalog/frameworks/owasp-llm-2026/LLM01:2026', 'Prompt Injection', /Direct prompt injection/],
]

for (const [path, title, says] of PAGES) {
  test(`${path} has a page of its own`, async () => {
    const { page } = visit
    await page.goto(house.url + path)
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
    await page.getByText(says).first().waitFor()
    assert.equal(await page.title(), `${title} · Parapet`)
  })
}

test('a code, a tag and a former name lead to the address of today', async () => {
  const { page } = visit
  for (const [asked, found] of [
    ['/catalog/controls/AIPROGRAM', '/catalog/controls/ai-program'],
    ['/catalog/controls/RATE%20LIMIT', '/catalog/controls/rate-limit'],
  ] as const) {
    await page.goto(house.url + asked)
    await page.waitForURL((url) => url.pathname === found)
    await page.getByText(/leads here/).waitFor()
  }
})

test('a name that nothing has says so', async () => {
  const { page } = visit
  await page.goto(`${house.url}/catalog/threats/no-such-threat-at-all`)
  await page.getByRole('heading', { name: 'Not found' }).waitFor()
  visit.complaints.length = 0 // the browser reports the 404 itself
})

test('each threat of the matrix stands where it belongs and leads to its page', async () => {
  const { page } = visit
  await page.goto(`${house.url}/catalog/matrix`)
  const table = page.getByRole('table')
  await table.getByRole('link', { name: /Evasion/ }).waitFor()
  assert.equal(await table.getByRole('link').count(), 22)
  const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Input attack' }) })
  await row.getByRole('link', { name: /Indirect prompt injection/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Indirect prompt injection' }).waitFor()
})

test('the periodic table shows 18 threats and 55 elements with symbols of their own', async () => {
  const { page } = visit
  await page.goto(`${house.url}/catalog/periodic-table`)
  const elements = page.getByRole('region', { name: 'The elements' }).getByRole('link')
  await elements.first().waitFor()
  assert.equal(await elements.count(), 55)
  const symbols = await elements.evaluateAll((links) => links.map((link) => link.firstElementChild?.textContent))
  assert.equal(new Set(symbols).size, 55)
  assert.equal(
    await page
      .getByRole('table')
      .getByRole('rowheader')
      .filter({ has: page.getByRole('link') })
      .count(),
    18,
  )
  await page
    .getByRole('table')
    .getByRole('link', { name: /Rate limit/ })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: 'Rate limit' }).waitFor()
})

test('filters stand in the address and survive a reload', async () => {
  const { page } = visit
  await page.goto(`${house.url}/catalog/controls`)
  await page.getByLabel('Any family').selectOption('data-limitation')
  await page.getByRole('searchbox', { name: 'Find a control' }).fill('retain')
  await page.waitForURL(/family=data-limitation&q=retain|q=retain&family=data-limitation/)
  await page.reload()
  await page.getByRole('link', { name: 'Short retain' }).waitFor()
  assert.equal(await page.getByRole('table').getByRole('link').count(), 1)
})

test('⌘K finds objects by id and by word, places and actions, and gives the focus back', async () => {
  const { page } = visit
  await page.goto(`${house.url}/catalog/frameworks`)
  const opener = page.getByRole('button', { name: /Search or jump to/ })
  await opener.click()
  const palette = page.getByRole('dialog', { name: 'Search or jump to' })
  await palette.getByRole('combobox').fill('LLM01:2026')
  await palette
    .getByRole('option', { name: /Framework item/ })
    .first()
    .waitFor()
  await page.keyboard.press('Escape')
  await palette.waitFor({ state: 'hidden' })
  assert.equal(await opener.evaluate((button) => button === document.activeElement), true)
  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('dark theme')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), 'dark')
  await page.keyboard.press('Control+k')
  await palette.getByRole('combobox').fill('agent escape')
  await palette
    .getByRole('option', { name: /Agent escape/ })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Agent escape' }).waitFor()
})

test('nothing was complained about', () => assert.deepEqual(visit.complaints, []))
