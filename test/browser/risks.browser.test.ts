// From what threatens to what is done about it, in a browser: the matrix over one's own systems, the workbench of one with
// interview, what-if and plan, decisions about a risk and a measure, and a report that is made, taken away and verified.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { call, foundOrganisation } from './organisation.ts'

const SYSTEM = 'support-assistant'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit({ acceptDownloads: true })
  await becomeOwner(visit.page, house.ownerLink)
  await foundOrganisation(visit.page)
})
after(() => house.close())

test('a threat of the matrix opens the systems that it concerns, and each leads to its reasons', async () => {
  const { page } = visit
  await page.goto(`${house.url}/matrix?layer=applies`)
  const tile = page.getByRole('link', { name: /^Direct prompt injection/ }).first()
  assert.match((await tile.textContent()) ?? '', /appl|system/)
  await page.getByLabel('Any system').selectOption('Support assistant')
  await page.getByText('over 1 system').waitFor()
  await page.getByRole('link', { name: /^Direct prompt injection/ }).first().click() // prettier-ignore
  const drawer = page.getByRole('dialog', { name: 'Direct prompt injection' })
  await drawer.getByRole('link', { name: 'Support assistant' }).click()
  await page.waitForURL(/\/risks\/support-assistant\?threat=direct-prompt-injection$/)
  await page.getByRole('dialog').getByRole('heading', { name: 'Why it applies' }).waitFor()
})

test('the matrix leaves as a layer for the Navigator', async () => {
  const { page } = visit
  await page.goto(`${house.url}/matrix`)
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Navigator layer' }).click(),
  ])
  const layer: { domain: string; techniques: unknown[] } = JSON.parse(await readFile(await file.path(), 'utf8'))
  assert.equal(layer.domain, 'atlas')
  assert.ok(layer.techniques.length > 20)
})

test('the interview asks what no fact answers, and an answer settles it', async () => {
  const { page } = visit
  const [first, ...rest] = await questions(page)
  assert.ok(first && rest.length > 3)
  await page.goto(`${house.url}/risks/${SYSTEM}?tab=interview`)
  await page.getByRole('group', { name: first.question }).waitFor()
  await page.getByRole('button', { name: 'I do not know, ask the next' }).click()
  const second = page.getByRole('group', { name: rest[0]?.question ?? '' })
  await second.waitFor()
  await second.getByLabel(rest[0]?.type === 'bool' ? 'Yes' : /./).first().check() // prettier-ignore
  await page.getByRole('button', { name: 'Record my answer' }).click()
  await page.getByText('Your answer is recorded.').waitFor()
  assert.ok(!(await questions(page)).some(({ key }) => key === rest[0]?.key))
})

test('a what-if changes nothing until it is applied, and then comes out as shown', async () => {
  const { page } = visit
  const asked = (await questions(page)).find(({ type, settles }) => type === 'bool' && settles > 0)
  assert.ok(asked)
  const before = await verdicts(page)
  await page.goto(`${house.url}/risks/${SYSTEM}?whatif=open`)
  const drawer = page.getByRole('dialog', { name: 'What if…' })
  await drawer.getByLabel('Suppose a fact').selectOption(asked.key)
  const [reply] = await Promise.all([
    page.waitForResponse((one) => one.url().endsWith('/what-if') && (one.request().postData() ?? '').includes('false')),
    drawer.getByLabel('No', { exact: true }).check(),
  ])
  const shown: { threats: { threat: string; after: string }[] } = await reply.json()
  assert.ok(shown.threats.length > 0)
  await drawer.getByRole('heading', { name: 'What would differ' }).waitFor()
  assert.deepEqual(await verdicts(page), before)
  await drawer.getByRole('button', { name: 'Make it so' }).click()
  await drawer.waitFor({ state: 'detached' })
  const expected = new Map(before)
  for (const { threat, after } of shown.threats) expected.set(threat, after)
  assert.deepEqual(await verdicts(page), expected)
})

test('what is supposed of a proof cannot be applied', async () => {
  const { page } = visit
  await page.goto(`${house.url}/risks/${SYSTEM}?tab=plan&whatif=plan`)
  const drawer = page.getByRole('dialog', { name: 'What if…' })
  await drawer.getByText(/fewer above the appetite/).waitFor()
  await drawer.getByText('A proof cannot be decided').waitFor()
  assert.equal(await drawer.getByRole('button', { name: 'Make it so' }).count(), 0)
})

test('a risk is treated, and somebody proposes to bear it', async () => {
  const { page } = visit
  await page.goto(`${house.url}/risks/${SYSTEM}?threat=direct-prompt-injection`)
  const drawer = page.getByRole('dialog', { name: 'Direct prompt injection' })
  await drawer.getByRole('button', { name: 'Decide what to do' }).click()
  await drawer.getByLabel('Treatment').selectOption('Transfer')
  await drawer.getByLabel('Why', { exact: true }).fill('The provider insures it.')
  await drawer.getByRole('button', { name: 'Record it' }).click()
  await drawer.getByLabel('Treatment').waitFor({ state: 'detached' })
  await drawer.getByText('Transfer').waitFor()
  await drawer.getByRole('button', { name: 'Propose to accept it' }).click()
  await drawer.getByLabel('Why it can be borne').fill('Refunds are small.')
  await drawer.getByLabel('As long as').fill('Below 50\nRead by a person')
  await drawer.getByRole('button', { name: 'Propose it' }).click()
  await drawer.getByText('To be decided').waitFor()
  await page.goto(`${house.url}/risks?system=${SYSTEM}&status=proposed&treatment=transfer`)
  await page.getByRole('link', { name: 'Direct prompt injection' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Refunds are small.' }).click()
  await page.getByRole('dialog').getByText('Read by a person').waitFor()
})

test('a measure is left out with a reason, and another one is vouched for', async () => {
  const { page } = visit
  await page.goto(`${house.url}/controls?q=rate`)
  await page.getByRole('link', { name: 'Rate limit' }).click()
  await page.getByRole('link', { name: 'Support assistant' }).click()
  const drawer = page.getByRole('dialog', { name: 'Rate limit' })
  await drawer.getByText(/1 of 2 routes covered; not/).first().waitFor() // prettier-ignore
  await drawer.getByRole('button', { name: 'Choose it or leave it out' }).nth(1).click()
  await drawer.getByLabel('Decision').selectOption('It is left out')
  await drawer.getByLabel('Why').fill('The provider limits the total.')
  await drawer.getByRole('button', { name: 'Record it' }).click()
  await drawer.getByText('left out', { exact: true }).waitFor()
  await drawer.getByText('The provider limits the total.').first().waitFor() // prettier-ignore
  await drawer.getByRole('button', { name: 'Vouch for it' }).last().click()
  await drawer.getByLabel('What I vouch for').fill('Limits are looked at each quarter')
  await drawer.getByRole('button', { name: 'Vouch for it' }).last().click()
  await page.getByText('Recorded in your name.').waitFor()
  await page.goto(`${house.url}/practices?tab=attestations`)
  await page.getByText('Limits are looked at each quarter').waitFor()
})

test('whose part a control is can be set against the deployment', async () => {
  const { page } = visit
  await page.goto(`${house.url}/suppliers?tab=parts&system=${SYSTEM}&control=rate-limit`)
  const drawer = page.getByRole('dialog', { name: 'Rate limit' })
  await drawer.getByRole('button', { name: 'It is somebody else’s part' }).click()
  await drawer.getByLabel('Whose part is it?').selectOption('The supplier’s')
  await drawer.getByLabel('Why').fill('Clause 7 of the contract.')
  await drawer.getByRole('button', { name: 'Record it' }).click()
  await drawer.getByText('The supplier’s, set by hand.').waitFor()
})

test('a report is made and verified by the browser; one changed word fails', async () => {
  const { page } = visit
  await page.goto(`${house.url}/reports?make=dossier`)
  const form = page.getByRole('dialog', { name: 'Make a report' })
  await form.getByLabel('System').selectOption('Support assistant')
  await form.getByRole('button', { name: 'Make it' }).click()
  const made = page.getByRole('dialog').filter({ hasNot: page.getByLabel('Kind') })
  const button = made.getByRole('button', { name: /^Download .*\.html$/ })
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 30_000 }), button.click()])
  const whole = join(house.dataDir, 'dossier.html')
  await download.saveAs(whole)
  const text = await readFile(whole, 'utf8')
  const changed = join(house.dataDir, 'changed.html')
  await writeFile(changed, text.replace('Support assistant', 'Support asistant'))
  await page.goto(`${house.url}/log/verify`)
  await page.getByLabel('Choose a file').setInputFiles(whole)
  await page.getByText('dossier.html is whole and signed by the key above.').waitFor()
  await page.getByLabel('Choose a file').setInputFiles(changed)
  await page.getByText('This does not verify').waitFor()
})

test('nothing that was shown made the browser complain', async () => {
  const { page } = visit
  await call(page, 'PUT', '/api/assets/another-name', { kind: 'system', name: '"><svg onload=alert(1)>' })
  for (const path of ['/matrix', '/risks', '/risks/hostile-name', '/controls/rate-limit', '/suppliers', '/reports']) {
    await page.goto(house.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForFunction(() => !document.querySelector('.animate-breathe'))
  }
  assert.deepEqual(visit.complaints, [])
})

interface Asked {
  key: string
  question: string
  type: string
  settles: number
}

async function questions(page: Page): Promise<Asked[]> {
  const { items } = await got<{ items: Asked[] }>(page, `/api/systems/${SYSTEM}/questions?limit=200`)
  return items
}

async function verdicts(page: Page): Promise<Map<string, string>> {
  const path = `/api/systems/${SYSTEM}/threats?limit=200`
  const { items } = await got<{ items: { threat: string; verdict: string }[] }>(page, path)
  return new Map(items.map(({ threat, verdict }) => [threat, verdict]))
}

function got<T>(page: Page, path: string): Promise<T> {
  return page.evaluate(async (path): Promise<T> => (await fetch(path)).json(), path)
}
