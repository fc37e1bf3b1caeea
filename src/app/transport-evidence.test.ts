// Which upstreams can be listened to on the way, and what a call to one of them says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UpstreamsConfig } from '../enforce/config.ts'
import { createUpstream } from '../enforce/upstream/upstream.ts'
import { TRANSPORT, transportTold } from './transport-evidence.ts'

const addresses: [url: string, isConfidential: boolean][] = [
  ['https://models.example/v1', true],
  ['http://127.0.0.1:8000/v1', true],
  ['http://127.8.0.1/v1', true],
  ['http://[::1]:8000/v1', true],
  ['http://localhost:8000/v1', true],
  ['http://models.example/v1', false],
  ['http://10.0.0.7/v1', false],
  ['http://127.0.0.1.models.example/v1', false],
  ['http://localhost.models.example/v1', false],
]

for (const [url, isConfidential] of addresses)
  test(`calls to ${url} ${isConfidential ? 'prove' : 'disprove'} that transport is encrypted`, () => {
    const [config] = Object.values(UpstreamsConfig.parse({ up: { provider: 'openai-compatible', url } }))
    assert.ok(config)
    const upstream = createUpstream('up', config, () => ({}) as never)
    const routes = [{ id: 'chat', targets: [{ upstream }] }]
    const [told, telling] =
      transportTold({ asset: 'shop', route: 'chat', upstream: 'up', at: new Date(0) }, routes) ?? []
    assert.deepEqual(told, { asset: 'shop', route: 'chat', at: new Date(0) })
    assert.deepEqual([telling?.measure, telling?.says], [TRANSPORT, isConfidential ? 'holds' : 'breaks'])
    if (!isConfidential) assert.equal(telling?.words(2), '2 calls went to up without encryption')
  })

test('calls that went nowhere, or that are nobody’s, say nothing', () => {
  const routes = [{ id: 'chat', targets: [{ upstream: { id: 'up', isConfidential: true } }] }]
  const call = { asset: 'shop', route: 'chat', upstream: 'up', at: new Date(0) }
  for (const change of [
    { asset: undefined },
    { route: undefined },
    { upstream: undefined },
    { route: 'other' },
    { upstream: 'gone' },
  ])
    assert.equal(transportTold({ ...call, ...change }, routes), undefined)
})
