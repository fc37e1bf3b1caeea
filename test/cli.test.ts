// The command line against a real installation: every verb reaches its operation, over the server that runs and, when
// none does, in its own process.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openApp } from '../src/app/app.ts'
import { loadConfig } from '../src/app/load-config.ts'
import { fakeIo } from '../src/cli/testing.ts'
import { parameters } from '../src/cli/remote/request.ts'
import { runCli } from '../src/cli/run.ts'
import type { AnyRoute } from '../src/server/route.ts'
import { routes } from '../src/server/routes/index.ts'
import { startServer } from '../src/server/server.ts'

const known = routes as unknown as readonly AnyRoute[]
const folder = mkdtempSync(join(tmpdir(), 'parapet-cli-'))
const env = { PARAPET_DATA_DIR: join(folder, 'data'), PARAPET_PORT: '0', PARAPET_LOG_LEVEL: 'silent' }
after(() => rmSync(folder, { recursive: true, force: true }))

async function cli(words: string[], options: Parameters<typeof fakeIo>[0] = {}) {
  const io = fakeIo({ env, ...options })
  const code = await runCli(words, io)
  return { code, stdout: io.stdout, stderr: io.stderr, json: () => JSON.parse(io.stdout) as Record<string, unknown> }
}

const open = () => openApp(loadConfig({ env, cwd: folder }).config)

test('without an installation it says so and makes none', async () => {
  const { code, stderr } = await cli(['token', 'list'])
  assert.equal(code, 2)
  assert.match(stderr, /there is no Parapet in .*\n {2}hint: /)
  assert.throws(() => statSync(env.PARAPET_DATA_DIR))
})

describe('with a server that runs', () => {
  let stop: (() => Promise<void>) | undefined
  before(async () => {
    const app = await open()
    const server = await startServer(app)
    stop = async () => {
      await server.close()
      await app.close()
    }
  })
  after(() => stop?.())

  for (const route of known.filter(({ id }) => !['diff-catalogs', 'create-backup'].includes(id))) {
    test(`parapet ${route.command} reaches ${route.id}`, async () => {
      const words = [...route.command.split(' '), ...parameters(route.path).map(() => '0'), '--json']
      const { code, stdout, stderr } = await cli(words, { stdin: '' })
      if (code === 2) {
        const { error } = JSON.parse(stderr) as { error: { code: string; message: string } }
        assert.notEqual(error.code, 'defect', error.message)
        assert.notEqual(error.code, 'upstream_unreachable', error.message)
        return
      }
      assert.equal(stderr, '')
      assert.doesNotThrow(() => route.reply.parse(JSON.parse(stdout)))
    })
  }

  test('what is made is listed, in pages and as a whole', async () => {
    for (const name of ['one', 'two', 'three']) {
      const made = await cli([
        'token',
        'create',
        '--name',
        name,
        '--scopes',
        'log:read,catalog:read',
        '--expires-at',
        '+2d',
      ])
      assert.deepEqual([made.code, made.stderr], [0, ''])
      assert.match(made.stdout, /^secret {2}pp_/)
    }
    const page = (await cli(['token', 'list', '--limit', '2', '--json'])).json()
    assert.equal((page['items'] as unknown[]).length, 2)
    const all = (await cli(['token', 'list', '--limit', '2', '--all', '--json'])).json()
    assert.deepEqual((all['items'] as { name: string }[]).map(({ name }) => name).toSorted(), ['one', 'three', 'two'])
    const table = (await cli(['token', 'list', '--limit', '2', '--all'])).stdout
    assert.equal(table.split('\n').filter(Boolean).length, 4)
  })

  test('a reply goes to a new file that only its owner reads, and over none that is there', async () => {
    const file = join(folder, 'status.json')
    const words = ['log', 'status', '-o', file]
    assert.equal((await cli(words)).code, 0)
    assert.equal((JSON.parse(readFileSync(file, 'utf8')) as { origin: string }).origin.length > 0, true)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const again = await cli(words)
    assert.equal(again.code, 2)
    assert.match(again.stderr, /is there already/)
  })

  test('what a search cannot do without may be said without its flag', async () => {
    const [plain, flagged] = [
      await cli(['catalog', 'search', 'evasion', '--json']),
      await cli(['catalog', 'search', '--q', 'evasion', '--json']),
    ]
    assert.deepEqual([plain.code, plain.stderr], [0, ''])
    assert.equal(plain.stdout, flagged.stdout)
    assert.match(plain.stdout, /evasion/)
  })

  test('one part of a reply is printed as it is', async () => {
    assert.match((await cli(['log', 'status', '--field', 'origin'])).stdout, /^\S+\n$/)
    assert.match((await cli(['log', 'status', '--field', 'orign'])).stderr, /did you mean "origin"/)
  })

  test('a secret comes by standard input or environment, never as a flag', async () => {
    const words = ['session', 'sign-in', '--email', 'nobody@example.com']
    const missing = await cli(words)
    assert.match(missing.stderr, /password is missing\n {2}hint: give it with --password-stdin or --password-env NAME/)
    for (const how of [['--password-stdin'], ['--password-env', 'PW']]) {
      const tried = await cli([...words, ...how], {
        stdin: 'not the password\n',
        env: { ...env, PW: 'not the password' },
      })
      assert.equal(tried.code, 2)
      assert(!tried.stderr.includes('not the password'))
      assert.doesNotMatch(tried.stderr, /missing/)
    }
    assert.match((await cli([...words, '--password', 'x'])).stderr, /unknown option '--password'/)
  })

  test('a body can come from a file or standard input', async () => {
    const file = join(folder, 'body.json')
    writeFileSync(file, JSON.stringify({ email: 'ada@example.com', name: 'Ada', role: 'auditor' }))
    const invited = (await cli(['account', 'invite', '--body', file, '--name', 'Ada L', '--json'])).json()
    const { name, role } = invited['account'] as Record<string, unknown>
    assert.deepEqual([name, role], ['Ada L', 'auditor'])
    const piped = await cli(['account', 'invite', '--body', '-'], { stdin: '{"email": 3}' })
    assert.match(piped.stderr, /email/)
  })

  test('what the server refuses comes with its hint', async () => {
    const { stderr, code } = await cli([
      'account',
      'invite',
      '--email',
      'b@example.com',
      '--name',
      'B',
      '--role',
      'onwer',
    ])
    assert.equal(code, 2)
    assert.match(stderr, /^parapet: role: expected .*\n {2}hint: did you mean "owner"\?\n$/)
  })

  test('a backup is written while the server runs, never over a file, and not for a token', async () => {
    const file = join(folder, 'one.backup')
    const made = await cli(['backup', file, '--keys', '--json'])
    assert.deepEqual([made.code, made.stderr], [0, ''])
    assert.equal(statSync(file).size, made.json()['bytes'])
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.match((await cli(['backup', file])).stderr, /exists\n {2}hint: /)
    assert.match((await cli(['backup', join(folder, 'keyless.backup')])).stderr, /keys of the log are not in it/)
    const scopes = ['--scopes', 'system:write', '--expires-at', '+1d', '--name', 'elsewhere']
    const secret = (await cli(['token', 'create', ...scopes, '--field', 'secret'])).stdout.trim()
    const { url } = JSON.parse(readFileSync(join(env.PARAPET_DATA_DIR, 'run', 'server.json'), 'utf8')) as {
      url: string
    }
    const response = await fetch(`${url}/api/backups`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ file: join(folder, 'two.backup') }),
    })
    assert.equal(response.status, 403)
    assert.throws(() => statSync(join(folder, 'two.backup')))
  })

  test('the owner of this machine gets a way back in', async () => {
    assert.match((await cli(['owner-link'])).stdout, /^http:\/\/127\.0\.0\.1:\d+\/welcome#\S{20,}\nworks once, until /)
  })
})

describe('when no server runs', () => {
  test('a backup is restored into an empty place, and over what is there only when told', async () => {
    const file = join(folder, 'one.backup')
    const place = { ...env, PARAPET_DATA_DIR: join(folder, 'restored') }
    const restored = await cli(['restore', file, '--json'], { env: place })
    assert.deepEqual([restored.code, restored.stderr], [0, ''])
    const tokens = await cli(['token', 'list', '--json'], { env: place })
    assert.deepEqual([tokens.code, tokens.stderr], [0, ''])
    assert.equal((tokens.json()['items'] as unknown[]).length, 3)
    const again = await cli(['restore', file], { env: place })
    assert.equal(again.code, 2)
    assert.match(again.stderr, /hint: /)
    assert.equal((await cli(['restore', file, '--replace'], { env: place })).code, 0)
    const broken = readFileSync(file)
    broken[broken.length >> 1] = (broken[broken.length >> 1] ?? 0) ^ 1
    writeFileSync(join(folder, 'broken.backup'), broken)
    assert.equal((await cli(['restore', join(folder, 'broken.backup'), '--replace'], { env: place })).code, 2)
    assert.equal((await cli(['token', 'list'], { env: place })).code, 0, 'what was there is still there')
  })

  test('a report verifies with the key alone, and does not when a word in it was changed', async () => {
    const report = join(folder, 'report.json')
    assert.equal((await cli(['log', 'report', '--out', report])).code, 0)
    const key = (await cli(['log', 'status', '--field', 'verifierKey'])).stdout.trim()
    const good = await cli(['verify', report, '--key', key])
    assert.equal(good.code, 0, good.stdout)
    assert.match(good.stdout, /verified: /)
    const forged = join(folder, 'forged.json')
    writeFileSync(forged, readFileSync(report, 'utf8').replace('token.created', 'token.revoked'))
    const bad = await cli(['verify', report, forged, '--key', key])
    assert.equal(bad.code, 1)
    assert.match(bad.stdout, /NOT VERIFIED: .*forged/)
    const keyless = await cli(['verify', report])
    assert.deepEqual([keyless.code, keyless.stdout], [2, ''])
    assert.match(keyless.stderr, /--key/)
  })

  test('the log of this machine is audited against a checkpoint kept elsewhere', async () => {
    const kept = join(folder, 'kept.checkpoint')
    const made = await cli(['log', 'checkpoints', '--limit', '1', '--json'])
    writeFileSync(kept, (made.json()['items'] as { note: string }[])[0]?.note ?? '')
    const good = await cli(['log', 'verify', kept, '--json'])
    assert.deepEqual([good.code, good.json()['ok']], [0, true])
    const place = { ...env, PARAPET_DATA_DIR: join(folder, 'elsewhere') }
    await (await openApp(loadConfig({ env: place, cwd: folder }).config)).close()
    const other = await cli(['log', 'verify', kept, '--json'], { env: place })
    assert.deepEqual([other.code, other.json()['ok']], [1, false], 'another log is not the one that was sealed')
  })

  test('the same verb works on the data directory', async () => {
    const { code, stderr, json } = await cli(['log', 'list', '--limit', '1', '--json'])
    assert.deepEqual([code, stderr], [0, ''])
    assert.equal((json()['items'] as unknown[]).length, 1)
  })

  test('the configuration in force is printed without secrets', async () => {
    const file = join(folder, 'parapet.yaml')
    writeFileSync(file, 'port: 9999\ndatabaseUrl: ${env:DB}\n')
    const shown = await cli(['config', '--config', file], { env: { DB: 'postgres://u:hunter2@h/db' } })
    assert.equal(shown.code, 0)
    assert.match(shown.stdout, /port: 9999/)
    assert(!shown.stdout.includes('hunter2'))
    const wrong = await cli(['config', '--config', file], { env: { DB: 'x', PARAPET_PROT: '1' } })
    assert.match(wrong.stderr, /PARAPET_PORT/)
  })
})
