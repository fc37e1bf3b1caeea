// Providers that are told to a library, or that come with a class.
import { providerOfClass, providerOfKey } from '../../knowledge/providers.ts'
import { lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'

/** `config.anthropic_api_key = …`, as libraries of Ruby are told whom they may ask. */
export function configured(unit: Unit, { collector }: Evidence) {
  if (unit.language === 'python') return switched(unit, collector)
  if (unit.language !== 'ruby') return
  for (const statement of unit.statements) {
    const [, key] = (statement.kind === 'assign' && /\.(\w+_api_key)(?:\(\))?$/.exec(statement.target)) || []
    const provider = key === undefined ? undefined : providerOfKey(key.toUpperCase())
    const { line } = statement
    if (provider !== undefined && provider !== '')
      collector.add('providers', provider, { file: unit.file, line, confidence: 0.8, attributes: { via: 'key' } })
  }
}

/** `openai.api_type = "azure"`: before clients, the library itself was told. */
function switched(unit: Unit, collector: Evidence['collector']) {
  for (const one of unit.statements) {
    if (one.kind !== 'assign' || !/(?:^|\.)openai\.api_type$/.test(one.target)) continue
    if (one.value.kind === 'text' && one.value.value.startsWith('azure'))
      collector.add('providers', 'azure-openai', { file: unit.file, line: one.line, attributes: { via: 'sdk' } })
  }
}

/** `class Local(dspy.OllamaLocal)`: whoever continues the client of a provider asks it. */
export function inherited(unit: Unit, evidence: Evidence) {
  for (const statement of unit.statements) {
    if (statement.kind !== 'class') continue
    for (const base of statement.bases) {
      const pack = base.kind === 'member' ? evidence.packageOf(unit, pathOf(base)) : undefined
      const provider = pack && pack.frameworks.length > 0 ? providerOfClass(lastName(base)) : undefined
      const { line } = statement
      if (provider !== undefined && provider !== '')
        evidence.collector.add('providers', provider, { file: unit.file, line, attributes: { via: 'framework' } })
    }
  }
}
