// The chunks of a streamed chat completion, read as deltas. Blocks of a choice: one for each kind of text, then one for
// each tool call. Text stays open until the choice stops, because this format joins all of it into one message.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import { Claims, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import type { StreamReader } from '../wire.ts'
import { type Piece, UnknownTexts } from '../unknown-texts.ts'
import { readSignature } from './read-request.ts'
import { LABELS, readMedia, readStop, readUsage, TEXTS } from './answer.ts'

const THOUGHTS = TEXTS.flatMap(([, channel], block) => (channel === 'reasoning' ? [block] : []))
const FIRST_CALL = TEXTS.length
/** What calls were called at first: there was one at most. */
const OLD_CALL = -1
/** Letters that some servers add to each event, so that its length tells nothing. */
const VARYING: ReadonlySet<string> = new Set(['obfuscation'])

interface CallPlace {
  index: number
  block: number
  id: string
  signature?: string | undefined
  input: string
  at: JsonPath
}

export function readStream(): StreamReader {
  const names = new Set<string>()
  const open = new Map<number, Set<number>>()
  const stopped = new Set<number>()
  /** Of calls, as far as they came. */
  const called = new Map<string, string>()
  const unknown = new UnknownTexts()
  let [isStarted, isEnded] = [false, false]

  function read(data: Json): Delta[] {
    if (data === '[DONE]') {
      isEnded = true
      return [{ kind: 'end' }]
    }
    const chunk = objectOf(data) ?? {}
    const failure = objectOf(chunk['error'])
    const claims = new Claims(chunk, LABELS, names)
    const deltas: Delta[] = []
    if (!isStarted) deltas.push({ kind: 'start', id: textOf(chunk['id']) ?? '', model: textOf(chunk['model']) ?? '' })
    isStarted = true
    for (const [i, value] of listOf(chunk['choices']).entries()) readChoice(claims, objectOf(value) ?? {}, i, deltas)
    if (failure)
      deltas.push({ kind: 'error', message: textOf(failure['message']) ?? '', code: textOf(failure['code']) })
    const usage = readUsage(chunk['usage'])
    if (usage) deltas.push({ kind: 'usage', usage })
    for (const part of claims.rest(() => 'assistant')) deltas.push(...unknown.read(part, pieceOf(chunk, part.at)))
    return deltas
  }

  function readChoice(claims: Claims, choice: JsonObject, i: number, deltas: Delta[]): void {
    const index = numberOf(choice['index']) ?? i
    const delta = objectOf(choice['delta']) ?? {}
    const at = ['choices', i, 'delta']
    for (const [block, [key, channel]] of TEXTS.entries()) {
      const text = textOf(delta[key])
      if (text === undefined) continue
      claims.take([...at, key])
      // Who speaks has thought: what is held of a thought must not hold up the words behind it.
      if (channel === 'text' && text !== '') close(index, THOUGHTS, deltas)
      opened(index).add(block)
      deltas.push({ kind: 'text', choice: index, block, channel, text, at: [...at, key] })
    }
    for (const [j, call] of listOf(delta['tool_calls']).entries())
      readToolCall(claims, objectOf(call) ?? {}, { index, position: j, at: [...at, 'tool_calls', j] }, deltas)
    const old = objectOf(delta['function_call'])
    const place = { index, block: OLD_CALL, id: '', input: 'arguments', at: [...at, 'function_call'] }
    if (old !== undefined) readCall(claims, old, place, deltas)
    for (const { kind } of readMedia(claims, delta, at)) deltas.push({ kind: 'media', choice: index, what: kind })
    claims.label(['choices', i, 'finish_reason'])
    if (typeof choice['finish_reason'] !== 'string') return
    close(index, [...opened(index)], deltas)
    deltas.push(...unknown.close({ choice: index, of: `${index}` }))
    open.delete(index)
    stopped.add(index)
    deltas.push({ kind: 'stop', choice: index, reason: readStop(choice['finish_reason']) })
  }

  function readToolCall(
    claims: Claims,
    call: JsonObject,
    { index, position, at }: { index: number; position: number; at: JsonPath },
    deltas: Delta[],
  ): void {
    const block = FIRST_CALL + (numberOf(call['index']) ?? position)
    const key = objectOf(call['custom']) ? 'custom' : 'function'
    const input = key === 'custom' ? 'input' : 'arguments'
    claims.label([...at, 'id'])
    const signature = readSignature(claims, call, at)
    const place = { index, block, id: textOf(call['id']) ?? '', signature, input, at: [...at, key] }
    readCall(claims, objectOf(call[key]) ?? {}, place, deltas)
  }

  function readCall(
    claims: Claims,
    inner: JsonObject,
    { index, block, id, signature, input, at }: CallPlace,
    deltas: Delta[],
  ) {
    for (const key of ['name', input]) claims.take([...at, key])
    const [key, piece] = [`${index}/${block}`, textOf(inner['name']) ?? '']
    if (!opened(index).has(block)) {
      opened(index).add(block)
      called.set(key, piece)
      deltas.push({ kind: 'call', choice: index, block, id, name: piece, signature })
    } else if (piece !== '') {
      const name = (called.get(key) ?? '') + piece
      called.set(key, name)
      deltas.push({ kind: 'whole', at: [...at, 'name'], text: name, fixed: true })
    }
    const text = textOf(inner[input])
    if (text !== undefined) deltas.push({ kind: 'arguments', choice: index, block, text, at: [...at, input] })
  }

  function close(index: number, blocks: readonly number[], deltas: Delta[]): void {
    for (const block of blocks) {
      if (!opened(index).delete(block)) continue
      called.delete(`${index}/${block}`)
      deltas.push({ kind: 'close', choice: index, block })
    }
  }

  function opened(index: number): Set<number> {
    let blocks = open.get(index)
    if (blocks === undefined) open.set(index, (blocks = new Set()))
    return blocks
  }

  return {
    read,
    varying: VARYING,
    end() {
      // Some compatible servers leave the last line out.
      if (isEnded || (stopped.size > 0 && open.size === 0)) return isEnded ? [] : [{ kind: 'end' }]
      return [{ kind: 'error', message: 'the upstream ended its answer early', code: 'upstream_unreachable' }]
    },
  }
}

/** A delta, and what servers that do not quite speak this format have in its place. */
const PIECES: ReadonlySet<unknown> = new Set(['delta', 'message', 'text'])

/** Of what stands in a delta, and so is a piece of something. */
function pieceOf(chunk: JsonObject, [, i, place]: JsonPath): Piece | undefined {
  if (!PIECES.has(place)) return undefined
  const choice = objectOf(listOf(chunk['choices'])[Number(i)])
  const index = numberOf(choice?.['index']) ?? Number(i)
  return { choice: index, of: `${index}` }
}
