// The catalogue's questions, answered for one system. The tree gives order, wording and responsibility; what decides
// over a threat is its own condition, and each question adds to the threat's trace what it alone would say.
import type { Catalog, Question } from '../catalog/catalog.ts'
import type { FactRead, TraceStep, Verdict } from '../model/applicability.ts'
import type { SystemProfile } from './profile.ts'
import { factsRead, toVerdict, truthOf, withOrigins, worstVerdict } from './truth.ts'

export interface TreeAnswer {
  /** Whether this answer is the system's: `applies`, `unknown` or `does-not-apply`. */
  verdict: Verdict
  candidates: readonly string[]
  ignored: readonly string[]
  /** Threats that it makes worse. */
  raises: readonly string[]
  conditional: readonly { threat: string; needs: readonly string[] }[]
  responsible?: 'you' | 'supplier'
  /** The control by which the supplier's part is verified. */
  verify?: string
  note?: string
  facts: readonly FactRead[]
}

export interface TreeQuestion {
  id: string
  order: number
  impact: string
  question: string
  /** All that the question is about, also what its answers do not read. */
  facts: readonly FactRead[]
  answers: readonly TreeAnswer[]
}

export function treeOf(catalog: Catalog, profile: SystemProfile): TreeQuestion[] {
  return catalog.decisionTree.map((question) => answered(question, profile))
}

function answered({ id, order, impact, question, facts, answers }: Question, profile: SystemProfile): TreeQuestion {
  return {
    id,
    order,
    impact,
    question,
    facts: withOrigins(facts, profile),
    answers: answers.map(({ when, candidates, ignore, raises, conditional, responsible, verify, note }) => ({
      verdict: toVerdict(truthOf(when, profile)),
      candidates,
      ignored: ignore ?? [],
      raises: raises ?? [],
      conditional: conditional ?? [],
      ...(responsible && { responsible }),
      ...(verify && { verify }),
      ...(note && { note }),
      facts: factsRead(when, profile),
    })),
  }
}

/** What the tree says of a threat, a step for each question that names it. */
export function treeSteps(catalog: Catalog, tree: readonly TreeQuestion[], threat: string): TraceStep[] {
  return (mentionsIn(catalog).get(threat) ?? []).flatMap((mention) => {
    const of = tree[mention.question]
    return of ? mentionSteps(of, mention) : []
  })
}

function mentionSteps(of: TreeQuestion, { candidates, ignored, raises }: Mention): TraceStep[] {
  const pick = (at: readonly number[]) => at.flatMap((i) => of.answers[i] ?? [])
  const naming = pick(candidates)
  const against = pick(ignored).filter(isOpen)
  const steps: TraceStep[] = []
  if (naming.some(isOpen) || (naming.length > 0 && against.length === 0)) {
    steps.push(step(of, naming, worstVerdict(naming.map(({ verdict }) => verdict))))
  }
  for (const answer of against)
    steps.push(step(of, [answer], answer.verdict === 'applies' ? 'does-not-apply' : 'unknown'))
  for (const answer of pick(raises).filter(isOpen))
    steps.push(step(of, [answer], answer.verdict, `Worse: ${of.question}`))
  return steps
}

const isOpen = ({ verdict }: TreeAnswer) => verdict !== 'does-not-apply'

function step(of: TreeQuestion, answers: readonly TreeAnswer[], verdict: Verdict, text = of.question): TraceStep {
  const [first, ...others] = answers
  if (first && others.length === 0) return { rule: of.id, text, verdict, facts: first.facts }
  const facts = new Map(answers.flatMap((answer) => answer.facts.map((fact) => [fact.key, fact])))
  return { rule: of.id, text, verdict, facts: [...facts.values()] }
}

/** Which answers of a question name a threat, by their places. */
interface Mention {
  question: number
  candidates: number[]
  ignored: number[]
  raises: number[]
}

const mentions = new WeakMap<Catalog, ReadonlyMap<string, readonly Mention[]>>()

function mentionsIn(catalog: Catalog): ReadonlyMap<string, readonly Mention[]> {
  const known = mentions.get(catalog)
  if (known) return known
  const found = catalog.threats.map(({ id }) => {
    const all = catalog.decisionTree.map(({ answers }, question) => ({
      question,
      candidates: placesOf(
        answers.map((one) => one.candidates),
        id,
      ),
      ignored: placesOf(
        answers.map((one) => one.ignore),
        id,
      ),
      raises: placesOf(
        answers.map((one) => one.raises),
        id,
      ),
    }))
    return [id, all.filter((one) => one.candidates.length + one.ignored.length + one.raises.length > 0)] as const
  })
  const made = new Map(found)
  mentions.set(catalog, made)
  return made
}

function placesOf(lists: readonly (readonly string[] | undefined)[], threat: string): number[] {
  return lists.flatMap((list, i) => (list?.includes(threat) ? [i] : []))
}

/** Whether a question has anything to say of a threat. */
export function isNamedBy(catalog: Catalog, threat: string, question: string): boolean {
  const at = catalog.decisionTree.findIndex(({ id }) => id === question)
  return (mentionsIn(catalog).get(threat) ?? []).some((mention) => mention.question === at)
}

/** Threats that some answer makes worse. */
export function isRaised(catalog: Catalog, threat: string): boolean {
  return (mentionsIn(catalog).get(threat) ?? []).some(({ raises }) => raises.length > 0)
}
