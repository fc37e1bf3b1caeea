// The graph in a browser: it is found in by words, walked by keys, read as a table, and stays usable with 5,000 nodes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { manySystems } from '../../bench/many-systems.ts'
import { SYSTEM } from '../../src/model/actor.ts'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { foundOrganisation } from './organisation.ts'

const MANY = { systems: 900, evidence: 0, nodes: 5000 }
/** As slow as a machine of a third of the speed of this one. */
const THROTTLE = 3
const FRAMES = 60
/** The best of them counts: others work on this machine too. */
const TRIES = 3
const PATIENCE_MS = 60_000
const SLOWEST_FRAME_MS = 1000 / 30

let house: House
let visit: Visit
before(async () => {
  house = await openHouse()
  visit = await house.visit()
  await becomeOwner(visit.page, house.ownerLink)
})
after(() => house.close())

test('with nothing registered the page says what to do next', async () => {
  const { page } = visit
  await page.goto(`${house.url}/graph`)
  await page.getByRole('heading', { name: 'Nothing to draw yet' }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Open the inventory' }).click()
  await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor()
})

test('arrows walk from node to node and say where one is; Enter opens what is known of it', async () => {
  const { page } = visit
  await foundOrganisation(page)
  await page.goto(`${house.url}/graph?system=support-assistant`)
  const map = page.getByRole('application', { name: 'What can reach what' })
  await map.focus()
  await map.press('ArrowDown')
  const said = page.getByRole('status').filter({ hasText: /, in .*, on/ })
  await said.waitFor()
  const heard = new Set([await said.textContent()])
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) {
    await map.press(key)
    heard.add(await said.textContent())
  }
  assert.ok(heard.size >= 3, `${[...heard].join(' | ')}`)
  const name = ((await said.textContent()) ?? '').split(', ')[0] ?? ''
  await map.press('Enter')
  await page.getByRole('dialog', { name }).getByText('Id', { exact: true }).waitFor()
  assert.ok(new URL(page.url()).searchParams.get('node'))
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('an address with a node opens it, with who says what leads where, and one goes on to its neighbour', async () => {
  const { page } = visit
  await page.goto(`${house.url}/graph?node=support-assistant`)
  const drawer = page.getByRole('dialog', { name: 'Support assistant' })
  await drawer.getByRole('heading', { name: /What it leads to/ }).waitFor()
  await drawer.getByText('declared: link support-assistant calls small-model', { exact: false }).first().waitFor()
  await drawer.getByRole('link', { name: 'Small model' }).first().click()
  await page.getByRole('dialog', { name: 'Small model' }).getByText('Id', { exact: true }).waitFor()
  assert.equal(new URL(page.url()).searchParams.get('node'), 'small-model')
})

test('as a table the same nodes are filtered by kind and by words, worst first, and open the same drawer', async () => {
  const { page } = visit
  await page.goto(`${house.url}/graph`)
  await page.getByRole('button', { name: 'Show as a table' }).click()
  const table = page.getByRole('table', { name: 'Nodes of the graph' })
  const all = await table.getByRole('row').count()
  await page.getByRole('combobox', { name: 'Any kind' }).selectOption('tool')
  await page.waitForURL(/kind=tool/)
  await table.getByRole('link', { name: /Send e-mail/ }).waitFor()
  const tools = await table.getByRole('row').count()
  assert.ok(tools > 1 && tools < all, `${tools} of ${all}`)
  await page.getByRole('searchbox', { name: 'Find a node' }).fill('e-mail')
  await page.getByText(/^1 of \d+ nodes match$/).waitFor()
  await table.getByRole('link', { name: /Send e-mail/ }).click()
  await page.getByRole('dialog', { name: 'Send e-mail' }).waitFor()
  assert.deepEqual(visit.complaints, [])
})

test('5,000 nodes are searched, folded and moved without a stutter', async (t) => {
  const large = await openHouse()
  t.after(() => large.close())
  const { app } = large
  const { assets, claims } = manySystems(app.catalog, MANY, app.now())
  await app.store.change(async (tx) => {
    const { entry } = await tx.stamp()
    await tx.register.save(assets)
    await tx.register.addFacts(claims.map((claim) => Object.assign(claim, { entry })))
    tx.record({ kind: 'test.filled', actor: SYSTEM, subject: { kind: 'test', id: 'all' }, data: {} })
  })
  const { page, context } = await large.visit()
  context.setDefaultTimeout(PATIENCE_MS)
  await becomeOwner(page, large.ownerLink)
  await page.goto(`${large.url}/graph`)
  const count = page.getByRole('status').filter({ hasText: /\d,\d{3} nodes, / })
  await count.waitFor()
  const nodes = Number(((await count.textContent()) ?? '').split(' ')[0]?.replaceAll(',', ''))
  assert.ok(nodes >= MANY.nodes, `${nodes} nodes`)
  const map = page.getByRole('application', { name: 'What can reach what' })
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE })
  for (const [name, nearer] of [
    ['Fold all', 0],
    ['Open all', 0],
    ['Open all', 4],
    ['Open all', 8],
  ] as const) {
    // prettier-ignore
    await page.getByRole('button', { name }).click()
    await page.getByRole('button', { name: 'Show everything' }).click()
    for (let i = 0; i < nearer; i++) await page.getByRole('button', { name: 'Nearer' }).click()
    const box = await map.boundingBox()
    assert.ok(box)
    let best = { middle: Infinity, longest: Infinity }
    for (let i = 0; i < TRIES && best.middle > SLOWEST_FRAME_MS; i++) {
      const frames = (await pan(page, box)).toSorted((a, b) => a - b)
      const middle = frames[Math.floor(frames.length / 2)] ?? Infinity
      if (middle < best.middle) best = { middle, longest: frames.at(-1) ?? Infinity }
    }
    const { middle, longest } = best
    const says = `${middle.toFixed(1)} ms a frame, the longest ${longest.toFixed(1)} ms`
    console.log(`${nodes} nodes, ${name.toLowerCase()}, ${nearer} nearer: ${says}, processor slowed ${THROTTLE}×`)
    assert.ok(middle <= SLOWEST_FRAME_MS, `${middle.toFixed(1)} ms a frame`)
  }
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.getByRole('searchbox', { name: 'Find a node' }).fill('store-77')
  await page.getByText(/^\d+ of [\d,]+ nodes match$/).waitFor()
})

/** Drags the map about, a little with each frame; gives how long each frame took. */
async function pan(page: Page, box: { x: number; y: number; width: number; height: number }): Promise<number[]> {
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  const took = await page.evaluate(async (frames) => {
    const canvas = document.querySelector('canvas')
    const times: number[] = []
    let before = await new Promise<number>(requestAnimationFrame)
    for (let i = 0; i < frames; i++) {
      const at = { clientX: 700 + Math.sin(i / 9) * 200, clientY: 600 + Math.cos(i / 9) * 120, pointerId: 1 }
      canvas?.dispatchEvent(new PointerEvent('pointermove', { ...at, bubbles: true }))
      const now = await new Promise<number>(requestAnimationFrame)
      times.push(now - before)
      before = now
    }
    return times.slice(5)
  }, FRAMES)
  await page.mouse.up()
  return took
}
