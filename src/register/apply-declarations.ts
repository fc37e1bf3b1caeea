// Plans and applies declarations: all that the files say, in one change, or nothing of it.
import { Failure } from '../lib/failure.ts'
import { newId } from '../lib/id.ts'
import type { Actor } from '../model/actor.ts'
import { acceptedLinks } from './accepted-links.ts'
import { type FactChange, type Plan, prepareDeclarations, type PreparedStep } from './prepare-declarations.ts'
import { type DeclarationFile, readDeclarations } from './read-declarations.ts'
import type { RecordedFact } from './register-store.ts'
import { named, type Register } from './register.ts'
import { assetEntry } from './revise.ts'
import { addFacts } from './state-fact.ts'

export interface Files {
  files: readonly DeclarationFile[]
  /** Keys of the server's own settings, which may stand in the same file. */
  settings: readonly string[]
}

export async function planDeclarations(register: Register, { files, settings }: Files): Promise<Plan> {
  const declared = readDeclarations(files, register.catalog, settings)
  const kept = await acceptedLinks(register, declared)
  const prepared = await prepareDeclarations(register.store.read.register, declared, kept, register.now().toISOString())
  return prepared.plan
}

/** `expected`: hash of the plan that was agreed to; refuses when it would do anything else by now. */
export async function applyDeclarations(
  register: Register,
  actor: Actor,
  { files, settings }: Files,
  expected?: string,
): Promise<Plan> {
  const declared = readDeclarations(files, register.catalog, settings)
  const kept = await acceptedLinks(register, declared)
  return register.store.change(async (tx) => {
    const { at, entry } = await tx.stamp()
    const { steps, plan } = await prepareDeclarations(tx.register, declared, kept, at)
    if (expected !== undefined && expected !== plan.hash)
      throw new Failure('conflict', 'this is not what was planned: the register or the files have changed since', {
        hint: 'plan again, look at it, then apply that',
      })
    const changed = steps.filter(({ revision }) => revision.changes.length > 0)
    await tx.register.save(changed.map(({ revision }) => revision.asset))
    const facts = steps.flatMap((step, i) => toFacts(step, at, entry + i))
    if (facts.length > 0) await addFacts(tx, facts)
    for (const { revision, shown } of steps) {
      const more = { declaration: shown.source, facts: shown.facts.map(toJson) }
      tx.record(assetEntry(revision, actor, more))
    }
    for (const source of steps.length > 0 ? declared.sources : [])
      tx.record({
        kind: 'declaration.applied',
        actor: named(actor),
        subject: { kind: 'declaration', id: source },
        data: { steps: steps.filter(({ shown }) => shown.source === source).length, plan: plan.hash },
      })
    return plan
  })
}

const toJson = ({ key, before, after }: FactChange) => ({ key, before: before ?? null, after: after ?? null })

function toFacts({ claims }: PreparedStep, at: string, entry: number): RecordedFact[] {
  return claims.map(({ asset, key, value, by, confidence }) => ({
    id: newId('fact', new Date(at)),
    asset,
    key,
    value,
    source: 'declared',
    by,
    observedAt: at,
    recordedAt: at,
    confidence,
    entry,
  }))
}
