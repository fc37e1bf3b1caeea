// The responses of a streamed Gemini answer, read as deltas. Texts of a candidate are one block for each channel; calls come
// whole. Nothing marks the end but a reason to stop.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import { isMedia, textsOfFile } from '../../texts.ts'
import { Claims, listOf, numberOf, objectOf, textOf } from '../claims.ts'
import type { Delta } from '../delta.ts'
import { type Piece, UnknownTexts } from '../unknown-texts.ts'
import type { StreamReader } from '../wire.ts'
import { readStop, readUsage } from './answer.ts'
import { readParts } from './read-request.ts'

const [TEXT, REASONING, FIRST_CALL] = [0, 1, 2]

export function readStream(): StreamReader {
  const names = new Set<string>()
  let [isStarted, isStopped] = [false, false]
  const unknown = new UnknownTexts()
  const blocks = new Map<number, Set<number>>()
  const calls = new Map<number, number>()

  function read(data: Json): Delta[] {
    const body = objectOf(data) ?? {}
    const failure = objectOf(body['error'])
    const claims = new Claims(body, undefined, names)
    for (const key of ['responseId', 'modelVersion']) claims.label([key])
    const deltas: Delta[] = []
    if (!isStarted)
      deltas.push({ kind: 'start', id: textOf(body['responseId']) ?? '', model: textOf(body['modelVersion']) ?? '' })
    isStarted = true
    for (const [i, candidate] of listOf(body['candidates']).entries())
      readCandidate(claims, objectOf(candidate) ?? {}, i, deltas)
    if (objectOf(body['promptFeedback'])?.['blockReason'] !== undefined) {
      isStopped = true
      deltas.push({ kind: 'stop', choice: 0, reason: 'filtered' })
    }
    if (failure)
      deltas.push({ kind: 'error', message: textOf(failure['message']) ?? '', code: textOf(failure['status']) })
    const usage = readUsage(body['usageMetadata'])
    if (usage) deltas.push({ kind: 'usage', usage })
    for (const part of claims.rest(() => 'assistant')) deltas.push(...unknown.read(part, pieceOf(body, part.at)))
    return deltas
  }

  function readCandidate(claims: Claims, candidate: JsonObject, i: number, deltas: Delta[]): void {
    const choice = numberOf(candidate['index']) ?? i
    const open = blocks.get(choice) ?? new Set()
    blocks.set(choice, open)
    claims.label(['candidates', i, 'finishReason'])
    const parts = readParts(claims, 'assistant', objectOf(candidate['content'])?.['parts'], [
      'candidates',
      i,
      'content',
      'parts',
    ])
    for (const part of parts) {
      if (isMedia(part)) {
        deltas.push({ kind: 'media', choice, what: part.kind })
        for (const { at, text } of textsOfFile(part)) deltas.push({ kind: 'whole', at, text, fixed: true })
      } else if (part.kind === 'tool-call') {
        const count = calls.get(choice) ?? 0
        calls.set(choice, count + 1)
        const block = FIRST_CALL + count
        const { name, signature } = part
        deltas.push({ kind: 'call', choice, block, id: part.id || `call_${count}`, name, signature })
        deltas.push({ kind: 'arguments', choice, block, text: part.arguments, at: part.at, isJson: true })
        deltas.push({ kind: 'close', choice, block })
      } else if (part.kind === 'text' || part.kind === 'reasoning') {
        const block = part.kind === 'text' ? TEXT : REASONING
        // Who speaks has thought: what is held of a thought must not hold up the words behind it.
        if (block === TEXT && part.text !== '' && open.delete(REASONING))
          deltas.push({ kind: 'close', choice, block: REASONING })
        open.add(block)
        deltas.push({ kind: 'text', choice, block, channel: part.kind, text: part.text, at: part.at })
      }
    }
    if (typeof candidate['finishReason'] !== 'string') return
    isStopped = true
    for (const block of open) deltas.push({ kind: 'close', choice, block })
    deltas.push(...unknown.close({ choice, of: `${choice}` }))
    const reason = readStop(candidate['finishReason'], parts)
    deltas.push({ kind: 'stop', choice, reason: reason === 'end' && calls.has(choice) ? 'tools' : reason })
  }

  return {
    read,
    end: () =>
      isStopped
        ? [{ kind: 'end' }]
        : [{ kind: 'error', message: 'the upstream ended its answer early', code: 'upstream_unreachable' }],
  }
}

function pieceOf(body: JsonObject, [, i, place]: JsonPath): Piece | undefined {
  if (place !== 'content') return undefined
  const choice = numberOf(objectOf(listOf(body['candidates'])[Number(i)])?.['index']) ?? Number(i)
  return { choice, of: `${choice}` }
}
