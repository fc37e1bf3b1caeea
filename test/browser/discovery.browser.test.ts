// What scans and traffic found, in a browser: what waits is accepted, linked and set aside, findings are left as they are
// with a name and a day, archives and model files are uploaded and judged, and files for other tools are written.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Download, Page } from 'playwright-core'
import { toTar } from '../../console/lib/tar.ts'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { foundOrganisation } from './organisation.ts'
import { foundScans } from './scans.ts'

/** A real scan begins a process of its own. */
const SCAN_MS = 60_000

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

const words = (page: Page) => new URL(page.url()).searchParams

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

test('before anything was scanned each page says what to do next', async () => {
  const { page } = visit
  for (const [path, title] of [
    ['/inventory?tab=discovered', 'Nothing waits for you'],
    ['/discovery', 'Nothing was scanned yet'],
    ['/discovery/scans?tab=sources', 'No source is stated yet'],
    ['/discovery/findings', 'Nothing was scanned yet'],
    ['/discovery/bom', 'There is no bill of materials yet'],
    ['/discovery/model-files', 'No model file was scanned yet'],
    ['/discovery/shadow-ai', 'No log of traffic was read yet'],
  ] as const) {
    await page.goto(house.url + path)
    await page.getByRole('heading', { name: title }).waitFor()
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, path)
    assert.ok(
      (await page.getByRole('main').getByRole('link').or(page.getByRole('main').getByRole('button')).count()) > 0,
    )
  }
})

test('things are chosen by key and taken into the register at once, with the owners that were proposed', async () => {
  const { page } = visit
  await foundOrganisation(page)
  await foundScans(page)
  await page.goto(`${house.url}/inventory?tab=discovered`)
  const table = page.getByRole('table', { name: 'Discovered' })
  await table.getByRole('link', { name: 'gpt-4o', exact: true }).waitFor()
  const waiting = await table.getByRole('link').count()
  await page.getByRole('combobox', { name: 'Any kind' }).selectOption('models')
  await page.waitForURL(/kind=models/)
  await table.getByRole('link', { name: 'openai' }).first().waitFor({ state: 'detached' })
  const models = await table.getByRole('link').count()
  assert.ok(models > 1 && models < waiting, `${models} of ${waiting}`)
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('2 things chosen').waitFor()
  await page.getByRole('button', { name: 'Choose all on this page' }).click()
  await page.getByRole('button', { name: 'Accept' }).click()
  const dialog = page.getByRole('dialog', { name: `Take ${models} things into the register` })
  await dialog.getByLabel('Which system is it a part of?').selectOption('support-assistant')
  const made = dialog.getByRole('region', { name: 'What accepting makes' })
  await made.getByText('gpt-4o-mini').first().waitFor()
  assert.match((await made.textContent()) ?? '', /claims-platform@meridian\.example/)
  await dialog.getByRole('button', { name: 'Accept' }).click()
  await page.getByText(`${models} assets in the register.`).waitFor()
  await page.getByRole('heading', { name: 'No thing matches' }).waitFor()
  await page.goto(`${house.url}/inventory/gpt-4o-mini`)
  await page.getByRole('heading', { level: 1, name: 'gpt-4o-mini' }).waitFor()
  await page.getByText('discovered', { exact: true }).first().waitFor()
  const found = page.getByRole('region', { name: 'Where it was found' })
  await found.getByText('app.py:25').waitFor()
  await found.getByText('in claims-assistant (sample), last seen').waitFor()
})

test('findings are counted by severity, and a count leads to its rows', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/findings`)
  const table = page.getByRole('table', { name: 'Findings of scans' })
  const tile = page.getByRole('link', { name: /^\d+\s*High/ })
  const counted = Number.parseInt(await tile.innerText(), 10)
  await tile.click()
  await page.waitForURL(/severity=high/)
  await table.getByText('Critical').first().waitFor({ state: 'detached' })
  assert.ok(counted > 0)
  assert.equal(await table.getByRole('link').count(), counted)
})

test('one thing is linked to what the register has, another is set aside until a day and waits again when asked', async () => {
  const { page } = visit
  await page.goto(`${house.url}/inventory?tab=discovered&kind=mcpServers`)
  const table = page.getByRole('table', { name: 'Discovered' })
  await table.getByRole('link', { name: 'tickets' }).click()
  const drawer = page.getByRole('dialog', { name: 'tickets' })
  await drawer.getByText('.mcp.json:4').first().waitFor()
  await drawer.getByText('claims-platform@meridian.example (named in CODEOWNERS)').waitFor()
  await drawer.getByRole('button', { name: 'It is in the register' }).click()
  await drawer.getByLabel('Which asset is it?').fill('mailer')
  await drawer.getByRole('button', { name: 'Link them' }).click()
  await page.getByText('tickets is mailer.').waitFor()
  await table.getByRole('link', { name: 'tickets' }).waitFor({ state: 'detached' })

  await table.getByRole('checkbox', { name: 'Choose claims-files' }).check()
  await page.getByRole('button', { name: 'Ignore' }).click()
  const ignore = page.getByRole('dialog', { name: 'Ignore 1 thing' })
  await ignore.getByLabel('Why?').fill('only on laptops of the team')
  await ignore.getByLabel('Until').fill('2099-01-31')
  await ignore.getByRole('button', { name: 'Ignore' }).click()
  await table.getByRole('link', { name: 'claims-files' }).waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'Waits for you' }).selectOption('ignored')
  await table.getByRole('link', { name: 'claims-files' }).click()
  const aside = page.getByRole('dialog', { name: 'claims-files' })
  await aside.getByText('only on laptops of the team').waitFor()
  await aside.getByRole('button', { name: 'Let it wait again' }).click()
  await aside.getByText('Waits for you').waitFor()
})

test('a finding says where, what it opens and what to do; somebody answers for leaving it, until a day', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/findings`)
  const table = page.getByRole('table', { name: 'Findings of scans' })
  await table.getByRole('link', { name: 'What a model says is run as code or as a command' }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByText('app.py:26').waitFor()
  await drawer.getByRole('heading', { name: 'What to do' }).waitFor()
  await drawer.getByRole('link', { name: 'Encode model output' }).waitFor()
  await drawer.getByRole('button', { name: 'Suppress' }).click()
  await drawer.getByLabel('Why?').fill('it runs in a sandbox without a network')
  await drawer.getByRole('button', { name: 'Suppress it' }).click()
  await drawer.getByText('Suppressed').waitFor()
  await page.keyboard.press('Escape')
  await table.getByRole('link', { name: /^What a model says/ }).waitFor({ state: 'detached' })
  await page.getByRole('combobox', { name: 'Open' }).selectOption('suppressed')
  await table.getByRole('link', { name: /^What a model says/ }).click()
  await drawer.getByText('ada@example.org').waitFor()
  await drawer.getByRole('button', { name: 'Open it again' }).click()
  await drawer.getByText('Open', { exact: true }).waitFor()
})

test('findings are exported as SARIF and as a table', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/findings`)
  await page.getByRole('button', { name: /^SARIF of/ }).click()
  const [sarif] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SARIF 2.1.0' }).click()]) // prettier-ignore
  const { version, runs } = JSON.parse(await textOf(sarif)) as { version: string; runs: { results: unknown[] }[] }
  assert.equal(version, '2.1.0')
  assert.ok((runs[0]?.results.length ?? 0) > 3)
  await page.getByRole('button', { name: 'Export' }).click()
  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV for a spreadsheet' }).click()]) // prettier-ignore
  assert.match(await textOf(csv), /unpinned-mcp-server/)
})

test('the bill of materials shows each part, what changed since the scan before, and is written as CycloneDX', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/bom`)
  await page.getByRole('searchbox', { name: 'Find a part' }).fill('claude')
  await page.getByRole('table', { name: 'Parts' }).getByRole('link', { name: 'claude-sonnet-4-5' }).click()
  const drawer = page.getByRole('dialog', { name: 'claude-sonnet-4-5' })
  await drawer.getByText('summarise.py:9').waitFor()
  await drawer.getByRole('heading', { name: 'Model card' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'What changed' }).click()
  await page.getByRole('region', { name: /^Came/ }).getByText('gpt-4o-mini').waitFor()
  await page.getByRole('region', { name: /^Went/ }).getByText('wiki').waitFor()
  await page.getByRole('button', { name: 'Download' }).click()
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CycloneDX 1.6' }).click()]) // prettier-ignore
  const bom = JSON.parse(await textOf(file)) as {
    bomFormat: string
    specVersion: string
    components: { name: string }[]
  }
  assert.deepEqual([bom.bomFormat, bom.specVersion], ['CycloneDX', '1.6'])
  assert.ok(bom.components.some(({ name }) => name === 'gpt-4o-mini'))
})

test('what nobody declared comes first in the traffic, with who uses it, and is decided about from there', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/shadow-ai`)
  const rows = page.getByRole('table', { name: 'AI in use' }).getByRole('row')
  await rows.getByRole('link', { name: 'deepseek' }).waitFor()
  const shadows = (await rows.allTextContents()).slice(1).map((text) => /shadow/.test(text))
  assert.ok(shadows.includes(true) && shadows.includes(false))
  assert.deepEqual(
    shadows,
    shadows.toSorted((a, b) => Number(b) - Number(a)),
  )
  await rows.getByRole('link', { name: 'deepseek' }).click()
  const drawer = page.getByRole('dialog', { name: 'deepseek' })
  await drawer.getByRole('table', { name: 'Users of deepseek' }).getByText('j.okafor').waitFor()
  await drawer.getByRole('link', { name: 'Accept, link or ignore it' }).click()
  const thing = page.getByRole('dialog', { name: 'deepseek' })
  await thing.getByRole('heading', { name: 'Seen in traffic' }).waitFor()
  await thing.getByRole('button', { name: 'Ignore' }).click()
  const ignore = page.getByRole('dialog', { name: 'Ignore 1 thing' })
  await ignore.getByLabel('Why?').fill('a trial that ended')
  await ignore.getByRole('button', { name: 'Ignore' }).click()
  await page.getByText('1 thing set aside.').waitFor()
})

test('an archive is uploaded and scanned, and what was not looked at is said', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/scans?new=upload`)
  const dialog = page.getByRole('dialog', { name: 'Upload to be scanned' })
  const source = Buffer.from('from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1", input="hi")\n')
  await dialog.getByLabel('File').setInputFiles({ name: 'bot.tar.gz', mimeType: 'application/gzip', buffer: gzipSync(toTar('bot.py', source)) }) // prettier-ignore
  await dialog.getByLabel('Name of the source').fill('uploaded bot')
  await dialog.getByLabel('Which system is it a part of?').selectOption('support-assistant')
  await dialog.getByRole('button', { name: 'Upload and scan' }).click()
  await page.getByRole('heading', { level: 1, name: 'uploaded bot' }).waitFor()
  await page.getByText('Done', { exact: true }).waitFor({ timeout: SCAN_MS })
  await page.getByText('Every file was looked at.').waitFor()
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByText('uploaded bot').waitFor()
  await page.getByRole('link', { name: /Parts/ }).click()
  await page.getByRole('table', { name: 'Parts' }).getByRole('link', { name: 'gpt-4.1' }).waitFor()

  await page.goto(`${house.url}/systems/support-assistant`)
  const scanned = page.getByRole('region', { name: 'What scans found' })
  await scanned.getByRole('link', { name: 'uploaded bot' }).waitFor()
  await scanned.getByRole('link', { name: /^\d+ things?$/ }).waitFor()

  await page.goto(`${house.url}/discovery/scans`)
  const rows = page.getByRole('table', { name: 'Scans' }).getByRole('row')
  await rows.filter({ hasText: '1 file' }).filter({ hasText: 'claims-assistant' }).first().getByRole('link').click()
  await page.getByText('1 file may hold something that this scan does not know of.').waitFor()
  await page.getByRole('table', { name: 'Files that were not looked at' }).getByText('Too large').waitFor()
})

test('a model file is uploaded and judged by its bytes, with the place and the opcode of what it does', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/model-files?new=upload`)
  const dialog = page.getByRole('dialog', { name: 'Upload to be scanned' })
  const pickle = Buffer.from("cposix\nsystem\n(S'id'\ntR.", 'latin1')
  await dialog.getByLabel('File').setInputFiles({ name: 'weights.pkl', mimeType: 'application/octet-stream', buffer: pickle }) // prettier-ignore
  await dialog.getByRole('button', { name: 'Upload and scan' }).click()
  await page.getByText('Done', { exact: true }).waitFor({ timeout: SCAN_MS })
  await page
    .getByRole('link', { name: /Model files/ })
    .and(page.getByRole('main').getByRole('link'))
    .click()
  await page.getByRole('table', { name: 'Model files' }).getByRole('link', { name: 'weights.pkl' }).click()
  const drawer = page.getByRole('dialog', { name: 'weights.pkl' })
  await drawer.getByText('Malicious').waitFor()
  await drawer.getByText('Starts a program or a shell command.').waitFor()
  assert.match((await drawer.textContent()) ?? '', /At byte\s*\d+ \(0x/)
  assert.ok(words(page).get('file'))
  assert.deepEqual(visit.complaints, [])
})

test('a BOM of a supplier is taken in, and one that is wrong is refused with the place', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/scans?new=upload`)
  const dialog = page.getByRole('dialog', { name: 'Upload to be scanned' })
  await dialog.getByLabel('What is it?').selectOption('bom')
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ type: 'machine-learning-model' }] }
  const send = async (document: unknown) => {
    const buffer = Buffer.from(JSON.stringify(document))
    await dialog.getByLabel('File').setInputFiles({ name: 'supplier.json', mimeType: 'application/json', buffer })
    await dialog.getByRole('button', { name: 'Upload and scan' }).click()
  }
  await send(bom)
  await dialog.getByText(/components\[0\]\.name/i).first().waitFor() // prettier-ignore
  visit.complaints.length = 0
  await send({ ...bom, components: [{ type: 'machine-learning-model', name: 'supplied-model' }] })
  await page.getByRole('table', { name: 'Parts' }).getByRole('link', { name: 'supplied-model' }).waitFor()
  await page.getByText(/as whoever wrote it says/).waitFor()
  await page.getByRole('link', { name: 'Beside what scans saw' }).waitFor()
  assert.deepEqual(visit.complaints, [])
})

test('the gates of a source are set where it is looked at, and wrong ones are refused beside their field', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/scans?tab=sources`)
  await page.getByRole('table', { name: 'Sources' }).getByRole('link', { name: 'uploaded bot' }).click()
  const drawer = page.getByRole('dialog', { name: 'uploaded bot' })
  await drawer.getByRole('button', { name: 'Ask for signatures' }).click()
  await drawer.getByLabel('List of hashes').fill('nonsense')
  await drawer.getByRole('button', { name: 'Set the gates' }).click()
  await drawer
    .getByText(/is no hash and name/)
    .first()
    .waitFor()
  visit.complaints.length = 0
  await drawer.getByLabel('List of hashes').fill(`${'a'.repeat(64)}  model.bin`)
  await drawer.getByRole('button', { name: 'Set the gates' }).click()
  await drawer.getByText('1 hash', { exact: true }).waitFor()
  await drawer.getByRole('button', { name: 'Take them away' }).click()
  await drawer.getByRole('button', { name: 'Ask for signatures' }).waitFor()
  assert.deepEqual(visit.complaints, [])
})

test('a repository that may not be fetched is refused beside its field, and what was typed stays', async () => {
  const { page } = visit
  await page.goto(`${house.url}/discovery/scans?new=source`)
  const dialog = page.getByRole('dialog', { name: 'Add a repository' })
  await dialog.getByLabel('Where is it cloned from?').fill('file:///etc')
  await dialog.getByRole('button', { name: 'Add and scan' }).click()
  await dialog.getByRole('alert').waitFor()
  assert.equal(await dialog.getByLabel('Where is it cloned from?').inputValue(), 'file:///etc')
  visit.complaints.length = 0 // the browser reports the refusal itself
})
