// Scans for the browser tests: those of the sample, sent in by whoever is signed in, as a pipeline would.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { packageRoot } from '../../src/app/package.ts'
import type { ScanResult } from '../../src/model/scan.ts'
import { call } from './organisation.ts'

export async function foundScans(page: Page): Promise<void> {
  const text = await readFile(join(packageRoot, 'src/app/sample/scans.json'), 'utf8')
  for (const { name, result } of JSON.parse(text) as { name: string; result: ScanResult }[]) {
    const { traffic, discovered, ...rest } = result
    await call(page, 'POST', '/api/scans/submit', { name, ...rest, ...(traffic ? { traffic } : { discovered }) })
  }
}
