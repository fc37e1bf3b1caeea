// Settings that name a provider: a section of its own, a choice, or the name that an adapter gives itself.
import { AMBIGUOUS, providerNamed } from '../../knowledge/providers.ts'
import type { Expr } from '../../syntax/expr.ts'
import { inCatalogue } from '../models/catalogues.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'

/** `const providerName = "…"`: who adapts a provider says whose adapter it is. */
export function constant(text: string, line: number, { unit, keys, parents, asked }: Around, { collector }: Evidence) {
  if (
    asked ||
    unit.format !== 'code' ||
    parents.length > 0 ||
    !/(?:provider|client|backend)_?(?:name|id)$/i.test(keys.at(-1) ?? '')
  )
    return
  const provider = AMBIGUOUS.has(text.toLowerCase()) ? undefined : providerNamed(text.replace(/^aws\//, ''))
  if (provider !== undefined && !/^(?:google|github)/.test(provider))
    collector.add('providers', provider, { file: unit.file, line, confidence: 0.75, attributes: { via: 'code' } })
}

/** Settings that name a provider: a section of its own, or a choice. */
export function settings(map: Extract<Expr, { kind: 'map' }>, around: Around, evidence: Evidence) {
  const { unit, keys } = around
  const { collector } = evidence
  if (inCatalogue(unit, [map])) return
  for (const [key, value] of map.entries) {
    if (key.kind !== 'text') continue
    const { file } = unit
    const { line } = key
    if (unit.format !== 'code' && unit.format !== 'notebook') {
      const provider = evidence.configuredProvider(unit, key.value)
      const fields = value.kind === 'map' ? value.entries.map(([one]) => (one.kind === 'text' ? one.value : '')) : []
      const section = fields.some((one) =>
        /^(?:api[_-]?key(?:[_-]env)?|api[_-]?base|base[_-]?url|models?|endpoint|api[_-]?version|deployment|chat|llm_model|embedding)$/i.test(
          one,
        ),
      )
      const deployed = provider === 'openai' && fields.some((one) => /deployment/i.test(one))
      if (provider !== undefined && section && !/dependenc/i.test(keys.join('.'))) {
        collector.add('providers', deployed ? 'azure-openai' : provider, {
          file,
          line,
          confidence: 0.85,
          attributes: { via: 'config' },
        })
      }
      if (/^litellm_(?:params|settings)$/.test(key.value))
        collector.add('frameworks', 'litellm', { file, line, attributes: { via: 'config' } })
      const [, served] = key.value === 'model' && value.kind === 'text' ? (/^([a-z_]+)\//.exec(value.value) ?? []) : []
      const server = served !== undefined && keys.at(-1) === 'litellm_params' ? providerNamed(served) : undefined
      if (server !== undefined) collector.add('providers', server, { file, line, attributes: { via: 'config' } })
      const [, spring] =
        /^(?:spring\.ai|(?:quarkus\.)?langchain4j)\.([\w-]+)\.(?!enabled)/.exec([...keys, key.value].join('.')) ?? []
      const sprung = spring === undefined ? undefined : providerNamed(spring)
      if (sprung !== undefined) collector.add('providers', sprung, { file, line, attributes: { via: 'config' } })
    }
    if (
      value.kind === 'text' &&
      /^(?:(?:llm|model|chat|embeddings?|ai|reranker?|default|tts|stt|image)[_.-]?)?(?:provider|backend|vendor|mode)(?:[_-]?name|Name)?$|^LLM_(?:PROVIDER|TYPE|BACKEND)$/i.test(
        key.value.slice(key.value.lastIndexOf('.') + 1),
      )
    ) {
      const llm =
        /llm|model|chat|embed|ai|rerank/i.test(key.value + keys.join('.')) || evidence.packages(unit).length > 0
      const provider =
        AMBIGUOUS.has(value.value.toLowerCase()) && !/azure/i.test(value.value) ? undefined : providerNamed(value.value)
      if (provider !== undefined && llm)
        collector.add('providers', provider, { file, line, confidence: 0.75, attributes: { via: 'config' } })
    }
  }
}
