import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CONFIG_FIELDS } from './config-fields.ts'
import { renderConfigReference } from './config-reference.ts'
import { type ConfigSources, loadConfig, redactConfig } from './load-config.ts'

let folder: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parapet-config-'))
})
after(() => rm(folder, { recursive: true }))

async function load(yaml: string | undefined, more: Partial<ConfigSources> = {}) {
  const file = join(folder, 'parapet.yaml')
  if (yaml === undefined) await rm(file, { force: true })
  else await writeFile(file, yaml)
  return loadConfig({ env: {}, cwd: folder, ...more })
}

test('without a file everything has a sensible value, on loopback', async () => {
  const { config, file, warnings } = await load(undefined)
  assert.equal(file, undefined)
  assert.deepEqual(warnings, [])
  assert.equal(config.host, '127.0.0.1')
  assert.equal(config.port, 8787)
  assert.equal(config.dataDir, join(folder, 'parapet-data'))
  assert.equal(config.limits.bodyBytes, 1024 * 1024)
})

test('what the file declares is no setting', async () => {
  const { config } = await load('port: 1001\nsource: a\nassets: [{ id: x }]\n---\nsource: b\nassets: []\n')
  assert.equal(config.port, 1001)
  await assert.rejects(load('asset: []\n'), { code: 'config_invalid' })
})

test('flags win over the environment, the environment over the file', async () => {
  const yaml = 'port: 1001\nhost: localhost\nlog:\n  checkpointSeconds: 5\nallowedHosts: [a.example]\n'
  const env = {
    PARAPET_PORT: '1002',
    PARAPET_LOG_CHECKPOINT_SECONDS: '7',
    PARAPET_ALLOWED_HOSTS: 'b.example, c.example',
  }
  const { config } = await load(yaml, { env, flags: { port: 1003, host: undefined } })
  assert.equal(config.port, 1003)
  assert.equal(config.host, 'localhost')
  assert.equal(config.log.checkpointSeconds, 7)
  assert.deepEqual(config.allowedHosts, ['b.example', 'c.example'])
})

test('a relative data directory belongs to the file that names it', async () => {
  const { config } = await load('dataDir: data\n', { cwd: '/', file: join(folder, 'parapet.yaml') })
  assert.equal(config.dataDir, join(folder, 'data'))
  assert.equal((await load(undefined, { env: { PARAPET_DATA_DIR: 'x' } })).config.dataDir, join(folder, 'x'))
})

test('a secret comes from the environment or a file and is not shown', async () => {
  await writeFile(join(folder, 'url'), 'postgres://u:hunter2@db/p\n')
  const fromFile = await load('databaseUrl: ${file:url}\n')
  assert.equal(fromFile.config.databaseUrl, 'postgres://u:hunter2@db/p')
  const fromEnv = await load('databaseUrl: ${env:DB}\n', { env: { DB: 'postgres://x' } })
  assert.equal(fromEnv.config.databaseUrl, 'postgres://x')
  assert.ok(!JSON.stringify(redactConfig(fromFile.config)).includes('hunter2'))
  assert.equal(redactConfig(fromFile.config)['databaseUrl'], '(set)')
})

test('keys and places of the log: secrets stay references, folders belong to the file', async () => {
  await writeFile(join(folder, 'key.pem'), 'PEM\n')
  const yaml =
    'log:\n  keys: ["${file:key.pem}", "${env:SECOND}"]\n  publish:\n    - { kind: file, id: vault, folder: out }\n'
  const { config } = await load(yaml, { env: { SECOND: 'PEM2' }, cwd: '/', file: join(folder, 'parapet.yaml') })
  assert.deepEqual(config.log.keys, ['PEM', 'PEM2'])
  assert.deepEqual(config.log.publish, [{ kind: 'file', id: 'vault', folder: join(folder, 'out') }])
  assert.ok(!JSON.stringify(redactConfig(config)).includes('PEM2'))
  await assert.rejects(load('log:\n  keys: [abc]\n'), { message: /log\.keys\[0\]: a secret must not stand/ })
})

describe('it is refused, saying where and what', () => {
  const cases: [string, string, Partial<ConfigSources>, RegExp][] = [
    [
      'a secret that stands in the file',
      'databaseUrl: postgres://u:hunter2@db/p',
      {},
      /databaseUrl: a secret must not stand/,
    ],
    ['a secret from a variable that is not set', 'databaseUrl: ${env:NOT_THERE}', {}, /NOT_THERE is not set/],
    ['a secret from a file that is not there', 'databaseUrl: ${file:nope}', {}, /nope cannot be read/],
    ['a reference where no secret is', 'host: ${env:HOST}', {}, /host: references work for secrets only/],
    ['an unknown setting', 'prot: 1', {}, /prot: unknown key/],
    ['an unknown inner setting', 'log:\n  orgin: x', {}, /log\.orgin: unknown key/],
    ['a port that is none', 'port: 70000', {}, /port: /],
    ['a port in words', '', { env: { PARAPET_PORT: 'tcp://10.0.0.1:8787' } }, /PARAPET_PORT: /],
    ['TLS without a public name', 'behindTls: true', {}, /behindTls needs a publicUrl/],
    ['a public name with a path', 'publicUrl: https://p.example/x', {}, /publicUrl: must be an origin/],
    ['a list', '- 1', {}, /must be a list of/],
    ['a setting that is there twice', 'port: 1\nport: 2', {}, /unique/i],
    ['an alias bomb', `a: &a [x,x]\nb: &b [*a,*a]\n${'c: [*b,*b]\n'}`.repeat(1), {}, /unknown key|alias/i],
    ['a file that is not there', '', { file: '/nowhere/parapet.yaml' }, /\/nowhere\/parapet\.yaml cannot be read/],
  ]
  for (const [name, yaml, more, message] of cases) {
    test(name, async () => {
      await assert.rejects(load(yaml, more), (error: Error) => {
        assert.match(error.message, message)
        assert.ok(!error.message.includes('hunter2'))
        return true
      })
    })
  }
})

describe('models', () => {
  const yaml = `
upstreams:
  openai: { provider: openai, key: '\${env:OPENAI_KEY}' }
  local: { provider: ollama }
routes:
  chat:
    models: [gpt-*]
    upstreams: [openai, { use: local, model: llama }]
    guards: { sensitive-output-handling: { mode: observe } }
guards:
  prompt-injection-io-handling: { origins: [tool] }
`
  test('are found by name, with their keys from the environment', async () => {
    const { config } = await load(yaml, { env: { OPENAI_KEY: 'sk-1', PARAPET_GATEWAY_ATTEMPTS: '5' } })
    assert.equal(config.upstreams['openai']?.key, 'sk-1')
    assert.deepEqual(config.routes['chat']?.upstreams, ['openai', { use: 'local', model: 'llama' }])
    assert.equal(config.gateway.attempts, 5)
    assert.equal(JSON.stringify(redactConfig(config)).includes('sk-1'), false)
  })
  const cases: [string, string, RegExp][] = [
    ['a key in the open', yaml.replace('${env:OPENAI_KEY}', 'sk-1'), /upstreams.openai.key: a secret must not stand/],
    ['a key that is not set', yaml, /upstreams.openai.key: the variable OPENAI_KEY is not set/],
    ['a provider that nobody knows', 'upstreams: { a: { provider: opnai } }', /upstreams.a.provider/],
    [
      'a guard that there is not',
      'guards: { prompt-injection: { mode: off } }',
      /guards.prompt-injection: unknown key/,
    ],
    ['an address with a password', 'upstreams: { a: { provider: vllm, url: "http://a:b@c" } }', /upstreams.a.url/],
  ]
  for (const [title, text, message] of cases)
    test(`are refused with ${title}`, async () => {
      await assert.rejects(
        load(text),
        (error) => error instanceof Error && message.test(error.message) && !error.message.includes('sk-1'),
      )
    })
})

test('a misspelt variable is pointed out; what a platform sets by itself is not', async () => {
  const { warnings } = await load(undefined, {
    env: { PARAPET_PROT: '1', PARAPET_SERVICE_HOST_XYZ: '10.0.0.1', PARAPET_TOKEN: 'x' },
  })
  assert.deepEqual(warnings, ['PARAPET_PROT is not a setting; did you mean PARAPET_PORT?'])
})

test('the reference lists every setting with its variable and meaning', () => {
  const page = renderConfigReference()
  for (const { path, variable, description } of CONFIG_FIELDS) {
    assert.ok(description.length > 0, path.join('.'))
    assert.ok(
      page.includes(`| \`${path.join('.')}\` | ${variable === undefined ? '' : `\`${variable}\``} |`),
      path.join('.'),
    )
  }
  assert.match(page, /\| `databaseUrl` \| `PARAPET_DATABASE_URL` \|.*\(secret\) \|/)
  assert.match(page, /\| `port` \| `PARAPET_PORT` \| `8787` \|/)
})
