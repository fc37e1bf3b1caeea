// What must hold of every address of the console: no accessibility finding that matters in either theme or width,
// no refusal by the content security policy, no error on the console, nothing wider than the screen. And the first
// screen stays small.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { becomeOwner, type House, openHouse, type Visit } from './harness.ts'
import { foundOrganisation } from './organisation.ts'
import { foundScans } from './scans.ts'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const MOST_FIRST_SCREEN_BYTES = 250_000
const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 390, height: 844 }
/** With reduced motion colours change in the next frame. */
const SETTLED_MS = 100
const SHOWN = new Set(['moderate', 'serious', 'critical'])

const ROUTES = [
  '/',
  '/?scope=all&waits=asset-unowned',
  '/inventory',
  '/inventory?tab=assets',
  '/inventory?tab=discovered',
  '/inventory?tab=discovered&state=any&kind=models',
  '/inventory?new=1',
  '/inventory?finding=no-owners',
  '/inventory?q=nothing-like-it',
  '/inventory/refund-agent',
  '/inventory/refund-agent?tab=history',
  '/systems/support-assistant',
  '/systems/support-assistant?view=list',
  '/systems/support-assistant?edit=1',
  '/systems/support-assistant?tab=threats',
  '/systems/support-assistant?tab=threats&threat=direct-prompt-injection',
  '/systems/support-assistant?tab=threats&show=does-not-apply&threat=evasion',
  '/systems/support-assistant?tab=controls',
  '/systems/support-assistant?tab=controls&control=rate-limit',
  '/systems/support-assistant?tab=facts',
  '/systems/support-assistant?tab=facts&fact=personal-data',
  '/systems/support-assistant?tab=decisions',
  '/systems/support-assistant?tab=decisions&review=new',
  '/systems/support-assistant?tab=decisions&assurance=new',
  '/systems/support-assistant?tab=history',
  '/matrix',
  '/matrix?layer=applies&system=support-assistant',
  '/matrix?threat=direct-prompt-injection',
  '/matrix?tab=periodic',
  '/risks',
  '/risks?system=support-assistant&above=true',
  '/risks?owner=nobody',
  '/risks/support-assistant',
  '/risks/support-assistant?threat=direct-prompt-injection',
  '/risks/support-assistant?tab=reasons',
  '/risks/support-assistant?tab=interview',
  '/risks/support-assistant?tab=plan',
  '/risks/support-assistant?tab=plan&whatif=plan',
  '/risks/support-assistant?whatif=open',
  '/attack-paths',
  '/attack-paths?severity=critical',
  '/attack-paths?text=nothing-like-it',
  '/attack-paths/AP-01:outside:support-assistant',
  '/graph',
  '/graph?view=table',
  '/graph?view=map&by=kind',
  '/graph?node=support-assistant',
  '/discovery/scans',
  '/discovery/scans?tab=sources',
  '/discovery/scans?new=source',
  '/discovery/scans?new=upload',
  '/discovery/findings',
  '/discovery/findings?state=any&severity=critical',
  '/discovery/bom',
  '/discovery/bom?kind=model',
  '/discovery/bom?part=model/gpt-4o-mini',
  '/discovery/bom?tab=changes',
  '/discovery/model-files',
  '/discovery/model-files?file=models/triage-old.pkl',
  '/discovery/shadow-ai',
  '/discovery/shadow-ai?provider=deepseek',
  '/controls',
  '/controls?status=proven',
  '/controls/rate-limit',
  '/controls/rate-limit?on=support-assistant',
  '/frameworks',
  '/frameworks/owasp-llm-2026',
  '/frameworks/owasp-llm-2026?item=LLM01:2026',
  '/practices',
  '/practices?tab=attestations',
  '/practices?tab=attestations&attest=new',
  '/suppliers',
  '/suppliers?tab=parts',
  '/suppliers?tab=parts&system=support-assistant',
  '/suppliers?tab=parts&system=support-assistant&control=rate-limit',
  '/reports',
  '/reports?make=framework-statement',
  '/gateway',
  '/gateway?outcome=blocked&span=day',
  '/gateway?tab=strangers',
  '/gateway/approvals',
  '/gateway/approvals?tab=all',
  '/gateway/playground',
  '/gateway/policy',
  '/gateway/policy?tab=routes',
  '/gateway/policy?tab=draft',
  '/gateway/policy?tab=versions',
  '/gateway/keys',
  '/gateway/keys?new=key',
  '/gateway/keys?tab=budgets',
  '/gateway/keys?tab=budgets&new=budget',
  '/gateway/keys?tab=providers',
  '/gateway/costs',
  '/gateway/costs?tab=day',
  '/catalog',
  '/catalog?q=prompt%20injection',
  '/catalog/matrix',
  '/catalog/periodic-table',
  '/catalog/threats',
  '/catalog/threats/direct-prompt-injection',
  '/catalog/controls',
  '/catalog/controls/rate-limit',
  '/catalog/measures',
  '/catalog/measures/rate-limit.per-actor',
  '/catalog/facts',
  '/catalog/facts?fact=model-kind',
  '/catalog/frameworks',
  '/catalog/frameworks/atlas',
  '/catalog/frameworks/eu-ai-act',
  '/catalog/frameworks/owasp-llm-2026/LLM01:2026',
  '/catalog/decision-tree',
  '/catalog/duties',
  '/log',
  '/log?entry=1',
  '/log?kind=nothing.like-it',
  '/log/1',
  '/log/checkpoints',
  '/log/verify',
  '/settings/account',
  '/settings/people',
  '/settings/people?new=1',
  '/settings/tokens',
  '/settings/tokens?new=1',
  '/settings/jobs',
  '/settings/system',
  '/no-such-page',
]
const OUTSIDE = ['/sign-in', '/welcome', '/assurance']

let house: House
let first: Visit
before(async () => {
  house = await openHouse()
  first = await house.visit()
  await becomeOwner(first.page, house.ownerLink)
  await foundOrganisation(first.page)
  await foundScans(first.page)
  ROUTES.push(...(await openedById(first.page)))
})
after(() => house.close())

/** Pages and drawers whose address holds an id that is made when they are. */
async function openedById(page: Page): Promise<string[]> {
  const ids = (path: string) =>
    page.evaluate(async (from) => {
      const { items }: { items: { id: string }[] } = await (await fetch(from)).json()
      return items.map(({ id }) => id)
    }, path)
  const scans = await ids('/api/scans?limit=2')
  const things = await ids('/api/discoveries?limit=1')
  const findings = await ids('/api/scan-findings?limit=1')
  return [
    ...scans.map((id) => `/discovery/scans/${id}`),
    ...things.map((id) => `/inventory?tab=discovered&thing=${id}`),
    ...findings.map((id) => `/discovery/findings?finding=${id}`),
  ]
}

/** What a theme changes is colours, and what a narrow screen changes is where things are and how well a finger meets them. */
const COLOURS = ['color-contrast', 'link-in-text-block']
const FINGERS = ['target-size']

test('every route is clean, wide and narrow, light and dark', async () => {
  const storageState = await first.context.storageState()
  const { page, context, complaints } = await house.visit({ storageState, reducedMotion: 'reduce' })
  const found: string[] = []
  for (const route of [...ROUTES, ...OUTSIDE]) {
    if (route === OUTSIDE[0]) await context.clearCookies()
    await page.setViewportSize(WIDE)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(house.url + route)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForFunction(() => !document.querySelector('.animate-breathe'))
    await page.evaluate(await axeSource())
    found.push(...(await findings(page, `${route} light`, without(FINGERS))), ...(await overflow(page, route)))
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.waitForTimeout(SETTLED_MS)
    found.push(...(await findings(page, `${route} dark`, { runOnly: COLOURS })))
    await page.setViewportSize(NARROW)
    await page.waitForTimeout(SETTLED_MS)
    found.push(...(await findings(page, `${route} narrow`, without(COLOURS))), ...(await overflow(page, route)))
  }
  await context.close()
  assert.deepEqual(found, [])
  assert.deepEqual(complaints, [])
})

const without = (rules: readonly string[]) => ({
  rules: Object.fromEntries(rules.map((rule) => [rule, { enabled: false }])),
})

test('the first screen sends little JavaScript', async () => {
  for (const [path, storageState] of [
    ['/sign-in', undefined],
    ['/', await first.context.storageState()],
  ] as const) {
    const { page, context } = await house.visit(storageState ? { storageState } : {})
    const scripts = new Map<string, number>()
    page.on('response', async (response) => {
      const url = new URL(response.url())
      if (!url.pathname.endsWith('.js')) return
      const file = await readFile(`dist/console${url.pathname}`)
      scripts.set(url.pathname, gzipSync(file).length)
    })
    await page.goto(house.url + path, { waitUntil: 'load' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForTimeout(500)
    const total = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)
    assert.ok(scripts.size > 2 && total <= MOST_FIRST_SCREEN_BYTES, `${path}: ${total} bytes in ${scripts.size} files`)
    await context.close()
  }
})

test('scripts arrive compressed and may be kept for ever', async () => {
  const html = await (await fetch(`${house.url}/`, { headers: { accept: 'text/html' } })).text()
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
  const reply = await fetch(house.url + script, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(reply.headers.get('content-encoding'), 'gzip')
  assert.match(reply.headers.get('cache-control') ?? '', /immutable/)
  const stored = await readFile(`dist/console${script}.gz`)
  assert.equal(gunzipSync(stored).toString(), await reply.text())
})

async function findings(page: Page, where: string, rules: object): Promise<string[]> {
  const { violations } = await page.evaluate((rules): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }
    return axe.run({ resultTypes: ['violations'], ...rules })
  }, rules)
  return violations
    .filter(({ impact }) => SHOWN.has(impact ?? ''))
    .map(
      ({ id, impact, nodes }) =>
        `${where}: ${impact} ${id} at ${nodes
          .map(({ html }) => html.slice(0, 120))
          .slice(0, 3)
          .join(' | ')}`,
    )
}

async function overflow(page: Page, route: string): Promise<string[]> {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('table')].flatMap((table) => {
      const frame = table.parentElement
      if (!frame || !['clip', 'hidden'].includes(getComputedStyle(frame).overflowX)) return []
      const beyond = table.offsetWidth - frame.clientWidth
      return beyond > 0 ? [`the table ${table.caption?.textContent} is cut by ${beyond} pixels`] : []
    }),
  )
  return [...(pixels > 0 ? [`${pixels} pixels wider than the screen`] : []), ...cut].map((what) => `${route}: ${what}`)
}

let source: string | undefined
/** Evaluated by the debugger, not as a script of the page: the page's own policy would refuse that. */
async function axeSource(): Promise<string> {
  source ??= `${await readFile(AXE, 'utf8')};undefined`
  return source
}
