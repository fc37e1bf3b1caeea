// Brings a streamed answer to the client as it comes: through the guards, in the client's format and at the client's pace.
// Where both ends speak one format the upstream's own bytes go on, and only an event that a guard changed is written anew.
import type { ServerResponse } from 'node:http'
import type { Json } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { editJson } from '../lib/json-edit.ts'
import { parseStrictJson } from '../lib/strict-json.ts'
import type { Usage } from '../model/turn.ts'
import { mustBeSayable, mustBeText } from './answer-said.ts'
import { EventMoulds, onlyText } from './event-moulds.ts'
import { type FrameReader, type InFrame, writeEvent } from './frames.ts'
import type { Inspection } from './inspection.ts'
import { type Released, StreamGate } from './stream-gate.ts'
import { cleaned } from './upstream-error.ts'
import type { Turns } from './turns.ts'
import type { Reply } from './upstream/transport.ts'
import type { Upstream } from './upstream/upstream.ts'
import { objectOf } from './wire/claims.ts'
import type { Delta } from './wire/delta.ts'
import type { OutFrame, StreamReader, StreamWriter } from './wire/wire.ts'

export interface StreamOptions {
  upstream: Pick<Upstream, 'key'>
  reply: Reply
  response: ServerResponse
  frames: FrameReader
  reader: StreamReader
  writer: StreamWriter
  isSameFormat: boolean
  /** One list that grows, in place of events. */
  asArray: boolean
  /** Events that only tell what was used are for us, and not for the client. */
  hidesUsage: boolean
  inspection: Inspection
  /** Resolves when what is held may go on; rejects where it may not. */
  hold(): Promise<void>
  /** What the client is sent meanwhile, so that nobody on the way takes the line for dead. */
  sign: string
  signMs: number
  /** How to say that the call had to end, where that is why the upstream was let go of. */
  ended(): 'length' | 'filtered' | undefined
  heldBytes: number
  /** Of the answer, as the upstream sends it. */
  mostBytes: number
  turns: Pick<Turns, 'hasTime' | 'soon'>
  /** How long the client may take nothing. */
  stallMs: number
  /** Hears of what comes, before the guards. */
  came(delta: Delta): void
  /** Hears of the bytes that go out. */
  sent(bytes: Uint8Array): void
  /** Hears of what the guards let through. */
  heard(delta: Delta): void
  onBug(error: unknown): void
}

/** So few bytes do not wait for a turn: what a model writes word by word goes on at once, however much others stream. */
const LITTLE = 4096

export interface Streamed {
  outcome: 'whole' | 'blocked' | 'broken'
  usage: Usage | undefined
  /** UTF-8 bytes of text and of arguments that came. */
  seenBytes: number
  /** Of the body, as they were handed over. */
  bytes: number
}

/** Resolves when the last byte was handed over. Never rejects: what goes wrong is told in the stream. */
export function relayStream(options: StreamOptions): Promise<Streamed> {
  return new Promise((resolve) => new Relay(options, resolve).start())
}

class Relay {
  readonly #options: StreamOptions
  readonly #resolve: (streamed: Streamed) => void
  readonly #gate: StreamGate<InFrame>
  readonly #moulds: EventMoulds | undefined
  readonly #choices = new Map<number, 'open' | 'stopped'>()
  #usage: Usage | undefined
  #seenBytes = 0
  #isStarted = false
  #arrived = 0
  #bytes = 0
  #isDone = false
  #isFirst = true
  #stall: NodeJS.Timeout | undefined
  #came: InFrame[] = []
  #cameBytes = 0
  readonly #go = () => this.#guarded(() => this.#flow())
  readonly #goWhenDue = () => {
    const { turns, reply } = this.#options
    if (this.#isDone) return
    if (this.#cameBytes <= LITTLE || turns.hasTime) return this.#go()
    reply.pause()
    turns.soon(this.#goOn)
  }
  readonly #goOn = () => {
    const { reply, response } = this.#options
    this.#go()
    if (!this.#isDone && !response.writableNeedDrain) reply.resume()
  }
  #holding: Promise<void> | undefined

  constructor(options: StreamOptions, resolve: (streamed: Streamed) => void) {
    this.#options = options
    this.#resolve = resolve
    this.#gate = new StreamGate(options.inspection, options.heldBytes)
    const { varying } = options.reader
    this.#moulds = varying && new EventMoulds(varying)
  }

  start(): void {
    const { reply, response } = this.#options
    response.on('drain', () => {
      clearTimeout(this.#stall)
      if (!this.#isDone) reply.resume()
    })
    response.once('close', () => {
      if (this.#isDone) return
      reply.abort()
      this.#finish('broken')
    })
    reply.read({
      data: (chunk) => this.#guarded(() => this.#take(chunk)),
      end: () => this.#guarded(() => this.#end()),
      error: (failure) => {
        this.#go()
        const ended = this.#options.ended()
        if (ended === undefined) this.#break(failure)
        else this.#cutShort(ended)
      },
    })
  }

  /** What comes with one look at the socket, in however many pieces, is dealt with at once. */
  #take(chunk: Buffer): void {
    const { mostBytes, frames } = this.#options
    this.#arrived += chunk.length
    if (this.#arrived > mostBytes)
      throw new Failure('upstream_invalid', `the upstream streamed more than ${mostBytes} bytes`)
    this.#cameBytes += chunk.length
    const came = frames.push(chunk)
    if (this.#came.length > 0) {
      for (const frame of came) this.#came.push(frame)
      return
    }
    this.#came = came
    if (came.length > 0) queueMicrotask(this.#goWhenDue)
  }

  #guarded(work: () => void): void {
    if (this.#isDone) return
    try {
      work()
    } catch (error) {
      this.#options.reply.abort()
      if (!(error instanceof Failure)) this.#options.onBug(error)
      if (error instanceof Failure && error.code === 'blocked') this.#block()
      else
        this.#break(error instanceof Failure ? error : new Failure('upstream_invalid', 'the answer could not be read'))
    }
  }

  /** Sends on what may go of what came. */
  #flow(): void {
    const came = this.#came
    if (came.length === 0) return
    this.#came = []
    this.#cameBytes = 0
    for (const frame of came) {
      const { deltas, body, isKnown } = this.#read(frame)
      this.#gate.push(frame, deltas, frame.raw.length, body, isKnown)
    }
    let out = ''
    const put = (text: string) => void (out += text)
    for (const released of this.#gate.release()) this.#give(released, put)
    this.#write(out)
    if (this.#gate.isBlocked) this.#block()
  }

  #read(frame: InFrame): { deltas: readonly Delta[]; body: Json; isKnown: boolean } {
    const { raw } = frame
    const known = this.#moulds?.recognise(raw)
    if (known !== undefined) {
      this.#note(known.deltas[0])
      return known
    }
    const { data, event } = frame
    if (data === '') return { deltas: [], body: null, isKnown: false }
    const body = data === '[DONE]' ? data : parsed(data)
    const deltas = this.#options.reader.read(body, event)
    for (const delta of deltas) this.#note(delta)
    const delta = onlyText(deltas)
    if (delta === undefined && deltas.length > 0) this.#moulds?.forget()
    else if (delta) this.#moulds?.learn(raw, data, delta, body, (body) => this.#options.inspection.isSilentOn(body))
    return { deltas, body, isKnown: false }
  }

  #note(delta: Delta): void {
    this.#options.came(delta)
    if ('text' in delta && delta.kind !== 'whole') this.#seenBytes += Buffer.byteLength(delta.text)
    if (delta.kind === 'usage') this.#usage = delta.usage
    else if ('choice' in delta && !this.#choices.has(delta.choice)) this.#choices.set(delta.choice, 'open')
  }

  #give({ frame, body, deltas, edits }: Released<InFrame>, put: (text: string) => void): void {
    const { upstream, writer, isSameFormat, asArray, heard, hidesUsage } = this.#options
    let isError = false
    for (const delta of deltas) {
      heard(delta)
      if (delta.kind === 'start') this.#isStarted = true
      if (delta.kind === 'error') isError = true
      if (delta.kind === 'stop') this.#choices.set(delta.choice, 'stopped')
      if (delta.kind === 'media' && !isSameFormat) mustBeText([{ kind: delta.what }])
      if (delta.kind === 'stop' && !isSameFormat && this.#choices.size === 1) mustBeSayable([delta.reason])
    }
    if (!isSameFormat) return put(this.#written(deltas))
    if (hidesUsage && deltas.length > 0 && deltas.every(({ kind }) => kind === 'usage')) return
    const isOwn = edits.length === 0 && !asArray && !isError
    const edited = isOwn ? undefined : editJson(frame.data, edits)
    const data = isError && edited !== undefined ? upstream.key.without(edited) : edited
    const event = objectOf(edits.length === 0 || data === undefined ? body : parsed(data))
    // So it knows what is open when it has to end the stream in our own words.
    if (event !== undefined) writer.follow(event)
    if (data === undefined) return put(frame.raw)
    return put(asArray ? this.#element(data) : writeEvent(frame.event, data))
  }

  #written(deltas: readonly Delta[]): string {
    const { upstream, writer } = this.#options
    const frames = deltas.flatMap((delta) =>
      writer.write(
        delta.kind === 'error' ? Object.assign({ ...delta }, { message: cleaned(upstream, delta.message) }) : delta,
      ),
    )
    return frames.map((frame) => this.#framed(frame)).join('')
  }

  #framed({ event, data }: OutFrame): string {
    const text = data === '[DONE]' ? data : JSON.stringify(data)
    return this.#options.asArray ? this.#element(text) : writeEvent(event, text)
  }

  #element(data: string): string {
    const opener = this.#isFirst ? '[' : ',\r\n'
    this.#isFirst = false
    return data === '' ? '' : opener + data
  }

  #end(): void {
    for (const frame of this.#options.frames.end()) this.#came.push(frame)
    this.#flow()
    if (this.#isDone) return
    let out = ''
    for (const released of this.#gate.end()) this.#give(released, (text) => void (out += text))
    if (this.#gate.isBlocked) return this.#block()
    if (!this.#gate.isHeld) return this.#last(out)
    this.#write(out)
    return void this.#hold()
  }

  /** The upstream is done, and a person is asked about what did not go out yet. */
  async #hold(): Promise<void> {
    const { hold, sign, signMs, onBug } = this.#options
    const sayStill = () => this.#write(sign)
    sayStill()
    const timer = setInterval(sayStill, signMs)
    try {
      this.#holding = hold()
      await this.#holding
    } catch (error) {
      const ended = this.#options.ended()
      if (ended !== undefined) return this.#cutShort(ended)
      if (!(error instanceof Failure) && !this.#isDone) onBug(error)
      const failure =
        error instanceof Failure ? error : new Failure('blocked', 'nobody could be asked about this answer')
      return this.#refuse(failure)
    } finally {
      clearInterval(timer)
    }
    this.#guarded(() => {
      let out = ''
      for (const released of this.#gate.letGo()) this.#give(released, (text) => void (out += text))
      if (this.#gate.isBlocked) return this.#block()
      this.#last(out)
    })
  }

  #last(before: string): void {
    let out = before
    const last = this.#options.reader.end()
    const failure = last.find((delta) => delta.kind === 'error')
    if (!this.#options.isSameFormat || failure) out += this.#written(last)
    this.#write(out)
    return this.#finish(failure ? 'broken' : 'whole')
  }

  #block(): void {
    this.#cutShort('filtered')
  }

  /** The format's own way to say that the rest is withheld, or that it was too long. */
  #cutShort(reason: 'filtered' | 'length'): void {
    if (this.#isDone) return
    this.#options.reply.abort()
    const open = [...this.#choices].filter(([, state]) => state === 'open').map(([choice]) => choice)
    const choices = this.#choices.size === 0 ? [0] : open
    const deltas: Delta[] = [
      ...(this.#isStarted ? [] : [{ kind: 'start', id: '', model: '' } as const]),
      ...choices.map((choice) => ({ kind: 'stop', choice, reason }) as const),
      { kind: 'end' },
    ]
    this.#write(this.#written(deltas))
    this.#finish('blocked')
  }

  #break(failure: Failure): void {
    this.#tell(failure, 'broken')
  }

  #refuse(failure: Failure): void {
    this.#tell(failure, failure.code === 'blocked' ? 'blocked' : 'broken')
  }

  #tell({ message, hint, code }: Failure, outcome: Streamed['outcome']): void {
    if (this.#isDone) return
    this.#write(this.#written([{ kind: 'error', message: hint === undefined ? message : `${message}: ${hint}`, code }]))
    this.#finish(outcome)
  }

  #write(text: string): void {
    const { response, reply, sent, stallMs } = this.#options
    if (text === '' || this.#isDone || response.destroyed) return
    // For a string that waits, three times the room is taken.
    const bytes = Buffer.from(text)
    this.#bytes += bytes.length
    sent(bytes)
    if (response.write(bytes)) return
    reply.pause()
    clearTimeout(this.#stall)
    this.#stall = setTimeout(() => response.destroy(), stallMs)
  }

  #finish(outcome: Streamed['outcome']): void {
    const { response, asArray } = this.#options
    if (asArray) this.#write(this.#isFirst ? '[]' : ']')
    this.#isDone = true
    clearTimeout(this.#stall)
    if (!response.destroyed) response.end()
    const streamed = { outcome, usage: this.#usage, seenBytes: this.#seenBytes, bytes: this.#bytes }
    if (this.#holding === undefined) return this.#resolve(streamed)
    // Of a client that left meanwhile, too, it is known first how the wait ended.
    const tell = () => this.#resolve(streamed)
    this.#holding.then(tell, tell)
  }
}

function parsed(data: string): Json {
  try {
    // What one reader takes from the first of two equal keys, another takes from the last.
    return parseStrictJson(data, 'envelope')
  } catch (cause) {
    throw new Failure('upstream_invalid', 'the upstream sent an event that is not JSON of one meaning', { cause })
  }
}
