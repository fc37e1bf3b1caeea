// Providers: who is asked. The client of a provider says so, unless it is pointed elsewhere; a model's name says so where
// nothing else does.
import { isDocumentation } from '../../classify.ts'
import { AMBIGUOUS, providerNamed, providerOfClass } from '../../knowledge/providers.ts'
import { type Expr, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { Claims } from './claims.ts'
import { commanded } from './commanded.ts'
import { configured, inherited } from './configured.ts'
import type { Evidence } from '../evidence.ts'
import { handedKeys } from './handed-keys.ts'
import { installed, servedModels, usual } from './served.ts'
import { visitUnit } from '../visit.ts'
import { client } from './clients.ts'
import { host } from './addresses.ts'
import { constant, settings } from './settings.ts'
import { keyRead } from './keys-read.ts'

const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['call', 'text', 'map', 'member', 'name', 'index'])

export function findProviders(evidence: Evidence) {
  const claims = new Claims()
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file)) continue
    imported(unit, evidence, claims)
    configured(unit, evidence)
    inherited(unit, evidence)
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'call') client(expr, around, evidence, claims)
        else if (expr.kind === 'text') {
          host(expr.value, expr.line, around, evidence, claims)
          constant(expr.value, expr.line, around, evidence)
          commanded(expr.value, expr.line, around, evidence)
        } else if (expr.kind === 'map') {
          settings(expr, around, evidence, claims)
          handedKeys(expr, around, evidence)
        }
        if (expr.kind === 'member' || expr.kind === 'name') listed(expr, unit, evidence)
        if (expr.kind === 'call' || expr.kind === 'member' || expr.kind === 'index') keyRead(expr, around, evidence)
      },
      LOOKED_AT,
    )
  }
  installed(evidence)
  for (const provider of claims.takenBack()) evidence.collector.remove('providers', provider)
  servedModels(evidence, new Set(claims.takenBack()))
  if (evidence.usedModels.length === 0) usual(evidence)
}

function imported(unit: Unit, evidence: Evidence, claims: Claims) {
  const { collector } = evidence
  // Of .NET, the library for Azure lends the types of OpenAI's own.
  if (unit.language === 'csharp' && evidence.packages(unit).some(({ pack }) => pack.provider === 'azure-openai'))
    claims.away('openai')
  const { file } = unit
  for (const { pack, names, module, line } of evidence.packages(unit)) {
    const own = pack.provider ?? pack.adapts
    const others = names
      .map(({ name }) => providerOfClass(name))
      .filter((one) => one !== undefined && one !== '' && one !== own)
      // Whoever speaks as OpenAI does calls it so.
      .filter((one) => one !== 'openai' || pack.provider === undefined)
    const via = pack.provider === undefined ? 'framework' : 'sdk'
    if (own !== undefined && (others.length === 0 || others.length < names.length)) {
      collector.add('providers', own, { file, line, attributes: { via } })
    }
    for (const provider of others)
      if (provider !== undefined) collector.add('providers', provider, { file, line, attributes: { via } })
    if (own !== undefined || pack.frameworks.length === 0) continue
    // What runs on the machine itself is only kept where a hub has it.
    if (
      names.length > 0 &&
      names.every(({ name }) => /^HuggingFace(?:\w*(?<!API|Hub|Endpoint)Embeddings?|Pipeline)$/.test(name))
    )
      continue
    const parts = module.split(/[./]/)
    for (const [at, part] of parts.entries()) {
      // Behind `services` or `plugins`, a word of everyday life is a provider too.
      const told = /^(?:services|providers|plugins|llms|integrations)$/.test(parts[at - 1] ?? '')
      const provider = at === 0 || (!told && AMBIGUOUS.has(part.toLowerCase())) ? undefined : providerNamed(part)
      if (provider !== undefined)
        collector.add('providers', provider, { file, line, confidence: 0.85, attributes: { via } })
    }
  }
}

/** `Lab::OpenAI`, `Provider::Anthropic`: one of those that a library can ask. */
function listed(expr: Extract<Expr, { kind: 'member' | 'name' }>, unit: Unit, evidence: Evidence) {
  const path = pathOf(expr)
  const owner = path.slice(0, Math.max(0, path.lastIndexOf('.')))
  // Of Go, one client asks either.
  if (path.endsWith('.BackendVertexAI') && evidence.packageOf(unit, owner)?.provider === 'google')
    evidence.collector.add('providers', 'google-vertex-ai', {
      file: unit.file,
      line: expr.line,
      attributes: { via: 'sdk' },
    })
  if (!/(?:^|\.)(?:Lab|Provider|ProviderEnum)$/.test(owner) || !evidence.packageOf(unit, owner)) return
  const provider = providerNamed(lastName(expr))
  if (provider !== undefined)
    evidence.collector.add('providers', provider, {
      file: unit.file,
      line: expr.line,
      attributes: { via: 'framework' },
    })
}
