// Which threats apply to a system, and why or why not. A threat, a variant and a risk factor each follow their own
// condition; a group without one gathers what is beneath it. Invariant: an unknown fact never hides a threat.
import type { Catalog, Threat } from '../catalog/catalog.ts'
import type { Applicability, FactRead, TraceStep } from '../model/applicability.ts'
import { type EarlierAnswer, earlierSteps } from './earlier-rules.ts'
import type { SystemProfile } from './profile.ts'
import { type TreeQuestion, treeSteps } from './tree.ts'
import { factsRead, toVerdict, truthOf, worstVerdict } from './truth.ts'

export interface Rules {
  tree: readonly TreeQuestion[]
  earlier: readonly EarlierAnswer[]
}

/** One for each threat of the catalogue, in its order. */
export function applicabilityOf(
  catalog: Catalog,
  system: string,
  profile: SystemProfile,
  rules: Rules,
): Applicability[] {
  const own = new Map<string, TraceStep>()
  const children = childrenOf(catalog)
  const decide = (threat: Threat): TraceStep => {
    const known = own.get(threat.id)
    if (known) return known
    const step = threat.appliesWhen
      ? {
          rule: `${threat.id}.appliesWhen`,
          text: threat.appliesWhenText,
          verdict: toVerdict(truthOf(threat.appliesWhen, profile)),
          facts: factsRead(threat.appliesWhen, profile),
        }
      : gather(threat, (children.get(threat.id) ?? []).map(decide))
    own.set(threat.id, step)
    return step
  }
  return catalog.threats.map((threat) => {
    const step = decide(threat)
    const trace = [
      step,
      ...treeSteps(catalog, rules.tree, threat.id),
      ...earlierSteps(catalog, rules.earlier, threat.id, step.verdict),
    ]
    return { threat: threat.id, system, verdict: step.verdict, trace, catalogVersion: catalog.version }
  })
}

function gather({ id }: Threat, parts: readonly TraceStep[]): TraceStep {
  const facts = new Map<string, FactRead>(parts.flatMap((part) => part.facts.map((fact) => [fact.key, fact])))
  return {
    rule: `${id}.gathers`,
    text: 'It applies as soon as one of the threats that it gathers applies.',
    verdict: worstVerdict(parts.map(({ verdict }) => verdict)),
    facts: [...facts.values()],
  }
}

const grouped = new WeakMap<Catalog, ReadonlyMap<string | null, readonly Threat[]>>()

function childrenOf(catalog: Catalog): ReadonlyMap<string | null, readonly Threat[]> {
  const known = grouped.get(catalog) ?? Map.groupBy(catalog.threats, ({ parent }) => parent)
  grouped.set(catalog, known)
  return known
}
