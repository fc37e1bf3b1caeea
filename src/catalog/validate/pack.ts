// Laws of the pack as a whole: it holds what its index says, in those numbers, remembers its old names, and every id
// leads back to its own thing.
import { isCurrent } from '../history.ts'
import { resolveName } from '../resolve.ts'
import { schemaOf } from '../schema/files.ts'
import { NOUNS } from '../schema/history.ts'
import { defineCheck, exactly, type Pack } from './check.ts'

export const packChecks = [
  defineCheck('index-files', 'index.json', ({ catalog, files }, report) => {
    for (const file of catalog.index.files) if (!files.has(file)) report('files', `lists ${file}, which is missing`)
    for (const file of files.keys()) {
      const isListed = file === 'index.json' || file === 'history.json' || catalog.index.files.includes(file)
      if (!isListed) report('files', `does not list ${file}`)
      if (!schemaOf(file)) report('files', `nothing reads ${file}`)
    }
    if (new Set(catalog.index.files).size !== catalog.index.files.length) report('files', 'lists a file twice')
  }),

  defineCheck('index-counts', 'index.json', (pack, report) => {
    const { counts } = pack.catalog.index
    const { threats, frameworks, ...numbers } = counts
    const found = countsOf(pack)
    for (const [key, expected] of Object.entries(numbers)) {
      exactly(report, `counts.${key}`, expected, found[key as keyof typeof numbers])
    }
    for (const [kind, count] of Object.entries(threats)) {
      exactly(report, `counts.threats.${kind}`, count, pack.catalog.threats.filter((one) => one.kind === kind).length)
    }
    const sizes = Object.fromEntries(pack.catalog.frameworks.map(({ id, items }) => [id, items.length]))
    for (const id of new Set([...Object.keys(frameworks), ...Object.keys(sizes)])) {
      exactly(report, `counts.frameworks.${id}`, frameworks[id] ?? 0, sizes[id] ?? 0)
    }
  }),

  defineCheck('machine-paths', 'index.json', ({ files }, report) => {
    for (const [file, value] of files) {
      const found = /\/(?:work|tmp|farm|home|root)\//.exec(JSON.stringify(value))?.[0]
      if (found) report(file, `names a place on somebody's machine: ${found}`)
    }
  }),

  defineCheck('history', 'history.json', ({ catalog }, report) => {
    for (const [edition, nouns] of Object.entries(catalog.history.since)) {
      if (edition >= catalog.version) report(`since.${edition}`, 'is not before the pack')
      for (const noun of NOUNS) {
        for (const id of nouns[noun] ?? []) {
          if (!isCurrent(catalog, noun, id)) report(`since.${edition}.${noun}`, `"${id}" is not in the pack`)
        }
      }
    }
    for (const { noun, id, since, until, renamedTo } of catalog.history.retired) {
      const path = `retired[${noun} ${id}]`
      if (isCurrent(catalog, noun, id)) report(path, 'is still in the pack')
      if (since >= until) report(`${path}.until`, 'is not after since')
      if (until > catalog.version) report(`${path}.until`, 'is later than the pack')
      for (const to of renamedTo)
        if (!isCurrent(catalog, noun, to)) report(`${path}.renamedTo`, `unknown ${noun} "${to}"`)
    }
    for (const { code, status, replacedBy } of catalog.retiredNames) {
      const told = catalog.history.retired.find(({ noun, id }) => noun === 'control' && id === code)
      const isTold = status === 'misspelt' || told?.renamedTo.join() === replacedBy.join()
      if (catalog.history.retired.length > 0 && !isTold) report('retired', `does not tell what became of ${code}`)
    }
  }),

  defineCheck('names', 'threats.json', ({ catalog }, report) => {
    const own = [
      ...catalog.threats.map(({ id }) => ({ kind: 'threat', id })),
      ...catalog.controls.map(({ id }) => ({ kind: 'control', id })),
      ...catalog.measures.map(({ id }) => ({ kind: 'measure', id })),
      ...catalog.facts.map(({ id }) => ({ kind: 'fact', id })),
      ...catalog.frameworks.map(({ id }) => ({ kind: 'framework', id })),
    ]
    for (const { kind, id } of own) {
      const [match, ...others] = resolveName(catalog, id)
      if (others.length > 0 || match.kind !== kind || match.id !== id) {
        report(`${kind} ${id}`, `the id also names ${others[0]?.kind ?? match.kind} ${others[0]?.id ?? match.id}`)
      }
    }
  }),
]

function countsOf({ catalog }: Pack) {
  const items = catalog.frameworks.flatMap((framework) => framework.items)
  return {
    controls: catalog.controls.length,
    controlMeasures: catalog.measures.length,
    retiredNames: catalog.retiredNames.length,
    matrixRows: catalog.matrix.length,
    periodicRows: catalog.periodicTable.length,
    facts: catalog.facts.length,
    decisionQuestions: catalog.decisionTree.length,
    seed001Rules: catalog.earlierRules.length,
    deploymentModels: catalog.deploymentModels.length,
    privacyPrinciples: catalog.privacy.principles.length,
    privacyObligations: sum(catalog.privacy.principles.map(({ obligations }) => obligations.length)),
    practiceRequirements: sum(catalog.practices.bestPractices.map(({ requirements }) => requirements.length)),
    incidentScenarios: catalog.practices.incidentScenarios.length,
    missionRows: catalog.mission.rows.length,
    frameworkItems: items.length,
    atlasCaseStudies: sum(catalog.frameworks.map(({ caseStudies }) => caseStudies?.length ?? 0)),
    aisvsRequirements: sum(items.map(({ requirements }) => requirements?.length ?? 0)),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
