// Runs in a mount namespace of its own: the whole server on a disk that is full or read-only. What it saw goes to the
// test as one line of JSON.
import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createToken } from '../admit/tokens.ts'
import { openApp } from '../app/app.ts'
import { Config } from '../app/config.ts'
import { isDiskFull } from '../lib/disk-full.ts'
import type { Actor } from '../model/actor.ts'
import { startServer } from './server.ts'

const disk = process.argv[2] ?? ''
const dataDir = join(disk, 'data')
const mount = (...words: string[]) => execFileSync('mount', words)
const config = Config.parse({ dataDir, port: 0, logLevel: 'silent' })
const owner: Actor = { kind: 'local', id: 'this-machine', role: 'owner' }
const later = new Date(Date.now() + 3_600_000).toISOString()
let bearer = ''

async function look(mend: () => void) {
  const app = await openApp(config)
  const server = await startServer(app)
  const send = async (method: string, path: string, body?: object) => {
    const response = await fetch(`http://127.0.0.1:${server.address.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const { code, hint, ready } = (await response.json()) as Record<string, unknown>
    return { status: response.status, ...(code ? { code, hasHint: Boolean(hint) } : {}), ...(ready === undefined ? {} : { ready }) } // prettier-ignore
  }
  const create = () => send('POST', '/api/tokens', { name: 'x', scopes: ['log:read'], expiresAt: later })
  const seen = {
    notices: server.notices,
    ownerLink: server.ownerLink ?? null,
    read: await send('GET', '/api/log/entries'),
    write: await create(),
    readyz: await send('GET', '/readyz'),
    runFile: existsSync(join(dataDir, 'run', 'server.json')),
  }
  mend()
  const after = { readyz: await send('GET', '/readyz'), write: await create() }
  await server.close()
  await app.close()
  return { ...seen, after }
}

mount('-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk)
const first = await openApp(config)
const { secret } = await createToken(first.admit, owner, {
  name: 'reader',
  scopes: ['log:read', 'token:write'],
  expiresAt: later,
})
bearer = secret
await first.close()

mount('-o', 'remount,ro', disk)
const readOnly = await look(() => mount('-o', 'remount,rw', disk))

const filler = join(disk, 'filler')
fill()
const full = await look(() => rmSync(filler))

mount('-o', 'remount,ro', disk)
const missing = Config.parse({ ...config, dataDir: join(disk, 'other') })
const nothingThere = await openApp(missing).then(
  () => 'opened',
  (error: Error & { code?: string; hint?: string }) => ({
    code: error.code,
    namesFolder: error.message.includes(missing.dataDir),
    namesRemedy: error.hint?.includes('--data-dir') ?? false,
  }),
)
process.stdout.write(`${JSON.stringify({ readOnly, full, nothingThere })}\n`)

/** To the last byte. */
function fill(): void {
  for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) {
    try {
      for (;;) writeFileSync(filler, new Uint8Array(size), { flag: 'a' })
    } catch (error) {
      if (!isDiskFull(error)) throw error
    }
  }
}
