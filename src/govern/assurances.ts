// Asking a supplier, taking its answers through a link that needs no account, and making evidence of what was believed.
// The link's secret is shown once and only its hash is kept; a link gives sight of its own questions and of nothing else.
import { Failure } from '../lib/failure.ts'
import { type Actor, ANONYMOUS } from '../model/actor.ts'
import type { Kept } from '../model/decision.ts'
import {
  type Answer,
  type Assurance,
  type AssuranceEvent,
  assuranceNoun,
  type Judged,
  nextAssurance,
  type Question,
  VALID_DAYS,
} from './assurance.ts'
import { activeSystem, checkEnd, checkKnown, DAY_MS, type Govern, personOf } from './govern.ts'
import type { GovernChange, Proof } from './govern-store.ts'
import { advance, begin, find } from './noun.ts'

const MOST_LINK_DAYS = 90

export interface NewAssurance {
  system: string
  supplier: string
  /** All that are the supplier's part unless told otherwise. */
  controls?: readonly string[] | undefined
  until: string
}

export interface Asked {
  assurance: Kept<Assurance>
  /** Shown once; opens the questions to whoever has it. */
  secret: string
}

export async function askSupplier(govern: Govern, actor: Actor, given: NewAssurance): Promise<Asked> {
  await activeSystem(govern, given.system)
  const controls = given.controls ?? (await govern.derived.suppliersPart(given.system))
  for (const control of controls) checkKnown(govern, 'control', control)
  const questions = questionsOf(govern, controls)
  if (questions.length === 0)
    throw new Failure('input_invalid', 'controls: there is no measure to ask about', {
      hint: 'by its deployment model nothing is the part of a supplier: name the controls, or state the deployment model',
    })
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const until = checkEnd(given.until, at, MOST_LINK_DAYS)
    const value: Assurance = {
      state: 'asked',
      supplier: given.supplier,
      questions,
      askedBy: personOf(actor),
      askedAt: at,
      until,
    }
    const about = { system: given.system, subject: given.supplier }
    const assurance = await begin(assuranceNoun, tx, about, { actor, event: 'asked', value })
    return { assurance, secret: await newLink(govern, tx, assurance.id, until) }
  })
}

/** One question for each measure of the controls that the supplier must see to. */
export function questionsOf({ catalog }: Pick<Govern, 'catalog'>, controls: readonly string[]): Question[] {
  return [...new Set(controls)].flatMap((id) =>
    (catalog.controlsById.get(id)?.measures ?? []).map(({ id: measure, what, evidence }) => ({
      control: id,
      measure,
      what,
      evidence,
    })),
  )
}

/** A new link for the same questions; the one before stops working. */
export async function askAgain(govern: Govern, actor: Actor, id: string, until: string): Promise<Asked> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const end = checkEnd(until, at, MOST_LINK_DAYS)
    const assurance = await step(tx, actor, id, { event: 'asked-again', until: end, at })
    return { assurance, secret: await newLink(govern, tx, id, end) }
  })
}

export async function returnAnswers(
  govern: Govern,
  actor: Actor,
  id: string,
  given: { why: string; until: string },
): Promise<Asked> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const until = checkEnd(given.until, at, MOST_LINK_DAYS)
    const assurance = await step(tx, actor, id, { event: 'returned', why: given.why, until, at })
    return { assurance, secret: await newLink(govern, tx, id, until) }
  })
}

export async function cancelAssurance(govern: Govern, actor: Actor, id: string, why: string): Promise<Kept<Assurance>> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    await tx.assuranceLinks.removeOf(id)
    return step(tx, actor, id, { event: 'cancelled', why, by: personOf(actor), at })
  })
}

/** What whoever has the link may see. */
export async function openAssuranceLink(govern: Govern, secret: string): Promise<Kept<Assurance>> {
  const link = await govern.store.read.assuranceLinks.byId(govern.secrets.hash(secret))
  if (link === undefined || link.expiresAt <= govern.now().toISOString()) throw spent()
  return find(assuranceNoun, govern.store.read.decisions, link.assurance)
}

/** Invariant: a link takes answers once. */
export async function answerAssurance(
  govern: Govern,
  given: { secret: string; name: string; answers: readonly Answer[] },
): Promise<Kept<Assurance>> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const link = await tx.assuranceLinks.byId(govern.secrets.hash(given.secret))
    if (link === undefined || link.expiresAt <= at) throw spent()
    await tx.assuranceLinks.removeOf(link.assurance)
    const before = await find(assuranceNoun, tx.decisions, link.assurance)
    const answers = given.answers.map((answer) => ({ ...answer }))
    const value = nextAssurance(before.value, { event: 'answered', answers, by: given.name, at })
    return advance(assuranceNoun, tx, before, {
      actor: ANONYMOUS,
      event: 'answered',
      value,
      personal: ['answeredBy'],
    })
  })
}

/** What is believed becomes evidence in the same change. `partly` and `unknown` prove nothing either way. */
export async function reviewAnswers(
  govern: Govern,
  actor: Actor,
  id: string,
  judged: readonly Judged[],
): Promise<Kept<Assurance>> {
  return govern.store.change(async (tx) => {
    const { at } = await tx.stamp()
    const before = await find(assuranceNoun, tx.decisions, id)
    const by = personOf(actor)
    nextAssurance(before.value, { event: 'reviewed', judged, evidence: [], by, at })
    const rows = proofsOf(before, judged, at, by)
    const evidence = rows.length === 0 ? [] : await tx.prove(rows, actor)
    return step(tx, actor, id, { event: 'reviewed', judged, evidence, by, at })
  })
}

function proofsOf({ system, value }: Kept<Assurance>, judged: readonly Judged[], at: string, by: string): Proof[] {
  if (value.state !== 'answered' || system === undefined) return []
  const believed = new Set(judged.filter((one) => one.believed).map(({ measure }) => measure))
  return value.answers
    .filter(({ measure, says }) => believed.has(measure) && (says === 'yes' || says === 'no'))
    .map((answer) => ({
      measure: answer.measure,
      asset: system,
      kind: 'assurance',
      supports: answer.says === 'yes',
      failing: [],
      observedFrom: value.answeredAt,
      observedTo: value.answeredAt,
      collectedAt: at,
      collector: by,
      validUntil: validUntil(answer, value.answeredAt),
      note: `${answer.ground} of ${value.supplier}${answer.reference === undefined ? '' : `: ${answer.reference}`}`.slice(
        0,
        300,
      ),
    }))
}

/** No longer than its kind of ground counts, whatever end the supplier names. */
function validUntil({ ground, validUntil: named }: Answer, answeredAt: string): string {
  const most = new Date(Date.parse(answeredAt) + VALID_DAYS[ground] * DAY_MS).toISOString()
  return named === undefined || named > most ? most : named
}

async function step(tx: GovernChange, actor: Actor, id: string, event: AssuranceEvent): Promise<Kept<Assurance>> {
  const before = await find(assuranceNoun, tx.decisions, id)
  const value = nextAssurance(before.value, event)
  return advance(assuranceNoun, tx, before, { actor, event: event.event, value })
}

async function newLink(govern: Govern, tx: GovernChange, assurance: string, expiresAt: string): Promise<string> {
  const secret = govern.secrets.make()
  await tx.assuranceLinks.put({ id: govern.secrets.hash(secret), assurance, expiresAt })
  return secret
}

function spent(): Failure {
  return new Failure('not_found', 'this link does not work (any more)', {
    hint: 'a link takes answers once and for a limited time: ask whoever sent it for a new one',
  })
}
