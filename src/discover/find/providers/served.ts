// Providers that no code names: who serves the models that are used, who is meant by default, whose client is installed.
import { packageNamed } from '../../knowledge/packages.ts'
import { providerNamed } from '../../knowledge/providers.ts'
import type { Evidence } from '../evidence.ts'

/** Where no model is named, a framework of agents asks the one whose it is. */
export function usual({ collector, project }: Evidence) {
  for (const { file, ecosystem, name, line, direct, development } of project.dependencies) {
    const provider = direct && !development ? packageNamed(ecosystem, name)?.usual : undefined
    if (provider !== undefined && collector.of('providers').length === 0)
      collector.add('providers', provider, {
        file,
        line,
        confidence: 0.5,
        stance: 'implicit',
        attributes: { via: 'framework' },
      })
  }
}

/** A provider's own client that no code of the scan imports: perhaps used, so it is said with little confidence. */
export function installed({ project, collector }: Evidence) {
  const inUse = new Set(collector.of('sdks').flatMap(({ name, evidence }) => (evidence.length > 1 ? [name] : [])))
  for (const { file, ecosystem, name, line, direct, development } of project.dependencies) {
    const pack = direct && !development ? packageNamed(ecosystem, name) : undefined
    if (pack?.provider === undefined || inUse.has(pack.name)) continue
    const languages = project.units.some(({ format, language }) => format === 'code' && language !== 'docker')
    if (!languages || ecosystem === 'golang')
      collector.add('providers', pack.provider, {
        file,
        line,
        confidence: 0.5,
        stance: 'inferred',
        attributes: { via: 'dependency' },
      })
  }
}

/** Of these, every model carries its publisher in front, who is not asked for it. */
const PREFIXING = new Set(['openrouter', 'vercel-ai-gateway', 'portkey', 'github-models'])

const filesOfGateways = (collector: Evidence['collector']): ReadonlySet<string> =>
  new Set(
    collector
      .of('providers')
      .flatMap(({ name, evidence }) => (PREFIXING.has(name) ? evidence.map(({ file }) => file) : [])),
  )

/** Gateways name the provider in front of the model; otherwise the maker of a closed model is who serves it. */
export function servedModels({ collector, usedModels }: Evidence, away: ReadonlySet<string>) {
  const present = new Set(collector.of('providers').map(({ name }) => name))
  const gateways = [
    'vercel-ai-gateway',
    'openrouter',
    'portkey',
    'github-models',
    'azure-openai',
    'azure-ai',
    'aws-bedrock',
    'google-vertex-ai',
    'databricks',
    'snowflake-cortex',
    'github-copilot',
  ]
  const through = gateways.some((one) => present.has(one))
  const atGateway = filesOfGateways(collector)
  for (const { model, unit, line, provider, told } of usedModels) {
    const prefix = /^([\w-]+)\//.exec(model.name)?.[1]
    const gateway = prefix === undefined ? undefined : providerNamed(prefix)
    if (provider !== undefined && provider !== '') {
      collector.add('providers', provider, { file: unit.file, line, confidence: 0.8, attributes: { via: 'framework' } })
    } else if (
      gateway !== undefined &&
      model.usual !== undefined &&
      !atGateway.has(unit.file) &&
      (unit.format === 'code' || unit.format === 'notebook')
    ) {
      collector.add('providers', gateway, {
        file: unit.file,
        line,
        confidence: 0.75,
        stance: 'inferred',
        attributes: { via: 'gateway' },
      })
    } else if (
      model.usual !== undefined &&
      !through &&
      !present.has(model.usual) &&
      !away.has(model.usual) &&
      !(told !== undefined && present.has(told))
    ) {
      collector.add('providers', model.usual, {
        file: unit.file,
        line,
        confidence: 0.6,
        stance: 'inferred',
        attributes: { via: 'model' },
      })
    }
  }
}
