// The gateway follows what is published: one reading for many news, and on where one reading fails. And a version that this
// release cannot read stops a start, unless the configuration says something else.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { bodyOf, hashOfSaid, NO_POLICY, parsePolicy } from '../enforce/policies/gateway-policy.ts'
import { publish, saveDraft } from '../enforce/policies/versions.ts'
import type { ServedPolicy } from '../enforce/snapshots.ts'
import type { EntryRow } from '../model/entry.ts'
import { type App, openApp } from './app.ts'
import { Config } from './config.ts'
import { followPolicy } from './policy-in-force.ts'

const PERSON = { kind: 'local', id: 'test', role: 'owner' } as const
const routeTo = (model: string) => ({
  upstreams: { d: { provider: 'demo', private: false } },
  routes: { r: { models: [model], upstreams: ['d'], guards: {} } },
})

async function folder(t: TestContext): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-policy-'))
  t.after(() => rm(dataDir, { recursive: true, force: true }))
  return dataDir
}

async function opened(t: TestContext, dataDir: string, settings: object = {}): Promise<App> {
  const app = await openApp(Config.parse({ dataDir, logLevel: 'silent', ...settings }))
  t.after(() => app.close())
  return app
}

async function say(app: App, model: string): Promise<void> {
  await saveDraft(app.enforce, PERSON, parsePolicy(routeTo(model)))
  await publish(app.enforce, PERSON, model)
}

const modelOf = ({ routes }: ServedPolicy) => routes['r']?.models[0]

test('many news at once are read once more at most, and what was last said is in force', async (t) => {
  const app = await opened(t, await folder(t))
  const swapped: (string | undefined)[] = []
  const following = followPolicy(
    app.enforce,
    async (policy) => void swapped.push(modelOf(policy)),
    () => () => undefined,
    (error) => assert.fail(String(error)),
  )
  await say(app, 'one')
  const first = following.refresh()
  await say(app, 'two')
  await Promise.all([first, ...Array.from({ length: 20 }, () => following.refresh())])
  assert.equal(swapped.at(-1), 'two')
  assert.ok(swapped.length <= 3, swapped.join())
  await following.close()
})

test('a reading that fails is told, leaves what is in force, and the next one counts', async (t) => {
  const app = await opened(t, await folder(t))
  const [told, swapped]: [unknown[], (string | undefined)[]] = [[], []]
  const listeners: ((rows: readonly EntryRow[]) => void)[] = []
  const hear = (rows: readonly EntryRow[]) => listeners.forEach((listener) => listener(rows))
  let isAway = true
  const following = followPolicy(
    app.enforce,
    async (policy) => {
      if (isAway) throw new Error('the module of the HTTP client is gone')
      swapped.push(modelOf(policy))
    },
    (listener) => {
      listeners.push(listener)
      return () => undefined
    },
    (error) => told.push(error),
  )
  await say(app, 'one')
  const rows = await app.store.read.log.rows(0, (await app.store.read.log.state()).size)
  hear(rows)
  await assert.rejects(following.refresh())
  assert.equal(told.length, 1)
  isAway = false
  hear(rows.filter(({ subjectKind }) => subjectKind === 'log'))
  assert.deepEqual(swapped, [])
  hear(rows)
  await following.close()
  assert.deepEqual(swapped, ['one'])
})

test('a version that this release cannot read stops the start, and a changed configuration takes over', async (t) => {
  const dataDir = await folder(t)
  const before = await opened(t, dataDir)
  await before.store.change((tx) =>
    tx.policyVersions.append({
      number: 1,
      at: '2026-11-01T00:00:00.000Z',
      source: 'published',
      author: PERSON,
      note: '',
      hash: 'ab',
      configured: hashOfSaid(NO_POLICY),
      body: { ...bodyOf(NO_POLICY), guards: { 'a-guard-of-the-past': { mode: 'enforce' } } },
    }),
  )
  await before.close()
  await assert.rejects(opened(t, dataDir), {
    code: 'config_invalid',
    message: /version 1 of the gateway's policy: guards\.a-guard-of-the-past/,
    hint: /change parapet\.yaml/,
  })
  const after = await opened(t, dataDir, routeTo('m'))
  await after.gateway.adopt()
  const latest = await after.store.read.policyVersions.latest()
  assert.deepEqual([latest?.number, latest?.source], [2, 'configuration'])
})
