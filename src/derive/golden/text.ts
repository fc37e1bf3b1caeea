// An analysis as a text that a person can read through: what is known, what threatens, why not the rest, who does what.
import type { FactRead } from '../../model/applicability.ts'
import type { Severity } from '../../model/risk.ts'
import { analyse, type SystemInput } from '../analyse.ts'
import { openQuestions } from '../questions.ts'
import { agentPowers } from '../trifecta.ts'

export function analysisText(input: SystemInput): string {
  const analysis = analyse(input)
  const { name, id } = input.system
  const sections: [string, string[]][] = [
    [`${name} (${id}) by the catalogue of ${analysis.catalogVersion}, risk method ${analysis.riskMethod}`, []],
    [
      'Facts',
      analysis.facts.flatMap((fact) =>
        fact.value === undefined && fact.origin !== 'conflict' ? [] : [factText(fact)],
      ),
    ],
    [
      'Conflicts',
      analysis.conflicts.map(
        ({ key, voices }) => `${key}: ${voices.map((one) => `${one.value} (${one.origin})`).join(' or ')}`,
      ),
    ],
    [
      'To ask',
      openQuestions(input).map(
        (one) => `${one.key}: settles ${one.settles}, ${one.threats.length} threats, ${one.risks.length} risks`,
      ),
    ],
    [
      'Questions of the tree',
      analysis.tree.map((one) => `${one.id}: ${one.answers.map(({ verdict }) => verdict).join(', ')}`),
    ],
    [
      'Earlier rules that hold',
      analysis.earlierRules.flatMap((one) => (one.verdict === 'applies' ? [earlierText(one)] : [])),
    ],
    ...(['applies', 'unknown', 'does-not-apply'] as const).map((verdict): [string, string[]] => [
      `Threats: ${verdict}`,
      analysis.threats.flatMap((one) => (one.verdict === verdict ? [threatText(one)] : [])),
    ]),
    [
      'Risks: inherent, designed, proven',
      analysis.risks.map(
        (one) =>
          `${one.threat}: ${[one.inherent, one.designed, one.proven].map(severityText).join(' | ')} – ${one.impactBecause}`,
      ),
    ],
    [
      'Controls',
      analysis.controls.map(
        (one) => `${one.control}: ${one.need === 'needed' ? `${one.party}, ${one.for.length} threats` : one.reason}`,
      ),
    ],
    [
      'Agents',
      agentPowers(input).map(
        (one) =>
          `${one.agent}: ${one.isTrifecta ? 'lethal trifecta over ' : ''}${one.path.map(({ from, kind, to }) => `${from} ${kind} ${to}`).join(', ')} rule of two ${one.ruleOfTwo.holds.join('')}`,
      ),
    ],
    [`EU AI Act: ${analysis.aiAct.tier}`, analysis.aiAct.trace.map(({ text, verdict }) => `${verdict}: ${text}`)],
    ['Duties', [analysis.aiAct.duties.join(', ')]],
  ]
  return sections.map(([title, lines]) => `${[title, ...lines.map((line) => `  ${line}`)].join('\n')}\n`).join('\n')
}

function factText({ key, value, origin }: FactRead): string {
  return `${key}: ${value === undefined ? '?' : String(value)} – ${origin}`
}

function threatText({ threat, trace }: ReturnType<typeof analyse>['threats'][number]): string {
  const [own, ...others] = trace
  const facts = (own?.facts ?? []).map(({ key, value }) => `${key}=${value === undefined ? '?' : String(value)}`)
  const also = others.map(({ rule, verdict }) => `${rule} ${verdict}`)
  return `${threat} [${facts.join(', ')}]${also.length > 0 ? ` ${also.join('; ')}` : ''}`
}

function earlierText({ id, includes, ignores, conflicts }: ReturnType<typeof analyse>['earlierRules'][number]): string {
  const against = conflicts.map((one) => `${one.id} with ${one.question}: ${one.resolution} counts`)
  return [
    `${id}`,
    `adds ${includes.join(', ') || 'nothing'}`,
    `removes ${ignores.join(', ') || 'nothing'}`,
    ...against,
  ].join('; ')
}

function severityText({ likelihood, impact, severity }: Severity): string {
  return `${severity} (${likelihood} × ${impact})`
}
