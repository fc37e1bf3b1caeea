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
export function treeSteps(tree: readonly TreeQuestion[], threat: string): TraceStep[] {
  return tree.flatMap((question) => {
    const naming = question.answers.filter(({ candidates }) => candidates.includes(threat))
    const against = question.answers.filter(({ ignored }) => ignored.includes(threat))
    const raising = question.answers.filter(({ raises, verdict }) => raises.includes(threat) && isOpen(verdict))
    return [
      ...(naming.length > 0 ? [step(question, naming, worstVerdict(naming.map(({ verdict }) => verdict)))] : []),
      ...against
        .filter(({ verdict }) => isOpen(verdict))
        .map((answer) => step(question, [answer], answer.verdict === 'applies' ? 'does-not-apply' : 'unknown')),
      ...raising.map((answer) => step(question, [answer], answer.verdict, `Worse: ${question.question}`)),
    ]
  })
}

const isOpen = (verdict: Verdict) => verdict !== 'does-not-apply'

function step(of: TreeQuestion, answers: readonly TreeAnswer[], verdict: Verdict, text = of.question): TraceStep {
  const facts = new Map(answers.flatMap((answer) => answer.facts.map((fact) => [fact.key, fact])))
  return { rule: of.id, text, verdict, facts: [...facts.values()] }
}
