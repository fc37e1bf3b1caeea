// An answer that comes in one piece.
import { editJson } from '../lib/json-edit.ts'
import type { Answer } from '../model/turn.ts'
import type { Answered } from './asked.ts'
import { withoutConfidences } from './confidences.ts'
import { Inspection } from './inspection.ts'
import { parseAnswer, readAll } from './read-answer.ts'
import { sendJson } from './send-json.ts'
import { stopped } from './stopped.ts'
import { textsOfAnswer } from './texts.ts'
import type { Visit } from './visit.ts'

export async function answerWhole(
  visit: Visit,
  { wire, upstreamWire, turn, route, reply, guards }: Answered,
): Promise<void> {
  const { context, record } = visit
  const bytes = await readAll(reply, context.limits.answerBytes, visit.hold)
  const body = parseAnswer(bytes)
  context.farWords?.answered(bytes)
  const answer = upstreamWire.upstream.readAnswer(body)
  const inspection = new Inspection(route.enforcement, 'answer', context.clock, guards)
  const edits = inspection.texts(textsOfAnswer(answer))
  // Log-probabilities spell the answer once more, in pieces that show no secret each: they go with the first change.
  if (edits.length > 0) edits.push(...withoutConfidences(body))
  edits.push(...inspection.body(body))
  const { decision, verdicts } = inspection
  record.usage = answer.usage
  visit.end = { ...visit.end, went: 'whole', usage: answer.usage }
  record.decisions = [...record.decisions, decision]
  record.verdicts = [...record.verdicts, ...verdicts]
  record.outcome = decision.action === 'block' ? 'blocked' : 'answered'
  const written = { id: record.id, model: turn.model, createdAt: record.at }
  if (decision.action === 'block') {
    if (wire.client.writeAnswer === undefined) throw stopped('answer', inspection)
    return sendJson(visit, 200, JSON.stringify(wire.client.writeAnswer(withheld(answer), written)))
  }
  const changed = edits.length === 0 ? undefined : editJson(bytes.toString('utf8'), edits)
  if (wire === upstreamWire || wire.client.writeAnswer === undefined) return sendJson(visit, 200, changed ?? bytes)
  const again = changed === undefined ? answer : upstreamWire.upstream.readAnswer(parseAnswer(Buffer.from(changed)))
  return sendJson(visit, 200, JSON.stringify(wire.client.writeAnswer(again, written)))
}

/** The format's own way to say that there would have been an answer. */
function withheld(answer: Answer): Answer {
  const choices = answer.choices.length === 0 ? [{ index: 0 }] : answer.choices
  return { ...answer, choices: choices.map(({ index }) => ({ index, parts: [], stop: 'filtered' })) }
}
