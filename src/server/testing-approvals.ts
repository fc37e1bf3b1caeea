// For tests: a whole server whose policy holds calls, the libraries of the providers in front of it, and people who decide.
import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { startUpstream } from '../enforce/testing.ts'
import type { Role } from '../model/role.ts'
import { startTestServer } from './testing.ts'

export const TOOL = { type: 'object', properties: { at: { type: 'string' } }, required: ['at'] } as const
export const ASKS = 'Please use look at "the cat"'
export const RULE = { tools: ['look'], wait: 30 }

export interface Waiting {
  id: string
  state: string
  cannot?: string
  tools: string[]
  missing: string[]
  reason?: string
  gist?: { asked: string; calls: { name: string; arguments: string }[]; words: string }
}

export async function openHouse(
  t: TestContext,
  rules: readonly object[],
  more: { guards?: object; settings?: object } = {},
) {
  const upstream = await startUpstream(t)
  const server = await startTestServer(
    {
      settings: {
        upstreams: {
          openai: { provider: 'openai', url: upstream.url },
          anthropic: { provider: 'anthropic', url: upstream.url },
          gemini: { provider: 'gemini', url: upstream.url },
        },
        routes: Object.fromEntries(
          ['openai', 'anthropic', 'gemini'].map((id) => [id, { models: [`${id}-*`], upstreams: [id] }]),
        ),
        guards: { oversight: { rules }, ...more.guards },
        ...more.settings,
      },
    },
    t,
  )
  const maker = await server.person('owner')
  const made = await server.send('POST', '/api/keys', { headers: maker.headers, body: { name: 'shop' } })
  const secret = String(made.body['secret'])
  const person = async (role: Role) => (await server.person(role)).headers
  const owner = await person('owner')
  return {
    upstream,
    server,
    owner,
    maker: maker.headers,
    person,
    secret,
    openai: new OpenAI({ baseURL: `${server.url}/v1`, apiKey: secret, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: server.url, apiKey: secret, maxRetries: 0 }),
    gemini: new GoogleGenAI({ apiKey: secret, httpOptions: { baseUrl: server.url } }),
    /** The next one that waits. */
    async waiting(headers = owner): Promise<Waiting> {
      for (let tries = 0; tries < 200; tries++) {
        const { body } = await server.send('GET', '/api/approvals?state=waiting', { headers })
        const [first] = body['items'] as Waiting[]
        if (first !== undefined)
          return (await server.send('GET', `/api/approvals/${first.id}`, { headers })).body as unknown as Waiting
        await sleep(20)
      }
      return assert.fail('nothing waits')
    },
    decide: (id: string, what: 'approve' | 'refuse', headers = owner) =>
      server.send('POST', `/api/approvals/${id}/${what}`, { headers, body: { reason: 'I looked at it' } }),
    show: async (id: string) =>
      (await server.send('GET', `/api/approvals/${id}`, { headers: owner })).body as unknown as Waiting,
    /** The record of the last call. */
    async exchange() {
      for (let tries = 0; tries < 100; tries++) {
        const { items } = await server.app.store.read.calls.list({ limit: 1 })
        const [row] = items
        if (row !== undefined) return (await server.send('GET', `/api/exchanges/${row.id}`, { headers: owner })).body
        await sleep(30)
      }
      return assert.fail('no call is on record')
    },
  }
}
export type House = Awaited<ReturnType<typeof openHouse>>
