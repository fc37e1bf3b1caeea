// For tests: one question and one answer in every format, whole and as a stream whose events are cut between any two
// letters, sent through a gateway on real sockets.
import type { ServerResponse } from 'node:http'
import type { TestContext } from 'node:test'
import type { Json } from '../lib/canonical-json.ts'
import type { Speaker } from '../model/finding.ts'
import type { Answer, Message, Part, TextPart, Turn } from '../model/turn.ts'
import { deltasOf } from './demo/deltas.ts'
import { eventStream, writeFrame } from './frames.ts'
import { startGateway, startUpstream, type TestGateway, type TestGatewayOptions } from './testing.ts'
import type { Delta } from './wire/delta.ts'
import { CONVERSATIONS } from './wire/index.ts'
import type { Conversation } from './wire/wire.ts'

export interface Asking {
  system?: string
  user: string
  /** What a tool gave. */
  tool?: string
  schema?: Json
}

export interface Answering {
  text?: string
  /** Arguments of a tool call, as an object. */
  call?: Json
  choices?: number
}

export interface Asked {
  status: number
  headers: Headers
  /** What the upstream got, in its own format; empty where nothing arrived. */
  sent: string
  /** The words of each choice, and the arguments of its call. */
  texts: string[]
  calls: Json[]
  stops: string[]
  raw: string
  gateway: TestGateway
}

const CONTEXT = { id: 'x', model: 'm', createdAt: new Date(0) }
const SCHEMA = { type: 'object', properties: { to: { type: 'string' } } }

/** Each format whole and streamed, and one that is turned into another on the way. */
export const WAYS: readonly { title: string; client: Conversation; upstream: Conversation; stream: boolean }[] =
  CONVERSATIONS.flatMap((client, i) => {
    const other = CONVERSATIONS[(i + 1) % CONVERSATIONS.length] ?? client
    return [client, other].flatMap((upstream) =>
      [false, true].map((stream) => ({
        title: `${client.id}${upstream === client ? '' : ` over ${upstream.id}`}, ${stream ? 'streamed' : 'whole'}`,
        client,
        upstream,
        stream,
      })),
    )
  })

/** What differs from a gateway as shipped, and how the upstream sends what it has to say. */
interface Through extends Pick<TestGatewayOptions, 'atWork' | 'budgets' | 'prices' | 'caller' | 'now'> {
  send?: (response: ServerResponse, text: string) => void
  /** Of the upstream. */
  key?: string
  /** Called before the question is sent. */
  started?: (gateway: TestGateway) => void
  /** Called when the head of the answer has come. */
  headed?: () => void
}

export async function askThrough(
  t: TestContext,
  { client, upstream: wire, stream }: (typeof WAYS)[number],
  guards: object,
  question: Asking,
  answer: Answering | ((sent: string) => Answering),
  { send = (response, text) => void response.end(text), key, started, headed, ...more }: Through = {},
): Promise<Asked> {
  const upstream = await startUpstream(t)
  const provider = wire.id.startsWith('openai') ? 'openai' : wire.id.startsWith('anthropic') ? 'anthropic' : 'gemini'
  const gateway = await startGateway(t, {
    upstreams: { u: { provider, url: upstream.url, formats: [wire.id], ...(key === undefined ? {} : { key }) } },
    routes: { r: { models: ['m'], upstreams: ['u'] } },
    guards,
    ...more,
  })
  started?.(gateway)
  upstream.next.push((response, { body }) => {
    const said = toAnswer(typeof answer === 'function' ? answer(body) : answer)
    response.setHeader('content-type', stream ? 'text/event-stream' : 'application/json')
    send(response, stream ? streamOf(wire, said) : JSON.stringify(wire.client.writeAnswer(said, CONTEXT)))
  })
  const response = await gateway.send(pathOf(client, stream), client.upstream.writeRequest(toTurn(question, stream)))
  headed?.()
  const raw = await response.text()
  const sent = upstream.recorded[0]?.body ?? ''
  const heard = response.status === 200 ? hear(client, raw, stream) : { texts: [], calls: [], stops: [] }
  return { status: response.status, headers: response.headers, sent, raw, gateway, ...heard }
}

function pathOf({ id }: Conversation, stream: boolean): string {
  if (id === 'openai-chat') return '/v1/chat/completions'
  if (id === 'openai-responses') return '/v1/responses'
  if (id === 'anthropic-messages') return '/v1/messages'
  return `/v1beta/models/m:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`
}

function toTurn({ system, user, tool, schema }: Asking, stream: boolean): Turn {
  const look = { id: 'c1', name: 'look' }
  const results: Message[] =
    tool === undefined
      ? []
      : [
          {
            origin: 'assistant',
            parts: [{ kind: 'tool-call', origin: 'assistant', at: [], ...look, arguments: '{}' }],
          },
          {
            origin: 'tool',
            parts: [
              { kind: 'tool-result', origin: 'tool', at: [], ...look, parts: [said('tool', tool)], isError: false },
            ],
          },
        ]
  return {
    model: 'm',
    stream,
    messages: [
      ...(system === undefined ? [] : [{ origin: 'system' as const, parts: [said('system', system)] }]),
      { origin: 'user', parts: [said('user', user)] },
      ...results,
    ],
    tools: tool === undefined ? [] : [{ name: 'look', description: 'Looks', schema: SCHEMA }],
    toolChoice: undefined,
    sampling: { maxTokens: 99, ...(schema === undefined ? {} : { schema: { name: 'answer', schema } }) },
    foreign: [],
    rest: [],
  }
}

function said(origin: Speaker, text: string): TextPart {
  return { kind: 'text', origin, at: [], text }
}

function toAnswer({ text, call, choices = 1 }: Answering): Answer {
  const parts: Part[] = []
  if (text !== undefined) parts.push(said('assistant', text))
  if (call !== undefined) {
    const input = JSON.stringify(call)
    parts.push({ kind: 'tool-call', origin: 'assistant', at: [], id: 'c2', name: 'send', arguments: input })
  }
  const stop = call === undefined ? 'end' : 'tools'
  return {
    id: 'a',
    model: 'm',
    choices: Array.from({ length: choices }, (_, index) => ({ index, parts, stop })),
    usage: { input: 3, output: 4 },
    rest: [],
  }
}

/** Letter by letter, so that every place inside of a word is a place between two events. */
function streamOf(wire: Conversation, answer: Answer): string {
  const writer = wire.client.writeStream(CONTEXT)
  return deltasOf(answer)
    .flatMap((delta): Delta[] =>
      delta.kind === 'text' || delta.kind === 'arguments'
        ? [...delta.text].map((text) => Object.assign({ ...delta }, { text }))
        : [delta],
    )
    .flatMap((delta) => writer.write(delta).map(writeFrame))
    .join('')
}

function hear(wire: Conversation, raw: string, stream: boolean): Pick<Asked, 'texts' | 'calls' | 'stops'> {
  return stream ? hearStream(wire, raw) : hearWhole(wire, raw)
}

function hearWhole(wire: Conversation, raw: string): Pick<Asked, 'texts' | 'calls' | 'stops'> {
  const { choices } = wire.upstream.readAnswer(JSON.parse(raw))
  const parts = choices.flatMap((choice) => choice.parts)
  return {
    texts: parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])),
    calls: parts.flatMap((part) => (part.kind === 'tool-call' ? [JSON.parse(part.arguments) as Json] : [])),
    stops: choices.map(({ stop }) => stop),
  }
}

function hearStream(wire: Conversation, raw: string): Pick<Asked, 'texts' | 'calls' | 'stops'> {
  const reader = wire.upstream.readStream()
  const deltas = eventStream()
    .push(Buffer.from(raw))
    .flatMap(({ data, event }) => reader.read(data === '[DONE]' ? data : (JSON.parse(data) as Json), event))
  const [texts, calls] = [new Map<number, string>(), new Map<string, string>()]
  for (const delta of deltas) {
    if (delta.kind === 'text' && delta.channel === 'text')
      texts.set(delta.choice, (texts.get(delta.choice) ?? '') + delta.text)
    const key = 'choice' in delta && 'block' in delta ? `${delta.choice}/${delta.block}` : ''
    if (delta.kind === 'arguments') calls.set(key, (calls.get(key) ?? '') + delta.text)
  }
  return {
    texts: [...texts.values()],
    calls: [...calls.values()].map((text) => JSON.parse(text) as Json),
    stops: deltas.flatMap((delta) => (delta.kind === 'stop' ? [delta.reason] : [])),
  }
}
