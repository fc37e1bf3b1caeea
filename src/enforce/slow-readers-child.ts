// A gateway in a process of its own, so that what it holds can be told from what its clients and its upstream hold.
import { readFileSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { startGateway } from './testing.ts'

const noTest = { after: () => undefined } as unknown as TestContext
const { url, gateway } = await startGateway(noTest, {
  upstreams: { u: { provider: 'openai', url: process.argv[2] ?? '' } },
  routes: { r: { models: ['m'], upstreams: ['u'] } },
})

process.on('message', () => {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  process.send?.({ active: gateway.active, bytes: Number(kilobytes) * 1024 })
})
process.on('disconnect', () => process.exit())
process.send?.({ url })
