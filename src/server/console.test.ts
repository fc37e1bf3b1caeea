import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import Fastify from 'fastify'
import { sendPage, serveConsole } from './console.ts'

test('that a page was opened is told, packed or not, and of no other file', async (t) => {
  const dist = mkdtempSync(join(tmpdir(), 'parapet-console-'))
  t.after(() => rmSync(dist, { recursive: true, force: true }))
  mkdirSync(join(dist, 'console'))
  for (const file of ['index.html', 'index.html.br', 'theme.js']) writeFileSync(join(dist, 'console', file), 'text')
  const fastify = Fastify()
  let opened = 0
  await serveConsole(fastify, { dist, opened: () => opened++ })
  fastify.get('/systems', (request, reply) => sendPage(request, reply))
  const told: Record<string, number> = {}
  for (const [url, packed] of [
    ['/theme.js', ''],
    ['/systems', ''],
    ['/systems', 'br'],
  ] as const) {
    opened = 0
    const { statusCode } = await fastify.inject({ url, headers: { accept: 'text/html', 'accept-encoding': packed } })
    assert.equal(statusCode, 200, url)
    told[`${url}${packed}`] = opened
  }
  await fastify.close()
  assert.deepEqual(told, { '/theme.js': 0, '/systems': 1, '/systemsbr': 1 })
})
