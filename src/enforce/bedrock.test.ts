// Amazon's Converse as an upstream, for clients of other formats: its own framing, its own way with tools.
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { awsEventStream } from './frames-aws.ts'
import { awsMessage } from './testing-aws.ts'
import { startGateway, startUpstream } from './testing.ts'
import { signV4 } from './upstream/sigv4.ts'

async function open(t: TestContext) {
  const upstream = await startUpstream(t)
  const gateway = await startGateway(t, {
    upstreams: { aws: { provider: 'bedrock', url: upstream.url, key: 'aws-key' } },
    routes: { aws: { models: ['nova'], upstreams: [{ use: 'aws', model: 'amazon.nova-lite-v1:0' }] } },
  })
  return { upstream, gateway }
}

test('a request with an access key is signed with all that arrives', async (t) => {
  const upstream = await startUpstream(t)
  const key = `AKIAEXAMPLEEXAMPLE00:${'s3cr3t/+'.repeat(5)}:the-token==`
  const aws = { provider: 'bedrock-access-key', url: upstream.url, key, region: 'eu-central-1' }
  const routes = { aws: { models: ['nova'], upstreams: [{ use: 'aws', model: 'amazon.nova-lite-v1:0' }] } }
  const gateway = await startGateway(t, { upstreams: { aws }, routes })
  await gateway.send('/v1/chat/completions', { model: 'nova', messages: [{ role: 'user', content: 'Hi' }] })
  const [sent] = upstream.recorded
  const date = String(sent?.headers['x-amz-date'])
  const at = new Date(date.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'))
  const again = signV4(
    {
      method: 'POST',
      host: String(sent?.headers.host),
      path: sent?.path ?? '',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(sent?.body ?? ''),
      region: 'eu-central-1',
      service: 'bedrock',
      at,
    },
    { accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 's3cr3t/+'.repeat(5), sessionToken: 'the-token==' },
  )
  assert.equal(sent?.headers.authorization, again['authorization'])
  assert.equal(sent?.headers['x-amz-security-token'], 'the-token==')
  assert.ok(Math.abs(at.getTime() - Date.now()) < 60_000)
  assert.ok(!JSON.stringify(sent.headers).includes('s3cr3t'))
})

test('an access key that is none, or a region that nobody says, is told at the start', async (t) => {
  const { url } = await startUpstream(t)
  const start = (aws: object) =>
    startGateway(t, { upstreams: { aws: { provider: 'bedrock-access-key', url, ...aws } }, routes: {} })
  const key = `AKIAEXAMPLEEXAMPLE00:${'s3cr3t/+'.repeat(5)}`
  await assert.rejects(start({ region: 'eu-central-1', key: 'sk-one-word' }), /upstreams.aws.key: an access key/)
  await assert.rejects(start({ region: 'eu-central-1' }), /upstreams.aws.key/)
  await assert.rejects(start({ key }), /upstreams.aws.region/)
  await start({ key, url: 'https://bedrock-runtime.us-east-1.amazonaws.com' })
})

const TOOLS = [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }]

test('a question goes out as Converse asks for it, and its answer comes back in the format of the client', async (t) => {
  const { upstream, gateway } = await open(t)
  upstream.next.push((response) => {
    response.setHeader('content-type', 'application/json')
    const content = [{ text: 'A cat.' }, { toolUse: { toolUseId: 't1', name: 'look', input: { at: 'x' } } }]
    const usage = { inputTokens: 5, outputTokens: 2, totalTokens: 7 }
    response.end(JSON.stringify({ output: { message: { role: 'assistant', content } }, stopReason: 'tool_use', usage }))
  })
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'What is it?' },
  ]
  const answer = await gateway.send('/v1/chat/completions', { model: 'nova', max_tokens: 9, messages, tools: TOOLS })
  const body = JSON.parse(await answer.text())
  const [sent] = upstream.recorded
  assert.equal(sent?.path, '/model/amazon.nova-lite-v1%3A0/converse')
  assert.equal(sent.headers.authorization, 'Bearer aws-key')
  assert.deepEqual(JSON.parse(sent.body), {
    system: [{ text: 'Be brief.' }],
    messages: [{ role: 'user', content: [{ text: 'What is it?' }] }],
    inferenceConfig: { maxTokens: 9 },
    toolConfig: { tools: [{ toolSpec: { name: 'look', inputSchema: { json: { type: 'object' } } } }] },
  })
  assert.equal(body.choices[0].message.content, 'A cat.')
  assert.deepEqual(body.choices[0].message.tool_calls[0].function, { name: 'look', arguments: '{"at":"x"}' })
  assert.deepEqual([body.choices[0].finish_reason, body.usage.total_tokens], ['tool_calls', 7])
})

const EVENTS: [string, object][] = [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'A ' } }],
  ['contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'cat.' } }],
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['contentBlockStart', { contentBlockIndex: 1, start: { toolUse: { toolUseId: 't1', name: 'look' } } }],
  ['contentBlockDelta', { contentBlockIndex: 1, delta: { toolUse: { input: '{"at":"x"}' } } }],
  ['contentBlockStop', { contentBlockIndex: 1 }],
  ['messageStop', { stopReason: 'tool_use' }],
  ['metadata', { usage: { inputTokens: 5, outputTokens: 2 } }],
]

test('a stream in its framing comes back as the events of the client', async (t) => {
  const { upstream, gateway } = await open(t)
  upstream.next.push((response) => {
    response.setHeader('content-type', 'application/vnd.amazon.eventstream')
    for (const [event, body] of EVENTS) response.write(awsMessage(event, body))
    response.end()
  })
  const messages = [{ role: 'user', content: 'What is it?' }]
  const answer = await gateway.send('/v1/messages', { model: 'nova', max_tokens: 9, stream: true, messages })
  const events = (await answer.text())
    .split('\n')
    .flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []))
  assert.equal(upstream.recorded[0]?.path, '/model/amazon.nova-lite-v1%3A0/converse-stream')
  assert.equal(events.map(({ delta }) => delta?.text ?? '').join(''), 'A cat.')
  assert.equal(events.map(({ delta }) => delta?.partial_json ?? '').join(''), '{"at":"x"}')
  assert.deepEqual(events.at(-2).delta.stop_reason, 'tool_use')
  assert.equal(events.at(-1).type, 'message_stop')
})

test('its framing is read in pieces of any size, and a flipped bit is seen', () => {
  const bytes = Buffer.concat(EVENTS.map(([event, body]) => awsMessage(event, body)))
  for (const size of [1, 7, 64, bytes.length]) {
    const reader = awsEventStream()
    const frames = []
    for (let at = 0; at < bytes.length; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)))
    assert.deepEqual(
      frames.map(({ event, data }) => [event, JSON.parse(data)]),
      EVENTS,
    )
    assert.deepEqual(reader.end(), [])
  }
  bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60)
  assert.throws(() => awsEventStream().push(bytes), { code: 'upstream_invalid' })
  assert.throws(
    () => {
      const reader = awsEventStream()
      reader.push(awsMessage('messageStart', {}).subarray(0, 30))
      reader.end()
    },
    { code: 'upstream_invalid' },
  )
})
