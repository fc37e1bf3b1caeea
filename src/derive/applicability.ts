// Which threats apply to a system, and why or why not. A threat, a variant and a risk factor each follow their own
// condition; a group without one gathers what is beneath it. Invariant: an unknown fact never hides a threat.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import { once } from '../lib/once.ts'
import type { Applicability, FactRead, TraceStep, Verdict } from '../model/applicability.ts'
import { type EarlierAnswer, earlierSteps } from './earlier-rules.ts'
import type { SystemProfile } from './profile.ts'
import { type TreeQuestion, treeSteps } from './tree.ts'
import { factsRead, toVerdict, truthOf, worstVerdict } from './truth.ts'

/** Told when they are first asked for: a trace is seldom read, a verdict always. */
export interface Rules {
  tree: () => readonly TreeQuestion[]
  earlier: () => readonly EarlierAnswer[]
}

/** One for each threat of the catalogue, in its order. */
export function applicabilityOf(
  catalog: Catalog,
  system: string,
  profile: SystemProfile,
  rules: Rules,
): Applicability[] {
  const verdicts = verdictsOf(catalog, profile)
  return catalog.threats.map((threat) => {
    const verdict = verdicts.get(threat.id) ?? 'unknown'
    const trace = once(() => [
      ownStep(catalog, threat, profile, verdict),
      ...treeSteps(catalog, rules.tree(), threat.id),
      ...earlierSteps(catalog, rules.earlier(), threat.id, verdict),
    ])
    return {
      threat: threat.id,
      system,
      verdict,
      get trace() {
        return trace()
      },
      catalogVersion: catalog.version,
    }
  })
}

function verdictsOf(catalog: Catalog, profile: SystemProfile): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>()
  const children = childrenOf(catalog)
  const decide = (threat: Threat): Verdict => {
    const known = verdicts.get(threat.id)
    if (known) return known
    const { id, appliesWhen } = threat
    const verdict = appliesWhen
      ? toVerdict(truthOf(appliesWhen, profile))
      : worstVerdict((children.get(id) ?? []).map(decide))
    verdicts.set(id, verdict)
    return verdict
  }
  for (const threat of catalog.threats) decide(threat)
  return verdicts
}

function ownStep(catalog: Catalog, threat: Threat, profile: SystemProfile, verdict: Verdict): TraceStep {
  const { id, appliesWhen, appliesWhenText } = threat
  const facts = gatheredFacts(catalog, threat, profile)
  if (appliesWhen) return { rule: `${id}.appliesWhen`, text: appliesWhenText, verdict, facts }
  const text = 'It applies as soon as one of the threats that it gathers applies.'
  return { rule: `${id}.gathers`, text, verdict, facts }
}

/** Of its own condition, or of all that it gathers. */
function gatheredFacts(catalog: Catalog, { id, appliesWhen }: Threat, profile: SystemProfile): FactRead[] {
  if (appliesWhen) return factsRead(appliesWhen, profile)
  const parts = (childrenOf(catalog).get(id) ?? []).flatMap((child) => gatheredFacts(catalog, child, profile))
  return [...new Map(parts.map((fact) => [fact.key, fact])).values()]
}

const grouped = new WeakMap<Catalog, ReadonlyMap<string | null, readonly Threat[]>>()

function childrenOf(catalog: Catalog): ReadonlyMap<string | null, readonly Threat[]> {
  const known = grouped.get(catalog) ?? Map.groupBy(catalog.threats, ({ parent }) => parent)
  grouped.set(catalog, known)
  return known
}
