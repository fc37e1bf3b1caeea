// An answer that comes in one piece.
import type { JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { editJson } from '../lib/json-edit.ts'
import type { Answer } from '../model/turn.ts'
import { mustBeSayable, mustBeText, saidOf } from './answer-said.ts'
import type { Answered } from './asked.ts'
import { spellingsOf, withoutSpelling } from './confidences.ts'
import { readCrossings } from './crossings.ts'
import { Inspection } from './inspection.ts'
import { wordsOfAnswer } from './oversight/gist.ts'
import { type Held, holdCall } from './oversight/hold-call.ts'
import type { PlacedText } from './placed-text.ts'
import { parseAnswer, readAll } from './read-answer.ts'
import { sendJson } from './send-json.ts'
import { inSlices, SLICE } from './slices.ts'
import { stopped } from './stopped.ts'
import { textsOfAnswer } from './texts.ts'
import type { Trouble } from './trouble.ts'
import { upstreamTrouble } from './upstream-error.ts'
import type { Upstream } from './upstream/upstream.ts'
import type { Visit } from './visit.ts'
import { numberOf, objectOf } from './wire/claims.ts'
import { unsigning } from './wire/unsigned.ts'

export async function answerWhole(
  visit: Visit,
  { wire, upstream, upstreamWire, turn, route, caller, reply, guards }: Answered,
): Promise<Trouble | undefined> {
  const { context, record } = visit
  const bytes = await readAll(reply, context.limits.answerBytes, visit.hold)
  const body = parseAnswer(bytes)
  context.farWords?.answered(bytes)
  const answer = upstreamWire.upstream.readAnswer(body)
  const trouble = troubleIn(upstream, answer, body)
  if (trouble !== undefined) {
    visit.end = { ...visit.end, went: 'nowhere' }
    return trouble
  }
  const inspection = new Inspection(route.enforcement, 'answer', context.clock, guards, upstream.key)
  const texts = textsOfAnswer(answer)
  const said = bytes.length > SLICE ? await inSlices(inspection, texts, visit, tooMany) : inspection.texts(texts)
  await readCrossings(inspection, answer.choices, visit)
  // Log-probabilities spell the answer once more, in pieces that show no secret each: they go with the first change.
  const unspelt = said.length > 0 || spellsWhatIsCut(inspection, body) ? withoutSpelling(body) : []
  const cut = [...said, ...unspelt]
  const edits = [...cut, ...inspection.body(body), ...unsigning(answer.choices, cut)]
  record.usage = answer.usage
  visit.end = { ...visit.end, went: 'whole', usage: answer.usage }
  const changed = edits.length === 0 ? undefined : editJson(bytes.toString('utf8'), edits)
  const read = () =>
    changed === undefined ? answer : upstreamWire.upstream.readAnswer(parseAnswer(Buffer.from(changed)))
  try {
    if (inspection.isOverseen) await held(visit, { stage: 'answer', turn, route, caller, inspection }, read())
  } finally {
    record.decisions = [...record.decisions, inspection.decision]
    record.verdicts = [...record.verdicts, ...inspection.verdicts]
  }
  const { action } = inspection.decision
  const isSame = wire === upstreamWire || wire.client.writeAnswer === undefined
  if (!isSame && answer.choices.length > 0 && action !== 'block') {
    mustBeSayable(answer.choices.map(({ stop }) => stop))
    mustBeText(answer.choices.flatMap(({ parts }) => parts))
  }
  record.outcome = action === 'block' ? 'blocked' : 'answered'
  if (action !== 'block') record.answer = saidOf(answer)
  const written = { id: record.id, model: turn.model, createdAt: record.at }
  if (action === 'block') {
    if (wire.client.writeAnswer === undefined) throw stopped('answer', inspection)
    sendJson(visit, 200, JSON.stringify(wire.client.writeAnswer(withheld(answer), written)))
  } else if (wire === upstreamWire || wire.client.writeAnswer === undefined) sendJson(visit, 200, changed ?? bytes)
  else sendJson(visit, 200, JSON.stringify(wire.client.writeAnswer(read(), written)))
  return undefined
}

/** Some say with an answer's status, and in its place, that there is none: no client's library looks for an error there. */
function troubleIn(upstream: Upstream, { choices, usage }: Answer, body: JsonObject): Trouble | undefined {
  const error = objectOf(body['error'])
  if (error === undefined || usage !== undefined || body['object'] !== undefined) return undefined
  if (choices.some(({ parts }) => parts.length > 0)) return undefined
  const code = numberOf(error['code']) ?? 0
  return upstreamTrouble(upstream, code >= 400 && code < 600 ? code : 502, body, undefined)
}

function spellsWhatIsCut(inspection: Inspection, body: JsonObject): boolean {
  const places = spellingsOf(body).map(({ text }): PlacedText => ({ origin: 'assistant', part: 'other', at: [], text }))
  return places.filter((placed) => inspection.whole(placed) !== undefined).length > 0
}

/** Each call is looked at as the client would get it. */
async function held(visit: Visit, about: Omit<Held, 'words'>, answer: Answer): Promise<void> {
  for (const { parts } of answer.choices)
    for (const part of parts) {
      if (part.kind === 'tool-call') about.inspection.call({ name: part.name, arguments: part.arguments })
    }
  await holdCall(visit, { ...about, words: () => wordsOfAnswer(answer) })
}

/** The format's own way to say that there would have been an answer. */
function withheld(answer: Answer): Answer {
  const choices = answer.choices.length === 0 ? [{ index: 0 }] : answer.choices
  return { ...answer, choices: choices.map(({ index }) => ({ index, parts: [], stop: 'filtered' })) }
}

const tooMany = (most: number): Failure =>
  new Failure('upstream_invalid', `the upstream answered with more than ${most} texts`)
