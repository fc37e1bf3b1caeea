// A report as PDF, printed by the Chromium that the machine has. It gets the file alone: no network, no profile of its
// own before, and a deadline. (The page has no script; Chromium prints through one, so it cannot be switched off.)
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const MOST_MS = 60_000
const MOST_BYTES = 64 * 1024 * 1024

const run = promisify(execFile)

/** Undefined: there is none. */
export function findBrowser(named: string | undefined): string | undefined {
  return (named === undefined ? PLACES : [named]).find((path) => existsSync(path))
}

export async function printPdf(browser: string, html: Uint8Array): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'parapet-print-'))
  try {
    const [page, pdf] = [join(folder, 'report.html'), join(folder, 'report.pdf')]
    await writeFile(page, html)
    await run(
      browser,
      [
        '--headless',
        '--disable-gpu',
        '--no-first-run',
        '--no-pdf-header-footer',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        `--user-data-dir=${join(folder, 'profile')}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--print-to-pdf=${pdf}`,
        pathToFileURL(page).href,
      ],
      { timeout: MOST_MS, killSignal: 'SIGKILL', maxBuffer: MOST_BYTES },
    )
    return await readFile(pdf)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
