// Holds the events of a streamed answer until the guards know enough of what they carry: text until it can be part of no
// finding, a tool call until it is whole. Text flows past a call that is held, but a call never past text.
// Invariant: what goes out, put together, is what the guards allow of the whole answer, however the stream was cut.
import type { Json } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { editJson, type JsonEdit } from '../lib/json-edit.ts'
import { spellingsOf, withoutSpelling } from './confidences.ts'
import { FirstValue } from './first-value.ts'
import type { Inspection } from './inspection.ts'
import type { Lane } from './lane.ts'
import { type Wait, Said, Saying } from './said.ts'
import { textsOfCall, valuesOfCall } from './texts.ts'
import { type Waiting, WaitingEvents } from './waiting.ts'
import { UNSIGNED } from './wire/unsigned.ts'
import type { ArgumentsDelta, CallDelta, Delta, PieceDelta, SignatureDelta, TextDelta } from './wire/delta.ts'

export interface Released<Frame> {
  readonly frame: Frame
  /** The event's own JSON, as it came. */
  readonly body: Json
  /** As they read after the guards. */
  readonly deltas: readonly Delta[]
  /** What has to change in the event's own JSON; empty where it goes out as it came. */
  readonly edits: readonly JsonEdit[]
}

interface Call {
  choice: number
  name: string
  text: string
  /** Looked for where somebody looks over seams. */
  first: FirstValue | undefined
  isDecided: boolean
  /** What the arguments become, where a guard changed them; given out with the first piece. */
  changed: string | undefined
}

/** A text, as far as it has come. */
interface Block {
  readonly lane: Lane
  /** Undefined where nobody looks over its seams. */
  readonly said: Said | undefined
}

interface Place {
  delta: TextDelta | PieceDelta | SignatureDelta
  lane: Lane
  to: number
}

interface Spelt extends Wait {
  text: string
}

interface Piece {
  call: Call
  delta: ArgumentsDelta | undefined
}

const NONE: readonly never[] = []

class Item<Frame> implements Waiting, Released<Frame> {
  readonly frame: Frame
  readonly body: Json
  readonly bytes: number
  deltas: readonly Delta[]
  edits: readonly JsonEdit[] = NONE
  texts: readonly Place[] = NONE
  calls: readonly Piece[] = NONE
  /** What its log-probabilities spell. */
  spelt: readonly Spelt[] = NONE
  /** What it carries, as it is read together with what was said before. */
  joined: readonly Wait[] = NONE
  choice: number | undefined = undefined
  number = 0

  constructor(frame: Frame, body: Json, deltas: readonly Delta[], bytes: number) {
    this.frame = frame
    this.body = body
    this.deltas = deltas
    this.bytes = bytes
  }

  get isCall(): boolean {
    return this.calls.length > 0
  }

  isReady(): boolean {
    for (const { lane, to } of this.texts) if (lane.safe < to) return false
    for (const { lane, to } of this.spelt) if (lane.safe < to) return false
    for (const { lane, to } of this.joined) if (lane.safe < to) return false
    for (const { call } of this.calls) if (!call.isDecided) return false
    return true
  }

  edit(edits: readonly JsonEdit[]): void {
    if (edits.length > 0) this.edits = [...this.edits, ...edits]
  }
}

const MOST_REMEMBERED = 64
/** Texts and calls that are not whole yet. */
const MOST_OPEN = 512

export class StreamGate<Frame> {
  readonly #inspection: Inspection
  readonly #mostBytes: number
  /** Somebody looks over the seams of texts. */
  readonly #joins: boolean
  readonly #saying: Saying
  readonly #blocks = new Map<string, Block>()
  readonly #calls = new Map<string, Call>()
  readonly #spellings = new Map<string, Lane>()
  /** Texts that events repeat again and again, and what became of them. */
  readonly #seen = new Map<string, string | undefined>()
  readonly #waiting = new WaitingEvents<Item<Frame>>()
  /** Lanes that have something to look at. */
  readonly #fresh = new Set<Lane>()
  /** Calls that wait for a person. */
  readonly #heldCalls: Call[] = []
  /** Texts that ended with their choice, unless the next event goes on with them: some upstreams say so with each event. */
  #ending: string[] = []
  #held = 0

  constructor(inspection: Inspection, mostBytes: number) {
    this.#inspection = inspection
    this.#mostBytes = mostBytes
    this.#joins = inspection.joins
    this.#saying = new Saying(inspection)
  }

  get isBlocked(): boolean {
    return this.#inspection.decision.action === 'block'
  }

  /** Something of the answer waits for a person. */
  get isHeld(): boolean {
    return this.#inspection.decision.action === 'hold'
  }

  /** An event has come. `body` is its own JSON. `isKnown`: guards were silent on a body that differs from it in texts alone. */
  push(frame: Frame, deltas: readonly Delta[], bytes: number, body: Json = null, isKnown = false): void {
    const item = new Item(frame, body, deltas, bytes)
    const ending = this.#ending
    if (ending.length > 0) this.#ending = []
    for (const delta of deltas) this.#take(delta, item)
    for (const key of ending) if (!deltas.some((delta) => goesOn(delta, key))) this.#close(key)
    if (this.#blocks.size + this.#calls.size + this.#spellings.size > MOST_OPEN)
      throw new Failure('upstream_invalid', 'the upstream began more texts and calls than anybody can follow')
    if (item.edits.length > 0) item.edit(withoutSpelling(body))
    if (!isKnown) {
      // Tokens are texts that stand where nobody knows any.
      if (deltas.some(({ kind }) => kind === 'whole')) this.#spell(body, item)
      item.edit(this.#inspection.body(body))
    }
    this.#waiting.add(item)
    this.#held += bytes
  }

  /** What may go out now: events that came together are looked at together. */
  release(): Released<Frame>[] {
    for (const lane of this.#fresh) lane.look()
    this.#fresh.clear()
    this.#saying.look()
    const released = this.#released()
    if (this.#held > this.#mostBytes) {
      throw new Failure('blocked', 'more of the answer would have to be held back than is allowed')
    }
    return released
  }

  /** The upstream is done: nothing is waited for any more. */
  end(): Released<Frame>[] {
    for (const key of [...this.#blocks.keys(), ...this.#calls.keys()]) this.#close(key)
    for (const lane of this.#spellings.values()) lane.end()
    this.#saying.end()
    return this.#released()
  }

  /** A person has let go what was held. */
  letGo(): Released<Frame>[] {
    for (const call of this.#heldCalls) call.isDecided = true
    return this.#released()
  }

  #take(delta: Delta, item: Item<Frame>): void {
    switch (delta.kind) {
      case 'text':
      case 'piece': {
        item.choice ??= delta.choice
        const block = this.#block(delta)
        const { lane, said } = block
        lane.push(delta.text)
        this.#fresh.add(lane)
        const joined = said === undefined ? NONE : this.#saying.push(said, delta.text)
        if (joined.length > 0) item.joined = [...item.joined, ...joined]
        const place = { delta, lane, to: lane.length }
        item.texts = item.texts.length === 0 ? [place] : [...item.texts, place]
        return
      }
      case 'call': {
        item.choice ??= delta.choice
        const call = this.#begun(delta)
        this.#calls.set(keyOf(delta), call)
        // Other formats say them again, whatever becomes of the event.
        for (const text of [delta.name, delta.id])
          this.#inspection.whole({ origin: 'assistant', part: 'other', at: ['tool call'], text, fixed: true })
        item.calls = [...item.calls, { call, delta: undefined }]
        return
      }
      case 'arguments': {
        item.choice ??= delta.choice
        const call = this.#calls.get(keyOf(delta))
        if (call === undefined)
          throw new Failure('upstream_invalid', 'the upstream sent arguments of a call it never made')
        call.text += delta.text
        const value = call.first?.push(delta.text)
        if (value !== undefined) this.#saying.first(delta.choice, value)
        item.calls = [...item.calls, { call, delta }]
        return
      }
      case 'signature': {
        // It belongs to no choice here, and so stays behind all of the words.
        const lane = this.#blocks.get(keyOf(delta))?.lane
        if (lane !== undefined) item.texts = [...item.texts, { delta, lane, to: lane.length }]
        return
      }
      case 'whole':
        return this.#whole(delta, item)
      case 'close': {
        const key = keyOf(delta)
        if (!this.#blocks.has(key) || item.deltas.every(({ kind }) => kind !== 'stop')) return this.#close(key)
        this.#ending.push(key)
        return
      }
      case 'stop':
        return this.#saying.settle(delta.choice)
      default:
    }
  }

  #spell(body: Json, item: Item<Frame>): void {
    for (const { of, text } of spellingsOf(body)) {
      let lane = this.#spellings.get(of)
      if (lane === undefined) this.#spellings.set(of, (lane = this.#inspection.open('assistant', '', false, 'other')))
      lane.push(text)
      this.#fresh.add(lane)
      item.spelt = [...item.spelt, { lane, to: lane.length, text }]
    }
  }

  #block(delta: TextDelta | PieceDelta): Block {
    const key = keyOf(delta)
    const known = this.#blocks.get(key)
    if (known !== undefined) return known
    const { choice } = delta
    const channel = delta.kind === 'text' ? delta.channel : undefined
    const lane = this.#inspection.open('assistant', '', false, channel ?? 'other')
    if (channel === undefined) this.#saying.settle(choice)
    const said = channel && this.#joins ? new Said(choice, channel, () => lane.end()) : undefined
    const block = { lane, said }
    this.#blocks.set(key, block)
    return block
  }

  #close(key: string): void {
    const block = this.#blocks.get(key)
    this.#blocks.delete(key)
    if (block?.said !== undefined) this.#saying.close(block.said)
    else block?.lane.end()
    const call = this.#calls.get(key)
    if (call === undefined) return
    this.#calls.delete(key)
    const said = { origin: 'assistant', at: [], arguments: call.text } as const
    const edits = this.#inspection.texts(textsOfCall(said))
    if (edits.length > 0) call.changed = changedBy(call.text, edits)
    if (this.#joins) this.#saying.call(call.choice, valuesOfCall(said), () => this.#decide(call))
    else this.#decide(call)
  }

  #begun({ choice, name }: CallDelta): Call {
    const first = this.#joins ? new FirstValue() : undefined
    return { choice, name, text: '', first, isDecided: false, changed: undefined }
  }

  #decide(call: Call): void {
    const { name, text, changed = text } = call
    if (this.#inspection.isOverseen && this.#inspection.call({ name, arguments: changed })) this.#heldCalls.push(call)
    else call.isDecided = true
  }

  #whole(delta: Extract<Delta, { kind: 'whole' }>, item: Item<Frame>): void {
    const { text, at, fixed, isArguments, channel = 'other' } = delta
    const key = `${isArguments ? 'a' : fixed ? 'f' : channel}\0${text}`
    let changed = this.#seen.get(key)
    if (changed === undefined && !this.#seen.has(key)) {
      if (isArguments) {
        const edits = this.#inspection.texts(textsOfCall({ origin: 'assistant', at: [], arguments: text }))
        changed = edits.length > 0 ? changedBy(text, edits) : undefined
      } else changed = this.#inspection.whole({ origin: 'assistant', part: channel, at, text, fixed })
      if (this.#seen.size >= MOST_REMEMBERED) this.#seen.delete(this.#seen.keys().next().value ?? '')
      this.#seen.set(key, changed)
    }
    if (changed !== undefined) item.edit([{ at, to: changed }])
  }

  #released(): Released<Frame>[] {
    if (this.isBlocked || (this.isHeld && this.#inspection.holds.areWordsHeld)) return []
    const items = this.#waiting.take()
    for (const item of items) {
      this.#held -= item.bytes
      finish(item)
    }
    return items
  }
}

function goesOn(delta: Delta, key: string): boolean {
  return (delta.kind === 'text' || delta.kind === 'piece') && keyOf(delta) === key
}

function keyOf({ choice, block }: { choice: number; block: number }): string {
  return `${choice}/${block}`
}

function finish(item: Item<unknown>): void {
  let changed: Map<Delta, string> | undefined
  for (const { delta, lane, to } of item.texts) {
    if (delta.kind === 'signature') {
      if (lane.isCut) item.edit([{ at: delta.at, to: UNSIGNED }])
      continue
    }
    const text = lane.take(to)
    if (text !== delta.text) (changed ??= new Map()).set(delta, text)
  }
  for (const { call, delta } of item.calls) {
    if (delta === undefined || call.changed === undefined) continue
    ;(changed ??= new Map()).set(delta, call.changed)
    call.changed = delta.isJson ? call.changed : ''
  }
  const isSpelt = item.spelt !== NONE && item.spelt.filter(({ lane, to, text }) => lane.take(to) !== text).length > 0
  // Log-probabilities spell the text once more, in pieces that show no secret each.
  if (isSpelt || changed !== undefined) item.edit(withoutSpelling(item.body))
  if (changed === undefined) return
  const now = changed
  for (const [delta, text] of now) if ('at' in delta) item.edit([{ at: delta.at, to: valueOf(delta, text) }])
  item.deltas = item.deltas.map((delta) => withText(delta, now.get(delta)))
}

function valueOf(delta: Delta, text: string): Json {
  return 'isJson' in delta && delta.isJson === true ? (JSON.parse(text) as Json) : text
}

function withText(delta: Delta, text: string | undefined): Delta {
  if (text === undefined || !('text' in delta) || delta.kind === 'whole') return delta
  return Object.assign({ ...delta }, { text })
}

/** Arguments that are no JSON are one text, and that is at the root. */
function changedBy(text: string, edits: readonly JsonEdit[]): string {
  const whole = edits.find(({ at }) => at.length === 0)
  return whole === undefined ? editJson(text, edits) : String(whole.to)
}
