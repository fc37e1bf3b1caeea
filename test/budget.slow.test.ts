// A dollar or so many tokens, many processes, some of them killed: it is never overspent, what is counted is what was used,
// and nobody is refused while there is room.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGatewayKey } from '../src/admit/gateway-keys.ts'
import { openApp } from '../src/app/app.ts'
import { Config } from '../src/app/config.ts'
import { createBudget, useOfBudget } from '../src/enforce/spend/budgets.ts'
import { SYSTEM } from '../src/model/actor.ts'
import { NANOS_PER_USD, type Budget, type BudgetUnit } from '../src/model/budget.ts'
import { startPostgres } from './postgres.ts'

const CHILD = new URL('gateway-child.ts', import.meta.url).pathname
const PRICE = { input: 2, output: 10 }
const NANOS_PER_TOKEN = 1000
const CALLS = 200
const MAX_TOKENS = 400

/** What is counted, how much of it there is, what a call takes, and what is reserved for one at most. */
interface Counted {
  unit: BudgetUnit
  limit: number
  of(input: number, output: number): number
}

const MONEY: Counted = {
  unit: 'usd',
  limit: NANOS_PER_USD,
  of: (input, output) => (input * PRICE.input + output * PRICE.output) * NANOS_PER_TOKEN,
}
const TOKENS: Counted = { unit: 'tokens', limit: 120_000, of: (input, output) => input + output }

interface Upstream {
  url: string
  calls: number
  /** What all calls cost that were answered, by the replica that made them. */
  cost: Map<string, number>
}

/** Answers after a while, and has then earned its money, whether or not anybody is there to hear it. */
async function startUpstream(t: TestContext, counted: Counted): Promise<Upstream> {
  const upstream: Upstream = { url: '', calls: 0, cost: new Map() }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { user } = JSON.parse(Buffer.concat(chunks).toString()) as { user: string }
      const number = upstream.calls++
      const [input, output] = [60 + (number % 50), 100 + (number % 200)]
      const cost = counted.of(input, output)
      upstream.cost.set(user, (upstream.cost.get(user) ?? 0) + cost)
      await sleep(5 + (number % 40))
      const message = { role: 'assistant', content: 'Hi' }
      response.writeHead(200, { 'content-type': 'application/json' })
      const usage = { prompt_tokens: input, completion_tokens: output }
      response.end(
        JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }], usage }),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  t.after(() => server.closeAllConnections())
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return upstream
}

interface House {
  config: object
  upstream: Upstream
  secret: string
  budget: Budget
  counted: Counted
  start(): Promise<Replica>
}

interface Replica {
  name: string
  url: string
  kill(): Promise<void>
  stop(): Promise<void>
}

async function openHouse(t: TestContext, counted: Counted, databaseUrl?: string): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parapet-budget-'))
  const upstream = await startUpstream(t, counted)
  const config = {
    dataDir,
    databaseUrl,
    port: 0,
    logLevel: 'silent',
    upstreams: { mock: { provider: 'openai', url: upstream.url, private: true } },
    routes: { all: { models: ['m'], upstreams: ['mock'] } },
    prices: { m: PRICE },
  }
  const app = await openApp(Config.parse(config))
  const { secret } = await createGatewayKey(app.admit, SYSTEM, {
    name: 'load',
    models: ['*'],
    routes: ['*'],
    asset: undefined,
    limits: {},
    expiresAt: undefined,
  })
  const budget = await createBudget(app, SYSTEM, {
    name: 'all there is',
    unit: counted.unit,
    limit: counted.limit,
    period: 'total',
    key: undefined,
    asset: undefined,
    model: undefined,
  })
  await app.close()
  const children = new Set<ChildProcess>()
  t.after(async () => {
    for (const child of children) child.kill('SIGKILL')
    await rm(dataDir, { recursive: true })
  })
  let count = 0
  async function start(): Promise<Replica> {
    const child = spawn(process.execPath, [CHILD, JSON.stringify(config)], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.add(child)
    const ended = once(child, 'exit')
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const end = (signal: NodeJS.Signals) => async () => {
      child.kill(signal)
      await ended
      children.delete(child)
    }
    return { name: `r${count++}`, url: line.toString().trim(), kill: end('SIGKILL'), stop: end('SIGTERM') }
  }
  return { config, upstream, secret, budget, counted, start }
}

type Said = 'answered' | 'refused' | 'lost'

/** As an official library does: it tries again where it is told that this makes sense. */
async function call({ secret }: House, { url, name }: Replica): Promise<Said> {
  for (;;) {
    const reply = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({
        model: 'm',
        user: name,
        max_tokens: MAX_TOKENS,
        messages: [{ role: 'user', content: 'Hello' }],
      }),
    }).catch(() => undefined)
    if (reply === undefined) return 'lost'
    const text = await reply.text().catch(() => '')
    if (reply.status === 200) return 'answered'
    if (reply.status !== 429 && reply.status !== 503) throw new Error(`${reply.status}: ${text}`)
    if (reply.headers.get('x-should-retry') === 'false') return 'refused'
    await sleep(Number(reply.headers.get('retry-after') ?? 1) * (700 + Math.random() * 600))
  }
}

function burst(house: House, replica: Replica): Promise<Said[]> {
  return Promise.all(Array.from({ length: CALLS }, () => call(house, replica)))
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await sleep(5)
}

async function assertWhole(
  { config, upstream, budget, counted }: House,
  survivors: readonly Replica[],
  killedAt: number,
) {
  const app = await openApp(Config.parse(config))
  const use = await useOfBudget(app, budget)
  await app.close()
  const served = upstream.cost.values().reduce((sum, cost) => sum + cost, 0)
  const taken = use.spent + use.held + use.lost
  assert.ok(served <= counted.limit, `${served} was spent of ${counted.limit}`)
  assert.ok(served <= taken && taken <= counted.limit, `${served} spent, ${taken} counted`)
  const alive = use.holders.filter(({ updatedAt }) => updatedAt > killedAt)
  const told = alive.reduce((sum, { spent }) => sum + spent, 0)
  const used = survivors.reduce((sum, { name }) => sum + (upstream.cost.get(name) ?? 0), 0)
  assert.equal(told, used, 'the ledger is what was used')
  assert.ok(alive.every(({ held, lost }) => held === 0 && lost === 0))
  // Who was refused for good was refused because not even one more call had room.
  const left = counted.limit - taken
  assert.ok(left < counted.of(1000, MAX_TOKENS), `${left} was left`)
}

for (const counted of [MONEY, TOKENS]) {
  test(`${counted.unit}: four replicas on PostgreSQL, two of them killed`, { timeout: 180_000 }, async (t) => {
    const postgres = await startPostgres()
    t.after(() => postgres.stop())
    const house = await openHouse(t, counted, await postgres.createDatabase())
    const replicas = await Promise.all([house.start(), house.start(), house.start(), house.start()])
    const [a, b, c, d] = replicas as [Replica, Replica, Replica, Replica]
    const first = Promise.all(replicas.map((replica) => burst(house, replica)))
    await until(() => house.upstream.calls > 120)
    await Promise.all([a.kill(), b.kill()])
    const killedAt = Date.now()
    const survived = (await first).slice(2).flat()
    const said = new Set([...survived, ...(await Promise.all([burst(house, c), burst(house, d)])).flat()])
    assert.ok(!said.has('lost'), 'a replica that lives answers everybody')
    assert.ok(said.has('refused'), 'all is gone at last')
    await Promise.all([c.stop(), d.stop()])
    await assertWhole(house, [c, d], killedAt)
  })

  test(`${counted.unit}: a house with its own store, killed three times`, { timeout: 180_000 }, async (t) => {
    const house = await openHouse(t, counted)
    for (let i = 1; i <= 3; i++) {
      const replica = await house.start()
      let isOver = false
      const bursting = burst(house, replica).finally(() => (isOver = true))
      // What the killed ones had reserved counts as spent, so all may be gone before the last of them is killed.
      await until(() => isOver || house.upstream.calls > 40 * i)
      await replica.kill()
      await bursting
    }
    const killedAt = Date.now()
    const last = await house.start()
    const said: Said[] = []
    for (let i = 0; i < 5 && !said.includes('refused'); i++) said.push(...(await burst(house, last)))
    assert.ok(said.includes('refused'), 'all is gone at last')
    await last.stop()
    await assertWhole(house, [last], killedAt)
  })
}
