// The register in a browser: an asset is stated, questions are answered, sources that disagree are seen, two people who
// change the same thing are asked, and what left the register is gone from its lists.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { becomeOwner, type House, openHouse, signIn, type Visit } from './harness.ts'
import { call, foundOrganisation } from './organisation.ts'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
  await foundOrganisation(visit.page)
})
after(() => house.close())

test('a system is registered in the form, with an id made from its name, and its questions come next', async () => {
  const { page } = visit
  await page.goto(`${house.url}/inventory`)
  await page.getByRole('link', { name: 'Register an asset' }).click()
  const form = page.getByRole('dialog', { name: 'Register an asset' })
  await form.getByLabel('Name').fill('Claims triage (EU)')
  assert.equal(await form.getByLabel('Id', { exact: true }).inputValue(), 'claims-triage-eu')
  await form.getByLabel('Business owner').fill('claims@example.org')
  await form.getByLabel('Who can reach it?').selectOption('team')
  await form.getByLabel('To which asset?').fill('small-model')
  await form.getByRole('button', { name: 'Add the link' }).click()
  await form.getByRole('button', { name: 'Register it' }).click()
  await page.getByRole('heading', { level: 1, name: 'Claims triage (EU)' }).waitFor()
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/systems/claims-triage-eu?tab=facts')
})

test('an answer is recorded in one’s own name and can be taken back', async () => {
  const { page } = visit
  await page.getByRole('link', { name: 'What kind of model is it?' }).click()
  const drawer = page.getByRole('dialog', { name: 'What kind of model is it?' })
  await drawer.getByRole('radio', { name: 'LLM', exact: true }).check()
  await drawer.getByRole('button', { name: 'Record my answer' }).click()
  const row = page.getByRole('row', { name: /What kind of model is it/ })
  await row.getByText('Answered').waitFor()
  assert.match((await row.textContent()) ?? '', /LLM/)
  await page.getByRole('link', { name: 'What kind of model is it?' }).click()
  await drawer.getByText('Answered by Ada Lovelace').waitFor()
  await drawer.getByRole('button', { name: 'Take this claim back' }).click()
  await drawer.getByText('Nobody has said anything yet').waitFor()
})

test('a refused field says so beside itself, and what was typed stays', async () => {
  const { page } = visit
  await page.goto(`${house.url}/inventory?new=1`)
  const form = page.getByRole('dialog', { name: 'Register an asset' })
  await form.getByLabel('Name').fill('Second triage')
  await form.getByLabel('To which asset?').fill('smal-model')
  await form.getByRole('button', { name: 'Add the link' }).click()
  await form.getByRole('button', { name: 'Register it' }).click()
  await form.getByText('did you mean “small-model”', { exact: false }).first().waitFor()
  assert.equal(await form.getByLabel('Name').inputValue(), 'Second triage')
  visit.complaints.length = 0 // the browser reports the refusal itself
})

test('sources that disagree stand side by side, and the finding leads there', async () => {
  const { page } = visit
  await page.goto(`${house.url}/inventory`)
  await page.getByRole('link', { name: /whose sources disagree/ }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Support assistant' }).click()
  await page.getByRole('heading', { level: 1, name: 'Support assistant' }).waitFor()
  const rows = page.getByRole('table', { name: 'Facts' }).getByRole('link')
  await rows.first().waitFor()
  assert.deepEqual(await rows.allTextContents(), ['Is personal data processed?'])
  await rows.first().click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('Declared by parapet.yaml').waitFor()
  await drawer.getByText('Observed by gateway').waitFor()
})

test('two who change different fields are merged; two who change the same one are asked', async () => {
  const { page } = visit
  const other = await house.visit()
  await signIn(other.page, house.url)
  await page.goto(`${house.url}/systems/support-assistant?edit=1`)
  const form = page.getByRole('dialog')
  await form.getByLabel('Version').fill('5.0.0')
  await form.getByLabel('Data owner').fill('mine@example.org')
  await other.page.goto(`${house.url}/systems/support-assistant?edit=1`)
  const theirs = other.page.getByRole('dialog')
  await theirs.getByLabel('Data owner').fill('theirs@example.org')
  await theirs.getByLabel('Tags').fill('customer-facing, eu')
  await theirs.getByRole('button', { name: 'Save the changes' }).click()
  await other.page.getByText('Support assistant is saved.').waitFor()
  await other.context.close()

  await form.getByRole('button', { name: 'Save the changes' }).click()
  const merge = form.getByRole('group', { name: 'Conflicting changes' })
  const save = merge.getByRole('button', { name: 'Save the merged version' })
  assert.equal(await save.isDisabled(), true)
  assert.equal(await merge.getByRole('radio').count(), 2)
  await merge.getByRole('radio', { name: /mine@example.org/ }).check()
  await save.click()
  await page.getByText('Support assistant is saved', { exact: false }).waitFor()
  const aside = page.getByRole('complementary', { name: 'At a glance' })
  await aside.getByText('mine@example.org').waitFor()
  await aside.getByText('5.0.0').waitFor()
  await aside.getByText('eu', { exact: true }).waitFor()
  visit.complaints.length = 0 // the browser reports the refusal itself
})

test('the graph is walked with arrows and read as a list', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/support-assistant`)
  const graph = page.getByRole('list', { name: 'What Support assistant is made of' })
  await graph.getByRole('link', { name: /Support handbook/ }).focus()
  await page.keyboard.press('ArrowRight')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-node'))
  assert.ok(['small-model', 'open-lab'].includes((await focused()) ?? ''))
  await page.keyboard.press('ArrowRight')
  assert.ok(['support-assistant', 'refund-agent'].includes((await focused()) ?? ''))
  await page.getByRole('button', { name: 'Show as a list' }).click()
  const list = page.getByRole('group', { name: 'What Support assistant is made of' })
  assert.match((await list.textContent()) ?? '', /retrieves from Support handbook/)
  assert.match(page.url(), /view=list/)
})

test('markup in a name is text, and an export carries no formula', async () => {
  const { page, complaints } = visit
  await page.goto(`${house.url}/inventory?q=hostile`)
  await page.getByRole('link', { name: '<img src=x onerror=alert(1)> =1+1' }).waitFor()
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV for a spreadsheet' }).click(),
  ])
  const chunks: Buffer[] = []
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk))
  const [, row = ''] = Buffer.concat(chunks).toString().split('\r\n')
  assert.match(row, /^hostile-name,/)
  assert.deepEqual(complaints, [])
})

test('what was found is confirmed with one button, and what left is only found among those that left', async () => {
  const { page } = visit
  await page.goto(`${house.url}/systems/meeting-notes`)
  await page.getByRole('button', { name: 'It belongs here' }).click()
  await page.getByText('Meeting notes is confirmed.').waitFor()
  assert.equal(await page.getByRole('button', { name: 'It belongs here' }).count(), 0)
  await page.getByRole('button', { name: 'Take it out of the register' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Type meeting-notes/).fill('meeting-notes')
  await dialog.getByRole('button', { name: 'Take it out' }).click()
  await page.getByText('left the register', { exact: true }).waitFor()
  await page.goto(`${house.url}/inventory?tab=assets&q=meeting`)
  await page.getByRole('heading', { name: 'No asset matches' }).waitFor()
  await page.goto(`${house.url}/inventory?tab=assets&q=meeting&retired=true`)
  await page.getByRole('link', { name: 'Meeting notes' }).waitFor()
})

test('the palette finds a system by a part of its name', async () => {
  const { page } = visit
  await page.goto(`${house.url}/`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /^Search systems/ }).fill('refund')
  await page.getByRole('option', { name: /Refund agent/ }).click()
  await page.getByRole('heading', { level: 1, name: 'Refund agent' }).waitFor()
})

test('a long register is read in pages, and a filter starts at the first', async () => {
  const { page } = visit
  for (let i = 0; i < 55; i++)
    await call(page, 'PUT', `/api/assets/prompt-${String(i).padStart(2, '0')}`, { kind: 'prompt', name: `Prompt ${i}` })
  await page.goto(`${house.url}/inventory?tab=assets&kind=prompt`)
  await page.getByRole('link', { name: 'Prompt 0', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('link', { name: 'Prompt 54' }).waitFor()
  assert.match(page.url(), /cursor=/)
  await page.getByRole('searchbox', { name: 'Find an asset' }).fill('prompt-07')
  await page.getByRole('link', { name: 'Prompt 7', exact: true }).waitFor()
  assert.doesNotMatch(page.url(), /cursor=/)
})
