// Clients that are made: whose they are, and where they point. Many speak as OpenAI does, so its client alone says little.
import { providerNamed, providerOfClass } from '../../knowledge/providers.ts'
import { children, type Expr, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { splitHubName } from '../../knowledge/models.ts'
import type { Claims } from './claims.ts'
import type { Evidence } from '../evidence.ts'
import type { Around } from '../visit.ts'
import { answeringAt, bareUrl, hostOf } from './addresses.ts'

export const OPENAI_CLIENT =
  /^(?:Async|Chat)?OpenAI(?:Client|Chat|Embeddings?|Model|ChatModel|LLM|Like|ServerModel|Provider|Generator|ChatGenerator|ChatCompletionClient|Configuration|ChatCompletionsModel)?$|^createOpenAI(?:Compatible)?$|^OpenAi(?:Chat|Embedding|StreamingChat)Model$|^OpenAIApi$|^DefaultConfig$|^OpenAIOkHttpClient$/
const BASE = [
  'base_url',
  'baseURL',
  'baseUrl',
  'base_URL',
  'openai_api_base',
  'api_base',
  'apiBase',
  'basePath',
  'BaseURL',
  'base_uri',
  'uri_base',
  'host',
  'endpoint',
  'Endpoint',
]

/** What OpenAI's library for .NET makes for each kind of request. */
const CLIENT_OF = /^(?:Chat|Embedding|Image|Audio|Assistant|OpenAIResponse|Responses|Realtime)Client$/

/** `options.vertexai = true`: what is put into the options before they are given. */
function setLater(options: Expr, name: string, { statements }: Unit): Expr | undefined {
  if (options.kind !== 'name') return undefined
  const target = `${options.name}.${name}`
  for (const one of statements) if (one.kind === 'assign' && one.target === target) return one.value
  return undefined
}

/** A client that is made: where does it point? */
export function client(
  call: Extract<Expr, { kind: 'call' }>,
  { unit, scope, asked }: Around,
  evidence: Evidence,
  claims: Claims,
) {
  const { collector, resolver } = evidence
  const name = lastName(call.callee)
  const { file } = unit
  const [first] = call.args
  if (/^(?:client|resource)$/.test(name) && first?.kind === 'text' && !asked) {
    const provider = first.value.startsWith('bedrock')
      ? 'aws-bedrock'
      : first.value.startsWith('sagemaker-runtime')
        ? 'aws-sagemaker'
        : undefined
    if (provider !== undefined)
      collector.add('providers', provider, { file, line: call.line, attributes: { via: 'sdk' } })
    return
  }
  const owner = evidence.packageOf(unit, pathOf(call.callee))
  const vertex =
    field(call, 'vertexai') ??
    call.args.map((one) => field(one, 'vertexai') ?? setLater(one, 'vertexai', unit)).find((one) => one !== undefined)
  if (owner?.provider === 'google' || owner?.adapts === 'google') {
    if (vertex?.kind === 'constant' && vertex.value === true)
      collector.add('providers', 'google-vertex-ai', { file, line: call.line, attributes: { via: 'sdk' } })
  }
  // Of the AI SDK, a name with its maker in front, of which no provider is made, goes through the gateway.
  const made = field(call, 'model') ?? field(first, 'model')
  if (owner?.name === 'ai' && made?.kind === 'text' && splitHubName(made.value) !== undefined)
    collector.add('providers', 'vercel-ai-gateway', {
      file,
      line: call.line,
      confidence: 0.85,
      attributes: { via: 'framework' },
    })
  // `load_tools(["serpapi"])`: tools of LangChain are asked for by whom they ask.
  if (name === 'load_tools' && first?.kind === 'list')
    for (const tool of first.items) {
      const searched = tool.kind === 'text' ? providerNamed(tool.value) : undefined
      if (searched !== undefined)
        collector.add('providers', searched, { file, line: call.line, attributes: { via: 'framework' } })
    }
  // Weaviate has others turn texts into vectors: `text2VecCohere(…)`, `configure.generative.mistral(…)`.
  const [, turned] =
    /(?:^|\.)(?:text|multi|img)2_?vec_?(\w+)$|\b(?:generative|reranker)\.(\w+)$/i
      .exec(pathOf(call.callee))
      ?.filter((part) => part !== undefined) ?? []
  const project = field(call, 'project_id', 'projectId') !== undefined
  const turner =
    turned === undefined
      ? undefined
      : project && /^(?:google|palm)$/i.test(turned)
        ? 'google-vertex-ai'
        : providerNamed(turned)
  if (turner !== undefined && evidence.packages(unit).some(({ pack }) => pack.vectorStore === 'weaviate'))
    collector.add('providers', turner, { file, line: call.line, attributes: { via: 'vector-store' } })
  // `openai.DefaultAzureConfig(…)`, which is given to a client of OpenAI.
  if (owner?.provider === 'openai' && /azure/i.test(name)) {
    collector.add('providers', 'azure-openai', { file, line: call.line, attributes: { via: 'sdk' } })
    return
  }
  const openai =
    OPENAI_CLIENT.test(name) ||
    (owner?.provider === 'openai' && /^(?:new|NewClient|client|NewClientWithConfig|builder)$/i.test(name))
  if (!openai) {
    // Of .NET, what is added to the services says whose it is: `AddAzureAIInferenceChatCompletion`.
    const [, added] = unit.language === 'csharp' ? (/^(?:Add|With)([A-Z]\w+)$/.exec(name) ?? []) : []
    const registered = added !== undefined && !field(call, 'endpoint') && evidence.packages(unit).length > 0
    const provider = registered
      ? providerOfClass(added)
      : owner && owner.provider === undefined
        ? providerOfClass(name)
        : undefined
    if (
      unit.language === 'csharp' &&
      ((registered && provider === 'openai') || (owner?.provider === 'openai' && CLIENT_OF.test(name)))
    )
      claims.keep('openai')
    if (provider !== undefined && provider !== '')
      collector.add('providers', provider, {
        file,
        line: call.line,
        confidence: 0.85,
        attributes: { via: 'framework' },
      })
    return
  }
  const options = call.args.find((argument) => argument.kind === 'map')
  // Of Azure's first library, a client that is given a key alone asks OpenAI itself.
  if (
    unit.language === 'csharp' &&
    owner?.provider === 'azure-openai' &&
    call.args.length === 1 &&
    first?.kind !== 'call'
  )
    collector.add('providers', 'openai', { file, line: call.line, confidence: 0.8, attributes: { via: 'sdk' } })
  // `new OpenAI({ azure: { … } })`, as LlamaIndex has it.
  if (field(call, 'azure') ?? field(options, 'azure')) {
    claims.away('openai')
    collector.add('providers', 'azure-openai', { file, line: call.line, attributes: { via: 'framework' } })
    return
  }
  const base = field(call, ...BASE) ?? field(options, ...BASE)
  const targets = resolver
    .texts(base, unit, scope)
    .filter(({ text }) => /^[\w+]+:\/\/|^[\w.-]+(?::\d+)?(?:\/|$)/.test(text))
  const hosts = targets.map(({ text }) => answeringAt(text))
  if (hosts.length > 0 && !hosts.includes('openai')) {
    claims.away('openai')
    for (const provider of hosts) {
      if (provider !== undefined)
        collector.add('providers', provider, {
          file,
          line: call.line,
          attributes: { via: 'base-url', url: bareUrl(targets[0]?.text ?? '') },
        })
    }
    if (hosts.every((one) => one === undefined)) {
      collector.add('endpoints', hostOf(targets[0]?.text ?? '') ?? 'model server', {
        file,
        line: call.line,
        confidence: 0.8,
        attributes: { protocol: 'openai-compatible' },
      })
    }
  } else if (base !== undefined && targets.length === 0 && /[Ll]ike$|Compatible$/.test(name)) claims.away('openai')
  else if (base !== undefined && targets.length === 0 && mentionsAzure(base, unit, scope, evidence, 0)) {
    claims.away('openai')
    collector.add('providers', 'azure-openai', { file, line: call.line, attributes: { via: 'base-url' } })
  } else if (!/[Ll]ike$|Compatible$|^LLM$/.test(name)) claims.keep('openai')
}

/** An address that only the environment knows is named for what answers there. */
function mentionsAzure(expr: Expr, unit: Unit, scope: string, evidence: Evidence, depth: number): boolean {
  if (depth > 8) return false
  if (expr.kind === 'text') return /azure/i.test(expr.value)
  if (expr.kind === 'name' || expr.kind === 'member') {
    if (/azure/i.test(pathOf(expr))) return true
    const held = evidence.resolver.meaning(expr, unit, scope)
    if (held.expr !== expr) return mentionsAzure(held.expr, held.unit, held.scope, evidence, depth + 1)
  }
  return children(expr).some((child) => mentionsAzure(child, unit, scope, evidence, depth + 1))
}
