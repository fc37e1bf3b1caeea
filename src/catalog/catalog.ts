// The AI Exchange as one typed, frozen value: what every other part of the house knows of threats and controls.
// Files are parsed when first asked for: a gateway that only looks up a control never pays for 25 frameworks.
import { once } from '../lib/once.ts'
import { type Fixed, fix, fixedMap } from './fixed.ts'
import type { FileName, Framework as FrameworkFile, PackFile } from './schema/files.ts'

type Part<Name extends FileName, Key extends keyof PackFile<Name>> = Fixed<PackFile<Name>[Key]>
type Item<List> = List extends readonly (infer One)[] ? One : never

export type Threat = Item<Part<'threats.json', 'threats'>>
export type Control = Item<Part<'controls.json', 'controls'>>
export type ControlGroup = Item<Part<'controls.json', 'groups'>>
export type RetiredName = Item<Part<'controls.json', 'retiredNames'>>
/** A way to carry out a control, with the proof it gives and how long that proof counts. */
export type Measure = Item<Control['measures']> & { readonly control: string }
export type Asset = Item<Part<'assets.json', 'assets'>>
export type RiskAnalysis = Fixed<PackFile<'risk-analysis.json'>>
export type Fact = Item<RiskAnalysis['facts']>
export type Question = Item<RiskAnalysis['decisionTree']>
export type EarlierRule = Item<RiskAnalysis['seed001Rules']>
export type DeploymentModel = Item<RiskAnalysis['deploymentModels']>
export type ResponsibilityRow = Item<RiskAnalysis['responsibility']['rows']>
export type LikelihoodFactor = Item<RiskAnalysis['likelihoodFactors']>
export type MatrixRow = Item<Part<'matrix.json', 'matrix'>>
export type PeriodicRow = Item<Part<'matrix.json', 'periodicTable'>>
export type Framework = Fixed<FrameworkFile>
export type FrameworkItem = Item<Framework['items']>
export type Principle = Item<Part<'privacy.json', 'principles'>>
export type Obligation = Item<Principle['obligations']>
export type Test = Item<Fixed<PackFile<'testing.json'>>['rag']['tests']>
export type History = Fixed<PackFile<'history.json'>>

type ById<T> = ReadonlyMap<string, T>

export interface Catalog {
  /** `<pack>/<version>`, or the folder it was read from. */
  readonly name: string
  readonly version: string
  /** Counts, sources and the meaning of value lists. */
  readonly index: Fixed<PackFile<'index.json'>>
  readonly history: History

  readonly threats: readonly Threat[]
  readonly threatsById: ById<Threat>
  readonly controls: readonly Control[]
  readonly controlsById: ById<Control>
  readonly measures: readonly Measure[]
  readonly measuresById: ById<Measure>
  readonly controlGroups: readonly ControlGroup[]
  readonly retiredNames: readonly RetiredName[]
  readonly aliasIndex: Part<'controls.json', 'aliasIndex'>

  readonly assets: readonly Asset[]
  readonly assetsById: ById<Asset>
  readonly inventoryKinds: Part<'assets.json', 'inventoryKinds'>

  readonly facts: readonly Fact[]
  readonly factsById: ById<Fact>
  readonly implications: RiskAnalysis['implications']
  readonly decisionTree: readonly Question[]
  readonly questionsById: ById<Question>
  /** How the first edition of the Exchange decided, and where it now decides otherwise. */
  readonly earlierRules: readonly EarlierRule[]
  readonly ruleConflicts: RiskAnalysis['ruleConflicts']
  readonly deploymentModels: readonly DeploymentModel[]
  readonly deploymentModelsById: ById<DeploymentModel>
  readonly responsibility: RiskAnalysis['responsibility']
  /** By threat id. */
  readonly responsibilityOf: ById<ResponsibilityRow>
  readonly likelihoodFactors: readonly LikelihoodFactor[]
  readonly impactTypes: RiskAnalysis['impactTypes']
  readonly severity: RiskAnalysis['severity']
  readonly treatmentOptions: RiskAnalysis['treatmentOptions']
  readonly riskRegisterFields: RiskAnalysis['riskRegisterFields']
  readonly trifecta: RiskAnalysis['trifecta']
  readonly ruleOfTwo: RiskAnalysis['ruleOfTwo']
  readonly ragQuestions: RiskAnalysis['ragQuestions']
  /** The whole file, for its steps, questions to people and semantics. */
  readonly riskAnalysis: RiskAnalysis

  readonly matrix: readonly MatrixRow[]
  readonly periodicTable: readonly PeriodicRow[]
  readonly essentials: Part<'matrix.json', 'essentials'>
  /** The whole file, for its gaps, risk areas and the view of ready-made models. */
  readonly overview: Fixed<PackFile<'matrix.json'>>

  readonly frameworks: readonly Framework[]
  readonly frameworksById: ById<Framework>
  /** Framework id → item id → item. */
  readonly itemsByFramework: ById<ById<FrameworkItem>>

  readonly privacy: Fixed<PackFile<'privacy.json'>>
  readonly practices: Fixed<PackFile<'practices.json'>>
  readonly testing: Fixed<PackFile<'testing.json'>>
  readonly mission: Fixed<PackFile<'mission.json'>>
}

/** What a pack's files hold, by name. Their shape is the schemas' promise: checked at build, or when a folder is read. */
export type ReadFile = (file: string) => unknown

export function createCatalog(name: string, readFile: ReadFile): Catalog {
  const file = <Name extends FileName>(name: Name) => once(() => fix(readFile(name) as PackFile<Name>))
  const index = file('index.json')
  const history = file('history.json')
  const threats = file('threats.json')
  const controls = file('controls.json')
  const assets = file('assets.json')
  const risk = file('risk-analysis.json')
  const overview = file('matrix.json')
  const frameworks = once(() =>
    Object.freeze(
      index()
        .files.filter((name) => name.startsWith('frameworks/'))
        .map((name) => fix(readFile(name) as FrameworkFile)),
    ),
  )
  const measures = once(() =>
    fix(controls().controls.flatMap((control) => control.measures.map((part) => ({ ...part, control: control.id })))),
  )
  return lazily<Catalog>({
    name: () => name,
    version: () => index().generated,
    index,
    history,
    threats: () => threats().threats,
    threatsById: () => byId(threats().threats),
    controls: () => controls().controls,
    controlsById: () => byId(controls().controls),
    measures,
    measuresById: () => byId(measures()),
    controlGroups: () => controls().groups,
    retiredNames: () => controls().retiredNames,
    aliasIndex: () => controls().aliasIndex,
    assets: () => assets().assets,
    assetsById: () => byId(assets().assets),
    inventoryKinds: () => assets().inventoryKinds,
    facts: () => risk().facts,
    factsById: () => byId(risk().facts),
    implications: () => risk().implications,
    decisionTree: () => risk().decisionTree,
    questionsById: () => byId(risk().decisionTree),
    earlierRules: () => risk().seed001Rules,
    ruleConflicts: () => risk().ruleConflicts,
    deploymentModels: () => risk().deploymentModels,
    deploymentModelsById: () => byId(risk().deploymentModels),
    responsibility: () => risk().responsibility,
    responsibilityOf: () => fixedMap(risk().responsibility.rows.map((row) => [row.threat, row])),
    likelihoodFactors: () => risk().likelihoodFactors,
    impactTypes: () => risk().impactTypes,
    severity: () => risk().severity,
    treatmentOptions: () => risk().treatmentOptions,
    riskRegisterFields: () => risk().riskRegisterFields,
    trifecta: () => risk().trifecta,
    ruleOfTwo: () => risk().ruleOfTwo,
    ragQuestions: () => risk().ragQuestions,
    riskAnalysis: risk,
    matrix: () => overview().matrix,
    periodicTable: () => overview().periodicTable,
    essentials: () => overview().essentials,
    overview,
    frameworks,
    frameworksById: () => byId(frameworks()),
    itemsByFramework: () => fixedMap(frameworks().map((framework) => [framework.id, byId(framework.items)])),
    privacy: file('privacy.json'),
    practices: file('practices.json'),
    testing: file('testing.json'),
    mission: file('mission.json'),
  })
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ById<T> {
  return fixedMap(list.map((one) => [one.id, one]))
}

/** An object whose members are made when first read, and then stay. */
function lazily<T extends object>(members: { [Key in keyof T]: () => T[Key] }): T {
  const value = {}
  for (const [key, make] of Object.entries<() => unknown>(members)) {
    Object.defineProperty(value, key, { get: once(make), enumerable: true })
  }
  return Object.freeze(value) as T
}
