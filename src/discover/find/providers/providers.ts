// Providers: who is asked. The client of a provider says so, unless it is pointed elsewhere; a model's name says so where
// nothing else does.
import { isDocumentation } from '../../classify.ts'
import { LOCAL_PORTS, providerOfHost } from '../../knowledge/hosts.ts'
import { isStore } from '../../knowledge/packages.ts'
import { AMBIGUOUS, providerNamed, providerOfClass, providerOfKey } from '../../knowledge/providers.ts'
import { children, type Expr, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import { inCatalogue } from '../models/catalogues.ts'
import { Claims } from './claims.ts'
import { configured, inherited } from './configured.ts'
import type { Evidence } from '../evidence.ts'
import { handedKeys } from './handed-keys.ts'
import { installed, servedModels, usual } from './served.ts'
import { type Around, visitUnit } from '../visit.ts'

const OPENAI_CLIENT =
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

const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['call', 'text', 'map', 'member', 'name', 'index'])

export function findProviders(evidence: Evidence) {
  const claims = new Claims()
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file)) continue
    imported(unit, evidence)
    configured(unit, evidence)
    inherited(unit, evidence)
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'call') client(expr, around, evidence, claims)
        else if (expr.kind === 'text') {
          host(expr.value, expr.line, around, evidence, claims)
          constant(expr.value, expr.line, around, evidence)
        } else if (expr.kind === 'map') {
          settings(expr, around, evidence)
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

function imported(unit: Unit, evidence: Evidence) {
  const { collector } = evidence
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
  if (!/(?:^|\.)(?:Lab|Provider|ProviderEnum)$/.test(owner) || !evidence.packageOf(unit, owner)) return
  const provider = providerNamed(lastName(expr))
  if (provider !== undefined)
    evidence.collector.add('providers', provider, {
      file: unit.file,
      line: expr.line,
      attributes: { via: 'framework' },
    })
}

/** A client that is made: where does it point? */
function client(
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
    field(call, 'vertexai') ?? call.args.map((one) => field(one, 'vertexai')).find((one) => one !== undefined)
  if (owner?.provider === 'google' || owner?.adapts === 'google') {
    if (vertex?.kind === 'constant' && vertex.value === true)
      collector.add('providers', 'google-vertex-ai', { file, line: call.line, attributes: { via: 'sdk' } })
  }
  // Weaviate has others turn texts into vectors: `text2VecCohere(…)`, `configure.generative.mistral(…)`.
  const [, turned] =
    /(?:^|\.)(?:text|multi|img)2_?vec_?(\w+)$|\b(?:generative|reranker)\.(\w+)$/i
      .exec(pathOf(call.callee))
      ?.filter((part) => part !== undefined) ?? []
  const turner = turned === undefined ? undefined : providerNamed(turned)
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

export function answeringAt(url: string): string | undefined {
  const host = hostOf(url)
  if (host === undefined) return undefined
  const path = url.replace(/^[\w+]+:\/\//, '').replace(/^[^/]*/, '')
  const known = providerOfHost(host, path)
  if (known) return known.provider
  const port = Number(/:(\d+)/.exec(url.replace(/^[\w+]+:\/\//, ''))?.[1] ?? 0)
  return LOCAL_PORTS.get(port)
}

/** The path of a deployment, which nobody but Azure has; the host before it is the customer's. */
const OF_AZURE = /\/openai\/deployments\//

/** A host that is written down. In code it counts when it is no comment; that the page of a vendor is linked says nothing. */
function host(text: string, line: number, around: Around, { collector }: Evidence, claims: Claims) {
  const { unit, keys, asked } = around
  if (OF_AZURE.test(text) && !asked && unit.format === 'code') {
    claims.away('openai')
    collector.add('providers', 'azure-openai', { file: unit.file, line, confidence: 0.85, attributes: { via: 'http' } })
  }
  if (asked || text.length > 2_000 || !text.includes('://') || inCatalogue(unit, around.parents)) return
  const filled = text.replaceAll(/<[\w -]{1,60}>/g, 'x')
  for (const [url = ''] of filled.matchAll(/(?:https?|wss?):\/\/[\w.{}$*-]+(?::\d+)?(?:\/[\w./{}$:%-]*)?/g)) {
    const name = hostOf(url)
    if (name === undefined) continue
    const path = url.replace(/^\w+:\/\/[^/]*/, '')
    // A provider's MCP server gives tools, not answers of a model.
    if (/\/mcp(?:\/|$)/.test(path)) continue
    const rule = providerOfHost(name, path)
    const provider = rule?.page ? undefined : rule?.provider
    const local = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|[a-z][\w-]*)$/.test(name)
    const port = Number(/:(\d+)/.exec(url.slice(8))?.[1] ?? 0)
    const served = provider ?? (local ? LOCAL_PORTS.get(port) : undefined)
    if (served === undefined || text.length > url.length + 200) continue
    const spoken = keys.some((key) => /descri|help|comment|doc|message|label|placeholder/i.test(key))
    const prose = /\s/.test(filled.replace(url, '').trim())
    if (spoken || (prose && unit.format === 'code' && unit.language !== 'docker')) continue
    const { file } = unit
    if (served === 'openai') claims.keep(served)
    collector.add('endpoints', local ? `${name}:${port}` : name, { file, line, attributes: { provider: served } })
    collector.add(isStore(served) ? 'vectorStores' : 'providers', served, {
      file,
      line,
      confidence: 0.85,
      attributes: { via: unit.format === 'code' && unit.language !== 'sql' ? 'http' : 'config' },
    })
  }
}

/** `const providerName = "…"`: who adapts a provider says whose adapter it is. */
function constant(text: string, line: number, { unit, keys, parents, asked }: Around, { collector }: Evidence) {
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
function settings(map: Extract<Expr, { kind: 'map' }>, around: Around, evidence: Evidence) {
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

/** Code that reads the key of a provider means to use it. */
function keyRead(expr: Expr, { unit, asked, parents }: Around, { collector }: Evidence) {
  if (asked || (unit.format !== 'code' && unit.format !== 'notebook')) return
  const name =
    expr.kind === 'member'
      ? /(?:^|\.)(?:process\.env|import\.meta\.env|env|BuildConfig)$/.test(pathOf(expr.of))
        ? expr.name
        : ''
      : readVariable(expr)
  const provider = name === '' ? undefined : providerOfKey(name)
  const openai =
    provider === 'openai' &&
    parents.some((parent) => parent.kind === 'call' && OPENAI_CLIENT.test(lastName(parent.callee)))
  if (provider !== undefined && provider !== '' && !openai) {
    collector.add('providers', provider, {
      file: unit.file,
      line: expr.line,
      confidence: 0.75,
      stance: 'inferred',
      attributes: { via: 'key' },
    })
  }
}

export function readVariable(expr: Expr): string {
  if (
    expr.kind === 'call' &&
    /(?:getenv|environ\.get|Getenv|LookupEnv|ENV\.fetch|env\.var|GetEnvironmentVariable|Env\.get|^env|get_env_var|environ\.setdefault|env\.get)$/.test(
      pathOf(expr.callee),
    )
  ) {
    const [first] = expr.args
    return first?.kind === 'text' ? first.value : ''
  }
  if (expr.kind === 'index' && /(?:environ|ENV|env|_ENV)$/.test(pathOf(expr.of)))
    return expr.key.kind === 'text' ? expr.key.value : ''
  return ''
}

export function hostOf(url: string): string | undefined {
  const [, host] = /^(?:[\w+]+:\/\/)?(?:[^@/\s]*@)?([\w.*-]+)(?::\d+)?(?:\/|$)/.exec(url) ?? []
  return host === undefined || host === '' ? undefined : host.toLowerCase()
}

/** Without what could be a credential. */
const bareUrl = (url: string): string =>
  url
    .replace(/^(\w+:\/\/)[^@/]*@/, '$1')
    .replace(/[?#].*$/, '')
    .slice(0, 200)
