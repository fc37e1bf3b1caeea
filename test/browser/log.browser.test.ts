// The log in a browser: live, filtered, exported, and verified by the visitor's own machine – also when somebody has
// been at the database.
/// <reference lib="dom" />
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import Database from 'better-sqlite3'
import { databaseFile } from '../../src/store/engines/sqlite-files.ts'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

test('an entry that is recorded now appears without a reload', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log`)
  await page.getByRole('link', { name: 'Session started' }).first().waitFor()
  await page.getByText('Live').waitFor()
  await house.app.store.append([
    {
      kind: 'drill.held',
      actor: { kind: 'system', id: 'parapet' },
      subject: { kind: 'drill', id: 'spring' },
      data: {},
    },
  ])
  await page.getByRole('link', { name: 'Drill held' }).waitFor()
})

test('a broken line is shown, and mends by itself', async () => {
  const { page, context } = await house.visit({ storageState: await visit.context.storageState() })
  await page.route('**/api/events', (route) => route.abort())
  await page.goto(`${house.url}/log`)
  await page.getByText(/^(Connecting|Offline)$/).waitFor()
  await page.unroute('**/api/events')
  await page.getByText('Live', { exact: true }).waitFor()
  await context.close()
})

test('filters narrow the list, and what is exported is what is filtered', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log?kind=drill.held`)
  await page.getByRole('link', { name: 'Drill held' }).waitFor()
  assert.equal(await page.getByRole('table').getByRole('link').count(), 1)
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /CSV/ }).click(),
  ])
  const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  assert.equal(lines[0], 'index,at,kind,actorKind,actorId,subjectKind,subjectId,data')
  assert.match(lines[1] ?? '', /,drill\.held,system,parapet,drill,spring,\{\}$/)
  assert.equal(lines.length, 2)
})

test('a formula in a name is harmless in a spreadsheet', async () => {
  const { page } = visit
  await house.app.store.append([
    {
      kind: 'drill.named',
      actor: { kind: 'system', id: 'parapet' },
      subject: { kind: 'drill', id: '=HYPERLINK("http://evil.example")' },
      data: {},
    },
  ])
  await page.goto(`${house.url}/log?kind=drill.named`)
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /CSV/ }).click(),
  ])
  assert.match(await readFile(await download.path(), 'utf8'), /,"'=HYPERLINK\(""http:\/\/evil\.example""\)",/)
})

test('the log verifies in this browser, step by step, and again as an extension of itself', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log/verify`)
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.locator('[data-verdict=ok]').waitFor()
  for (const step of ['Public key', 'Signed checkpoint', 'Entries in the tree', 'Personal fields'])
    await page.getByText(step, { exact: false }).first().waitFor()
  await house.app.store.append([
    {
      kind: 'drill.ended',
      actor: { kind: 'system', id: 'parapet' },
      subject: { kind: 'drill', id: 'spring' },
      data: {},
    },
  ])
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByText(/it extends [1-9]\d* older/).waitFor()
})

test('a report from a file verifies, and a changed one does not', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log?kind=account.created`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Report with proofs' }).click(),
  ])
  const report = await readFile(await download.path(), 'utf8')
  await page.goto(`${house.url}/log/verify`)
  const field = page.getByLabel(/Choose a file/)
  await field.setInputFiles(file(report))
  await page.locator('[data-verdict=ok]').waitFor()
  await field.setInputFiles(file(report.replace(String.raw`\"owner\"`, String.raw`\"agent\"`)))
  await page.locator('[data-verdict=not-in-log]').waitFor()
  await page.getByText('This does not verify').waitFor()
  await field.setInputFiles(file('no report'))
  await page.locator('[data-verdict=wrong-format]').waitFor()
})

test('sealing by hand makes a checkpoint', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log/checkpoints`)
  await page.getByRole('button', { name: 'Seal now' }).first().click()
  await page
    .getByRole('status')
    .getByText(/Sealed|Nothing is new/)
    .waitFor()
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('dialog').getByText('parapet.example/log').waitFor()
})

test('a log that is shorter than what this browser verified is a rollback, until the reader decides to forget', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log/verify`)
  await page.evaluate(() => {
    const kept: { size: number } = JSON.parse(localStorage.getItem('parapet.checkpoint') ?? '')
    localStorage.setItem('parapet.checkpoint', JSON.stringify({ ...kept, size: kept.size + 1000 }))
  })
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.locator('[data-verdict=rolled-back]').waitFor()
  await page.getByRole('button', { name: 'Forget what was kept…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forget it' }).click()
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.locator('[data-verdict=ok]').waitFor()
})

test('after a rotation of the key the log still verifies with the key this browser saw first', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log/checkpoints`)
  await page.getByRole('button', { name: 'Rotate the key…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rotate the signing key?' })
  await dialog.getByLabel('Type rotate to confirm').fill('rotate')
  await dialog.getByRole('button', { name: 'Rotate the key' }).click()
  await page.getByText('Earlier keys').waitFor()
  await page.goto(`${house.url}/log/verify`)
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.locator('[data-verdict=ok]').waitFor()
  await page.getByText(/1 changes? of key/).waitFor()
})

test('personal fields are erased for good after a reason and a typed word, and the entry still verifies', async () => {
  const { page } = visit
  await page.goto(`${house.url}/log?kind=account.created`)
  await page.getByRole('link', { name: 'Account created' }).click()
  const drawer = page.getByRole('dialog', { name: /^Entry/ })
  await drawer.getByText('ada@example.org').waitFor()
  const index = new URL(page.url()).searchParams.get('entry') ?? ''
  await drawer.getByRole('button', { name: 'Erase…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Erase the personal fields/ })
  await dialog.getByLabel(/^Type erase/).fill(`erase ${index}`)
  const action = dialog.getByRole('button', { name: 'Erase for good' })
  assert.equal(await action.isDisabled(), true, 'without a reason')
  await dialog.getByLabel('Why').fill('request of the person')
  await action.click()
  await drawer.getByText('Erased', { exact: true }).first().waitFor()
  assert.equal(await drawer.getByText('ada@example.org').count(), 0)
  await drawer.getByRole('button', { name: 'Verify in this browser' }).click()
  await drawer.locator('[data-verdict=ok]').waitFor()
})

test('an entry that was edited in the database fails before the reader’s eyes, and the audit names it', async () => {
  const { page } = visit
  const index = indexOfKind('account.created')
  await page.goto(`${house.url}/log/${index}`)
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.locator('[data-verdict=ok]').waitFor()
  editEntry(index)
  await page.goto(`${house.url}/log/${index}`)
  await page.getByRole('button', { name: 'Verify in this browser' }).click()
  await page.locator('[data-verdict=not-in-log]').waitFor()
  await page
    .getByText(new RegExp(`entry ${index}`, 'i'))
    .first()
    .waitFor()
  await page.goto(`${house.url}/log/verify`)
  await page.getByRole('button', { name: 'Audit the log' }).click()
  await page.locator('[data-audit=findings]').getByText('Edited entry').waitFor()
})

test('nothing was complained about', () => assert.deepEqual(visit.complaints, []))

const file = (text: string) => ({ name: 'report.json', mimeType: 'application/json', buffer: Buffer.from(text) })

function indexOfKind(kind: string): number {
  const database = new Database(databaseFile(house.dataDir), { readonly: true })
  const row = database.prepare('select min(idx) as idx from log_entry where kind = ?').get(kind) as {
    idx: number | null
  }
  database.close()
  assert(row.idx !== null, `no entry of kind ${kind}`)
  return row.idx
}

/** Somebody with the machine changes what was recorded. */
function editEntry(index: number): void {
  const database = new Database(databaseFile(house.dataDir))
  database.pragma('busy_timeout = 5000')
  for (const { name } of database.prepare(`select name from sqlite_master where type = 'trigger'`).all() as {
    name: string
  }[])
    database.exec(`drop trigger "${name}"`)
  const { changes } = database
    .prepare(`update log_entry set leaf = replace(leaf, '"owner"', '"agent"') where idx = ?`)
    .run(index)
  database.close()
  assert.equal(changes, 1)
}
