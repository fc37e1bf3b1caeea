import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { runCli } from '../run.ts'
import { fakeIo } from '../testing.ts'

function fileWith(t: TestContext, name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-traffic-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function traffic(...words: string[]) {
  const io = fakeIo()
  const code = await runCli(['discover', 'traffic', ...words], io)
  return { code, out: io.stdout, err: io.stderr }
}

const tunnel = (host: string, who: string) =>
  `1763719200.123    310 10.0.0.7 TCP_TUNNEL/200 16425 CONNECT ${host}:443 ${who} HIER_DIRECT/104.18.7.192 -`
const SQUID = [
  'api.openai.com',
  'api.anthropic.com',
  'api.openai.com.evil.test',
  'notopenai.com',
  'fonts.googleapis.com',
]
  .map((host) => tunnel(host, 'ann'))
  .join('\n')

test('what is in use and not declared is shadow, and hosts that only look alike are nobody', async (t) => {
  const log = fileWith(t, 'access.log', SQUID)
  const declared = fileWith(t, 'scan.json', JSON.stringify({ providers: [{ name: 'openai' }] }))
  const { code, out } = await traffic(log, '--declared', declared, '--json')
  const said = JSON.parse(out)
  assert.deepEqual(
    said.providers.map(({ provider, standing, users }: Record<string, unknown>) => [provider, standing, users]),
    [
      ['anthropic', 'observed', 1],
      ['openai', 'both', 1],
    ],
  )
  assert.deepEqual([said.shadow, code], [['anthropic'], 1])
})

test('a list of those allowed decides alone, and packed logs are read', async (t) => {
  const log = fileWith(t, 'access.log.gz', gzipSync(SQUID))
  assert.equal((await traffic(log, '--sanctioned', 'openai,anthropic')).code, 0)
  const { code, out } = await traffic(log, '--sanctioned', 'openai')
  assert.equal(code, 1)
  assert.match(out, /^shadow\s+anthropic\s+1 user, 1 call\b/m)
})

test('a provider that is not known, a file of no known format and a folder are told with what to do', async (t) => {
  const log = fileWith(t, 'notes.txt', 'dear diary\n')
  const unknown = await traffic(log)
  assert.equal(unknown.code, 2)
  assert.match(unknown.err, /no format that is known/)
  const wrong = await traffic(log, '--sanctioned', 'opanai')
  assert.equal(wrong.code, 2)
  assert.match(wrong.err, /did you mean "openai"/)
  const folder = await traffic(tmpdir())
  assert.equal(folder.code, 2)
  assert.match(folder.err, /cannot be read/)
})
