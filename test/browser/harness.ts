// A whole Parapet on a free port with a real store in a temporary folder, and a real Chromium in front of it. The
// console is built once when it is not there. Everything that the pages complain about is kept for the tests to look at.
/// <reference lib="dom" />
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type App, openApp } from '../../src/app/app.ts'
import { Config } from '../../src/app/config.ts'
import { packageRoot } from '../../src/app/package.ts'
import { startServer } from '../../src/server/server.ts'

export const CHROMIUM = process.env['PARAPET_CHROMIUM'] ?? '/usr/bin/chromium'
const FLAGS =
  '--no-sandbox --disable-gpu --disable-background-networking --disable-quic --no-first-run --disable-component-update --disable-sync'

export const PASSWORD = 'copper lantern over quiet water'
export const OWNER = { name: 'Ada Lovelace', email: 'ada@example.org' }

export interface House {
  app: App
  /** By a name that browsers allow passkeys at. */
  url: string
  dataDir: string
  /** Address of the first owner's link. */
  ownerLink: string
  browser: Browser
  /** A fresh browser profile, and what its pages complained about. */
  visit(options?: Parameters<Browser['newContext']>[0]): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  context: BrowserContext
  page: Page
  /** Console errors, uncaught errors and refusals of the content security policy. */
  complaints: string[]
}

export async function openHouse(): Promise<House> {
  build()
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-browser-'))
  const app = await openApp(
    Config.parse({ dataDir, port: 0, logLevel: 'error', log: { origin: 'parapet.example/log' } }),
  )
  const server = await startServer(app)
  const url = `http://localhost:${server.address.port}`
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS.split(' ') })
  return {
    app,
    url,
    dataDir,
    ownerLink: server.ownerLink?.replace(server.url, url) ?? '',
    browser,
    visit: (options) => visit(browser, options),
    async close() {
      await browser.close()
      await server.close()
      await app.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function visit(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`content security policy: ${violatedDirective} ${blockedURI}`)
    })
  })
  return { context, page, complaints }
}

/** Follows the owner's link with a password. Ends on the start page. */
export async function becomeOwner(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(OWNER.name)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('heading', { level: 1, name: /Ada/ }).waitFor()
}

export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail address').fill(OWNER.email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: /Ada/ }).waitFor()
}

function build(): void {
  if (!existsSync(join(packageRoot, 'dist/console/index.html'))) run('vite', 'build', '-c', 'console/vite.config.ts')
  if (!existsSync(join(packageRoot, 'dist/verify.mjs')))
    run('rolldown', 'src/prove/verify.ts', '--file', 'dist/verify.mjs', '--format', 'esm')
}

function run(bin: string, ...args: string[]): void {
  const path = join(packageRoot, 'node_modules/.bin', bin)
  const { status, stderr } = spawnSync(path, args, { cwd: packageRoot, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${bin} failed: ${stderr}`)
}
