// A kind of decision as the house keeps it: its schema, through which every stored revision is read back, and the one way
// in which a step of it is taken: the new revision and the entry that tells of it, with what changed, in one change.
import type { z } from 'zod'
import { canonicalJson, type Json, type JsonObject } from '../lib/canonical-json.ts'
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../model/actor.ts'
import type { About, DecisionNoun, Kept } from '../model/decision.ts'
import type { Page, PageQuery } from '../model/page.ts'
import type { DecisionFilter, DecisionRow, DecisionStore, GovernChange } from './govern-store.ts'

export interface Noun<T extends { state: string }> {
  name: DecisionNoun
  schema: z.ZodType<T>
  /** How it is called on the command line, where that is not its name. */
  verb?: string
  /** When time alone changes its standing. */
  until(value: T): string | undefined
}

export interface Step<T> {
  actor: Pick<Actor, 'kind' | 'id'>
  /** What happened, as in `approved`. */
  event: string
  /** What it leads to. */
  value: T
  /** Members that name a person: the log holds commitments to them, never the text. */
  personal?: readonly string[]
}

function toKept<T extends { state: string }>(noun: Noun<T>, row: DecisionRow): Kept<T> {
  const { id, system, subject, revision, recordedAt, body } = row
  return {
    id,
    ...(system === undefined ? {} : { system }),
    subject,
    revision,
    recordedAt,
    value: noun.schema.parse(body),
  }
}

/** The first step of a decision. */
export async function begin<T extends { state: string }>(
  noun: Noun<T>,
  tx: GovernChange,
  about: About,
  step: Step<T>,
): Promise<Kept<T>> {
  const { at } = await tx.stamp()
  return save(noun, tx, { ...about, id: newId(noun.name, new Date(at)), revision: 1, recordedAt: at }, undefined, step)
}

/** A further step of it. */
export async function advance<T extends { state: string }>(
  noun: Noun<T>,
  tx: GovernChange,
  before: Kept<T>,
  step: Step<T>,
): Promise<Kept<T>> {
  const { at } = await tx.stamp()
  const { id, system, subject, revision, value } = before
  return save(noun, tx, { id, system, subject, revision: revision + 1, recordedAt: at }, value, step)
}

async function save<T extends { state: string }>(
  noun: Noun<T>,
  tx: GovernChange,
  kept: Omit<Kept<T>, 'value'>,
  before: T | undefined,
  { actor, event, value, personal = [] }: Step<T>,
): Promise<Kept<T>> {
  const body = toJson(value)
  const { entry } = await tx.stamp()
  await tx.decisions.save({ ...kept, noun: noun.name, state: value.state, until: noun.until(value), body }, entry)
  const { system, subject } = kept
  tx.record({
    kind: `${noun.name}.${event}`,
    actor: { kind: actor.kind, id: actor.id },
    subject: { kind: noun.name, id: kept.id },
    data: {
      ...(system === undefined ? {} : { system }),
      about: subject,
      ...changes(before && toJson(before), body, personal),
    },
    ...(personal.length === 0 ? {} : { personal: textsOf(body, personal) }),
  })
  return { ...kept, value }
}

function textsOf(body: JsonObject, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const text = body[key]
      return typeof text === 'string' ? [[key, text] as const] : []
    }),
  )
}

/** Only the members that differ. */
function changes(before: JsonObject | undefined, after: JsonObject, left: readonly string[]): JsonObject {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after)])
  const keys = [...names].filter(
    (key) => !left.includes(key) && canonicalJson(before?.[key] ?? null) !== canonicalJson(after[key] ?? null),
  )
  const pick = (from: JsonObject) => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]))
  return before === undefined ? { after: pick(after) } : { before: pick(before), after: pick(after) }
}

function toJson(value: object): JsonObject {
  return Object.fromEntries(
    Object.entries<Json | undefined>({ ...value }).flatMap(([key, member]) =>
      member === undefined ? [] : [[key, member] as const],
    ),
  )
}

export async function find<T extends { state: string }>(
  noun: Noun<T>,
  decisions: DecisionStore,
  id: string,
): Promise<Kept<T>> {
  const row = await decisions.byId(noun.name, id)
  if (row === undefined)
    throw new Failure('not_found', `there is no ${noun.name} ${id}`, {
      hint: `list them: parapet ${noun.verb ?? noun.name} list`,
    })
  return toKept(noun, row)
}

export async function page<T extends { state: string }>(
  noun: Noun<T>,
  decisions: DecisionStore,
  query: PageQuery & Omit<DecisionFilter, 'noun'>,
): Promise<Page<Kept<T>>> {
  const { items, next } = await decisions.list({ ...query, noun: noun.name })
  return { items: items.map((row) => toKept(noun, row)), next }
}

/** All of a kind, as they are or as they were at a past moment. */
export async function all<T extends { state: string }>(
  noun: Noun<T>,
  decisions: DecisionStore,
  filter: Omit<DecisionFilter, 'noun'> = {},
  at?: string,
): Promise<Kept<T>[]> {
  return (await decisions.all({ ...filter, noun: noun.name }, at)).map((row) => toKept(noun, row))
}

/** The last one made for each system, as it is or as it was at a past moment. Only those are read in full. */
export async function newestBySystem<T extends { state: string }>(
  noun: Noun<T>,
  decisions: DecisionStore,
  at?: string,
): Promise<Map<string, Kept<T>>> {
  const rows = new Map((await decisions.all({ noun: noun.name }, at)).map((row) => [row.system ?? '', row]))
  return new Map([...rows].map(([system, row]) => [system, toKept(noun, row)]))
}

/** Its steps, newest first. */
export async function historyOf<T extends { state: string }>(
  noun: Noun<T>,
  decisions: DecisionStore,
  id: string,
  query: PageQuery,
): Promise<Page<Kept<T>>> {
  await find(noun, decisions, id)
  const { items, next } = await decisions.history(id, query)
  return { items: items.map((row) => toKept(noun, row)), next }
}
