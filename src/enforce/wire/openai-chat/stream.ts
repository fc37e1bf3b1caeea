// The chunks of a streamed chat completion, read as deltas. Blocks of a choice: one for each kind of text, then one for
// each tool call. Text stays open until the choice stops, because this format joins all of it into one message.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import { Claims, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import type { StreamReader } from '../wire.ts'
import { LABELS, readStop, readUsage, TEXTS } from './answer.ts'

const FIRST_CALL = TEXTS.length
/** Letters that some servers add to each event, so that its length tells nothing. */
const VARYING: ReadonlySet<string> = new Set(['obfuscation'])

export function readStream(): StreamReader {
  const open = new Map<number, Set<number>>()
  const stopped = new Set<number>()
  let [isStarted, isEnded] = [false, false]

  function read(data: Json): Delta[] {
    if (data === '[DONE]') {
      isEnded = true
      return [{ kind: 'end' }]
    }
    const chunk = objectOf(data) ?? {}
    const failure = objectOf(chunk['error'])
    const claims = new Claims(chunk, LABELS)
    const deltas: Delta[] = []
    if (!isStarted) deltas.push({ kind: 'start', id: textOf(chunk['id']) ?? '', model: textOf(chunk['model']) ?? '' })
    isStarted = true
    for (const [i, value] of listOf(chunk['choices']).entries()) readChoice(claims, objectOf(value) ?? {}, i, deltas)
    if (failure)
      deltas.push({ kind: 'error', message: textOf(failure['message']) ?? '', code: textOf(failure['code']) })
    const usage = readUsage(chunk['usage'])
    if (usage) deltas.push({ kind: 'usage', usage })
    for (const { at, text, fixed } of claims.rest(() => 'assistant')) deltas.push({ kind: 'whole', at, text, fixed })
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
      opened(index).add(block)
      deltas.push({ kind: 'text', choice: index, block, channel, text, at: [...at, key] })
    }
    for (const [j, call] of listOf(delta['tool_calls']).entries())
      readCall(claims, objectOf(call) ?? {}, { index, position: j, at: [...at, 'tool_calls', j] }, deltas)
    claims.label(['choices', i, 'finish_reason'])
    if (typeof choice['finish_reason'] !== 'string') return
    for (const block of opened(index)) deltas.push({ kind: 'close', choice: index, block })
    open.delete(index)
    stopped.add(index)
    deltas.push({ kind: 'stop', choice: index, reason: readStop(choice['finish_reason']) })
  }

  function readCall(
    claims: Claims,
    call: JsonObject,
    { index, position, at }: { index: number; position: number; at: JsonPath },
    deltas: Delta[],
  ): void {
    const block = FIRST_CALL + (numberOf(call['index']) ?? position)
    const key = objectOf(call['custom']) ? 'custom' : 'function'
    const inner = objectOf(call[key]) ?? {}
    const input = key === 'custom' ? 'input' : 'arguments'
    claims.label([...at, 'id'])
    for (const place of ['name', input]) claims.take([...at, key, place])
    if (!opened(index).has(block)) {
      opened(index).add(block)
      deltas.push({
        kind: 'call',
        choice: index,
        block,
        id: textOf(call['id']) ?? '',
        name: textOf(inner['name']) ?? '',
      })
    }
    const text = textOf(inner[input])
    if (text !== undefined) deltas.push({ kind: 'arguments', choice: index, block, text, at: [...at, key, input] })
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
