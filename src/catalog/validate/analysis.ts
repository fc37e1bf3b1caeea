// Laws of risk-analysis.json: no question asks for what nobody knows, every threat can be reached, and the tree raises
// whatever a threat's own rule says applies.
import type { Catalog } from '../catalog.ts'
import { evaluate, type FactValue } from '../expression.ts'
import { defineCheck, exactly, known, unique } from './check.ts'
import { checkExpression, checkFactValues } from './expressions.ts'

const FILE = 'risk-analysis.json'
const PROFILES = 2000

export const analysisChecks = [
  defineCheck('fact-ids', FILE, ({ catalog }, report) => {
    unique(report, 'facts', catalog.facts)
    for (const { id, type, values } of catalog.facts) {
      if ((type === 'bool') !== (values === null)) report(`facts[${id}].values`, `does not suit type ${type}`)
    }
  }),

  defineCheck('tree-links', FILE, ({ catalog }, report) => {
    const { facts, threats, controls } = known(catalog, report)
    unique(report, 'decisionTree', catalog.decisionTree)
    for (const question of catalog.decisionTree) {
      facts(`decisionTree[${question.id}].facts`, question.facts)
      for (const [i, answer] of question.answers.entries()) {
        const path = `decisionTree[${question.id}].answers[${i}]`
        threats(`${path}.candidates`, answer.candidates)
        threats(`${path}.ignore`, answer.ignore)
        threats(`${path}.raises`, answer.raises)
        threats(
          `${path}.conditional`,
          answer.conditional?.map(({ threat }) => threat),
        )
        controls(`${path}.verify`, answer.verify === undefined ? [] : [answer.verify])
        checkExpression(catalog, answer.when, `${path}.when`, report)
      }
    }
  }),

  defineCheck('tree-reaches', FILE, ({ catalog }, report) => {
    const reached = new Set(catalog.decisionTree.flatMap(({ answers }) => answers.flatMap((one) => one.candidates)))
    for (const { id, kind } of catalog.threats) {
      if (kind !== 'group' && !reached.has(id)) report('decisionTree', `no answer ever raises "${id}"`)
    }
  }),

  defineCheck('tree-raises', FILE, ({ catalog }, report) => {
    for (const id of unraised(catalog, 'complete')) {
      report('decisionTree', `"${id}" applies to a system that no answer raises it for`)
    }
  }),

  defineCheck('tree-raises-unknown', FILE, ({ catalog }, report) => {
    for (const id of unraised(catalog, 'partial')) {
      report('decisionTree', `"${id}" may apply to a system of which too little is known, and no answer raises it`)
    }
  }),

  defineCheck('implications', FILE, ({ catalog }, report) => {
    for (const [i, { when, then }] of catalog.implications.entries()) {
      checkExpression(catalog, when, `implications[${i}].when`, report)
      checkFactValues(catalog, then, `implications[${i}].then`, report)
    }
  }),

  defineCheck('earlier-rules', FILE, ({ catalog }, report) => {
    const { threats } = known(catalog, report)
    for (const rule of catalog.earlierRules) {
      const path = `seed001Rules[${rule.id}]`
      checkExpression(catalog, rule.when, `${path}.when`, report)
      threats(`${path}.include`, rule.include)
      threats(`${path}.ignore`, rule.ignore)
      for (const { threat, when } of rule.conditionalInclude ?? []) {
        threats(`${path}.conditionalInclude`, [threat])
        checkExpression(catalog, when, `${path}.conditionalInclude[${threat}].when`, report)
      }
    }
  }),

  defineCheck('rule-conflicts', FILE, ({ catalog }, report) => {
    const { questions } = known(catalog, report)
    const rules = new Set(catalog.earlierRules.map(({ id }) => id))
    for (const { id, legacy, current } of catalog.ruleConflicts) {
      if (!rules.has(legacy)) report(`ruleConflicts[${id}].legacy`, `unknown rule "${legacy}"`)
      questions(`ruleConflicts[${id}].current`, [current])
    }
  }),

  defineCheck('deployment-models', FILE, ({ catalog }, report) => {
    unique(report, 'deploymentModels', catalog.deploymentModels)
    for (const { id, facts } of catalog.deploymentModels) {
      checkFactValues(catalog, facts, `deploymentModels[${id}].facts`, report)
    }
  }),

  defineCheck('responsibility', FILE, ({ catalog }, report) => {
    const { threats } = known(catalog, report)
    const { rows, values } = catalog.responsibility
    for (const { threat, by } of rows) {
      const path = `responsibility.rows[${threat}]`
      threats(path, [threat])
      for (const { id } of catalog.deploymentModels) {
        if (!Object.hasOwn(by, id)) report(`${path}.by`, `does not say who acts for "${id}"`)
      }
      for (const [model, who] of Object.entries(by)) {
        if (!catalog.deploymentModelsById.has(model)) report(`${path}.by`, `unknown deployment model "${model}"`)
        if (!values.includes(who)) report(`${path}.by.${model}`, `"${who}" is not in values`)
      }
    }
    for (const { id, kind } of catalog.threats) {
      if (kind === 'threat' && !catalog.responsibilityOf.has(id)) report('responsibility.rows', `no row for "${id}"`)
    }
  }),

  defineCheck('analysis-links', FILE, ({ catalog }, report) => {
    const { facts, threats, controls } = known(catalog, report)
    for (const { fact, ifTrue, ifFalse } of catalog.ragQuestions) {
      facts('ragQuestions', [fact])
      threats(`ragQuestions[${fact}].ifTrue`, ifTrue)
      threats(`ragQuestions[${fact}].ifFalse`, ifFalse)
    }
    threats('heuristicSystems.threats', catalog.riskAnalysis.heuristicSystems.threats)
    facts('trifecta.allOf', catalog.trifecta.allOf)
    threats('trifecta.result', [catalog.trifecta.result])
    const { factsA, factsB, factsC, ifThree } = catalog.ruleOfTwo
    facts('ruleOfTwo', [...factsA, ...factsB, ...factsC])
    controls('ruleOfTwo.ifThree', [ifThree])
  }),

  defineCheck('steps', FILE, ({ catalog }, report) => {
    const { seed001, current } = catalog.riskAnalysis.steps
    exactly(report, 'steps.seed001', seed001.length, 7)
    exactly(report, 'steps.current', current.length, 10)
    for (const step of seed001) {
      for (const n of step.current) {
        if (!current.some((one) => one.n === n)) report(`steps.seed001[${step.n}].current`, `no step ${n}`)
      }
    }
  }),
]

/** Threats that a random system has, or may have where facts are missing, and that no answer of the tree raises. */
function unraised(catalog: Catalog, knowledge: 'complete' | 'partial'): Set<string> {
  const random = numbers()
  const bad = new Set<string>()
  const answers = catalog.decisionTree.flatMap((question) => question.answers)
  const leaves = catalog.threats.filter(({ kind }) => kind !== 'group')
  for (let n = 0; n < PROFILES; n++) {
    const profile = complete(catalog, randomProfile(catalog, random, knowledge))
    const raised = new Set(
      answers.flatMap(({ when, candidates }) => (evaluate(when, profile).value === false ? [] : candidates)),
    )
    for (const { id, appliesWhen } of leaves) {
      if (!raised.has(id) && appliesWhen && evaluate(appliesWhen, profile).value !== false) bad.add(id)
    }
  }
  return bad
}

function randomProfile(
  catalog: Catalog,
  random: (below: number) => number,
  knowledge: 'complete' | 'partial',
): Record<string, FactValue> {
  const profile: Record<string, FactValue> = {}
  for (const { id, type, values } of catalog.facts) {
    if (knowledge === 'partial' && random(3) === 0) continue
    if (!values) profile[id] = random(2) === 0
    else if (type === 'enum') profile[id] = values[random(values.length)] ?? ''
    else profile[id] = values.filter(() => random(2) === 0)
  }
  return profile
}

/** What facts imply, until nothing is added any more. */
function complete(catalog: Catalog, profile: Record<string, FactValue>): Record<string, FactValue> {
  for (let round = 0; round < 3; round++) {
    for (const { when, then } of catalog.implications) {
      if (evaluate(when, profile).value === true) Object.assign(profile, then)
    }
  }
  return profile
}

/** The same numbers on every machine: a build must not fail on one run and pass on the next. */
function numbers(): (below: number) => number {
  let state = 7
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % below
  }
}
