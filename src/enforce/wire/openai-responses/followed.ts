// A streamed response whose own events go out, and what of it is still open: where the stream has to be ended in our words,
// each part and item is closed under the name that the upstream gave it, as clients expect of every response.
import type { JsonObject } from '../../../lib/canonical-json.ts'
import { numberOf, objectOf, textOf } from '../claims.ts'

interface OpenPart {
  part: JsonObject
  text: string
  /** Its text was said whole; and the part. */
  isSaid: boolean
  isDone: boolean
}

interface OpenItem {
  item: JsonObject
  /** By the number that their kind is counted with. */
  parts: Map<number, OpenPart>
  /** What a tool is called with. */
  input: string
  isSaid: boolean
  isDone: boolean
}

type Event = [type: string, members: JsonObject]

/** For each type of part: where its text stands, how its events are called, and how it is counted. */
const PARTS: Readonly<Record<string, { key: string; said: string; done: string; count: string }>> = {
  output_text: { key: 'text', said: 'output_text', done: 'content_part', count: 'content_index' },
  refusal: { key: 'refusal', said: 'refusal', done: 'content_part', count: 'content_index' },
  reasoning_text: { key: 'text', said: 'reasoning_text', done: 'content_part', count: 'content_index' },
  summary_text: {
    key: 'text',
    said: 'reasoning_summary_text',
    done: 'reasoning_summary_part',
    count: 'summary_index',
  },
}
const CALLS: Readonly<Record<string, { key: string; said: string }>> = {
  function_call: { key: 'arguments', said: 'function_call_arguments' },
  custom_tool_call: { key: 'input', said: 'custom_tool_call_input' },
}

export class Followed {
  /** As the upstream began it; undefined until it has. */
  response: JsonObject | undefined
  /** Number of the next event. */
  next = 0
  readonly #items = new Map<number, OpenItem>()
  readonly #hold: (bytes: number) => void

  constructor(hold: (bytes: number) => void) {
    this.#hold = hold
  }

  hear(event: JsonObject): void {
    this.next = Math.max(this.next, numberOf(event['sequence_number']) ?? this.next) + 1
    const type = textOf(event['type']) ?? ''
    if (type === 'response.created') this.response = objectOf(event['response'])
    const number = numberOf(event['output_index'])
    if (number === undefined) return
    const item = objectOf(event['item'])
    if (item !== undefined) return this.#hearItem(number, item, type.endsWith('.done'))
    const open = this.#items.get(number)
    if (open !== undefined) this.#hearInside(open, event, type)
  }

  #hearItem(number: number, item: JsonObject, isDone: boolean): void {
    this.#items.set(number, { item, parts: new Map(), input: '', isSaid: isDone, isDone })
    if (isDone) this.#hold(JSON.stringify(item).length)
  }

  #hearInside(open: OpenItem, event: JsonObject, type: string): void {
    const text = textOf(event['delta'])
    if (text !== undefined) this.#hold(text.length * 2)
    const count = numberOf(event['content_index']) ?? numberOf(event['summary_index'])
    if (count === undefined) {
      if (text !== undefined) open.input += text
      else if (type.endsWith('.done')) open.isSaid = true
      return
    }
    const part = objectOf(event['part'])
    const so = open.parts.get(count)
    if (part !== undefined) {
      open.parts.set(count, { part, text: so?.text ?? '', isSaid: so?.isSaid ?? false, isDone: type.endsWith('.done') })
    } else if (so !== undefined) {
      if (text !== undefined) so.text += text
      else if (type.endsWith('.done')) so.isSaid = true
    }
  }

  /** The events that close what is open. */
  close(): Event[] {
    return [...this.#items]
      .filter(([, { isDone }]) => !isDone)
      .toSorted(([a], [b]) => a - b)
      .flatMap(([number, open]) => this.#closeItem(number, open))
  }

  #closeItem(number: number, open: OpenItem): Event[] {
    const place = { item_id: open.item['id'] ?? '', output_index: number }
    const events = [...open.parts].flatMap(([count, part]) => closePart(part, place, count))
    const call = CALLS[textOf(open.item['type']) ?? '']
    if (call !== undefined && !open.isSaid) {
      const name = open.item['name'] ?? ''
      events.push([`response.${call.said}.done`, { ...place, name, [call.key]: open.input }])
    }
    const parts = [...open.parts.values()].map(({ part }) => part)
    const status: JsonObject = open.item['status'] === undefined ? {} : { status: 'incomplete' }
    const input: JsonObject = call === undefined ? {} : { [call.key]: open.input }
    const list = open.item['type'] === 'reasoning' && parts[0]?.['type'] === 'summary_text' ? 'summary' : 'content'
    open.item = { ...open.item, ...status, ...input, ...(parts.length > 0 ? { [list]: parts } : {}) }
    open.isDone = true
    events.push(['response.output_item.done', { output_index: number, item: open.item }])
    return events
  }

  /** All items, as they were closed. */
  get output(): JsonObject[] {
    return [...this.#items].toSorted(([a], [b]) => a - b).map(([, { item }]) => item)
  }
}

function closePart(open: OpenPart, place: JsonObject, count: number): Event[] {
  const shape = PARTS[textOf(open.part['type']) ?? '']
  if (shape === undefined || open.isDone) return []
  const at = { ...place, [shape.count]: count }
  const said: JsonObject = { ...at, [shape.key]: open.text, ...(shape.said === 'output_text' ? { logprobs: [] } : {}) }
  open.part = { ...open.part, [shape.key]: open.text }
  const done: Event = [`response.${shape.done}.done`, { ...at, part: open.part }]
  open.isDone = true
  return open.isSaid ? [done] : [[`response.${shape.said}.done`, said], done]
}
