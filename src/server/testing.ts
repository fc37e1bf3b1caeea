// For tests: a whole server on a free port with a real store in a temporary folder, people in every role, and a client
// that behaves like a browser as far as cookies and the forgery header go.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdmit, type Lifetimes } from '../admit/admit.ts'
import type { App } from '../app/app.ts'
import { Config } from '../app/config.ts'
import { loadPack } from '../catalog/load-pack.ts'
import { openStore } from '../store/open.ts'

export async function openTestApp(
  settings: object = {},
  now = () => new Date(),
  lifetimes: Partial<Lifetimes> = {},
): Promise<App> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-server-'))
  const config = Config.parse({ dataDir, port: 0, ...settings })
  const store = await openStore({ dataDir, now })
  return {
    version: '0.0.0-test',
    startedAt: now(),
    config,
    store,
    admit: createAdmit({ store, now, lifetimes }),
    log: {} as never,
    catalog: loadPack('ai-exchange/2026-11'),
    jobs: { onProgress: () => () => {} } as never,
    now,
    async close() {
      await store.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
