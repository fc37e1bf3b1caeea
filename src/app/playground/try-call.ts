// A call that a person makes to see what becomes of it. It takes the way of every call, over HTTP and through every guard,
// and is counted and recorded like any other; only the key is left out, and the words of the far side are heard as well.
import type { IncomingMessage } from 'node:http'
import type { Gateway } from '../../enforce/gateway.ts'
import { eventStream } from '../../enforce/frames.ts'
import { WordsKeeper } from '../../enforce/words-keeper.ts'
import type { Actor } from '../../model/actor.ts'
import { type Exchange, PLAYGROUND_KEY } from '../../model/exchange.ts'
import type { Store } from '../../store/store.ts'
import { askInMemory } from './in-memory-http.ts'
import { bodyOf, type PartName, PARTS, partsOf, type Question } from './question.ts'

const MOST_ANSWER = 1024 * 1024

export interface Try extends Question {
  /** Only on this route. */
  route?: string | undefined
  /** Guards that are to enforce on this call, whatever the policy says. */
  enforce?: readonly string[] | undefined
}

export interface Trier {
  actor: Actor
  address: string
  /** Says that nobody waits for it any more. */
  signal: AbortSignal
  /** Hears the answer as it comes. */
  heard(text: string): void
}

export interface Tried {
  exchange: Exchange
  /** Where it was refused: in the words that a client gets. */
  refusal: string | undefined
  /** What each part of the request was, and what went to the model; `after` is absent where nothing went. */
  parts: readonly { name: PartName; before?: string | undefined; after?: string | undefined }[]
  /** What the model answered, and what the client got. */
  answer: { before: string | undefined; after: string }
}

interface Parts {
  gateway: Pick<Gateway, 'doorFor'>
  store: Pick<Store, 'append'>
}

export async function tryCall({ gateway, store }: Parts, asked: Try, trier: Trier): Promise<Tried> {
  const { enforce = [] } = asked
  const farWords = new WordsKeeper('full')
  const ended = Promise.withResolvers<Exchange>()
  const door = gateway.doorFor({
    caller: {
      keyId: PLAYGROUND_KEY,
      asset: undefined,
      // What is counted by person is counted by him who tries.
      user: trier.actor.accountId ?? trier.actor.id,
      owners: [trier.actor.accountId ?? trier.actor.id],
      models: ['*'],
      routes: [asked.route ?? '*'],
    },
    farWords,
    onEnd: ended.resolve,
  })
  const reply = await askInMemory(door, {
    path: '/v1/chat/completions',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${PLAYGROUND_KEY}`,
      ...(enforce.length === 0 ? {} : { 'x-parapet-guards': enforce.map((guard) => `${guard}=enforce`).join(', ') }),
    },
    body: JSON.stringify(bodyOf(asked)),
    address: trier.address,
    signal: trier.signal,
  })
  const { text, refusal } = await readReply(reply, trier.heard)
  const exchange = await ended.promise
  await store.append([
    {
      kind: 'call.tried',
      actor: { kind: trier.actor.kind, id: trier.actor.id },
      subject: { kind: 'call', id: exchange.id },
      data: {},
    },
  ])
  const { request, answer } = farWords.words()
  const sent = request === '' ? {} : partsOf(request)
  const parts = PARTS.flatMap((name) => {
    const [before, after] = [asked[name], sent[name]]
    return before === undefined && after === undefined ? [] : [{ name, before, after }]
  })
  return { exchange, refusal, parts, answer: { before: heardText(answer), after: text } }
}

async function readReply(
  reply: IncomingMessage,
  heard: (text: string) => void,
): Promise<{ text: string; refusal: string | undefined }> {
  if (reply.statusCode !== 200) return { text: '', refusal: messageOf(await wholeOf(reply)) }
  const frames = eventStream()
  let text = ''
  let refusal: string | undefined
  const take = (events: ReturnType<typeof frames.push>) => {
    for (const { data } of events) {
      if (data === '' || data === '[DONE]') continue
      refusal ??= messageOf(data)
      const said = pieceOf(data)
      if (said === '' || text.length + said.length > MOST_ANSWER) continue
      text += said
      heard(said)
    }
  }
  try {
    for await (const chunk of reply) take(frames.push(chunk as Buffer))
    take(frames.end())
  } catch (error) {
    // Cut off in the middle: what the exchange says of it is what is told.
    if (!(error instanceof Error && 'code' in error && error.code === 'ECONNRESET')) throw error
  }
  return { text, refusal }
}

async function wholeOf(reply: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of reply.setEncoding('utf8')) text += String(chunk)
  return text
}

interface Event {
  error?: { message?: unknown }
  choices?: { delta?: { content?: unknown } }[]
}

function messageOf(data: string): string | undefined {
  const { error } = JSON.parse(data) as Event
  return typeof error?.message === 'string' ? error.message : undefined
}

function pieceOf(data: string): string {
  const { choices } = JSON.parse(data) as Event
  const content = choices?.[0]?.delta?.content
  return typeof content === 'string' ? content : ''
}

function heardText(answer: string): string | undefined {
  if (answer === '') return undefined
  const { choices } = JSON.parse(answer) as { choices?: { text?: string }[] }
  return choices?.[0]?.text
}
