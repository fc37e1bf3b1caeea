// MCP servers: those that a client is configured to start or to reach, in files of every client and in code, and those
// that the project itself implements.
import { isDocumentation } from '../classify.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import { frameworkServers, implementedServers } from './mcp-implemented.ts'
import { hostOf } from './providers.ts'
import { type Around, visitUnit } from './visit.ts'

/** Under these keys the clients keep their servers. */
const HOLDERS =
  /^(?:mcpServers|mcp_servers|mcp-servers|context_servers|mcp\.servers|amp\.mcpServers|servers|extensions|mcp|mcpServer|serverConfigs|connections|stdio-connections)$/
/** These say MCP by themselves; the others need a server that looks like one. */
const CERTAIN = /^(?:mcpServers|mcp_servers|mcp-servers|context_servers|mcp\.servers|amp\.mcpServers)$/
const STARTERS =
  /(?:Stdio|StdIO|STDIO)\w*(?:Parameters|Params|Transport|ClientTransport|ServerParams|Connection\w*|ServerParameters)?$|^MCPServerStdio$|^MCPServerSse$|^MCPServerSSE$|^MCPServerStreamableHttp$|^MCPServerStreamableHTTP$|^MCPServerHTTP$|^HostedMCPTool$|^SseServerParams$|^StreamableHttpServerParams$|^StreamableHTTPConnectionParams$|^SseConnectionParams$|^SSEClientTransport$|^StreamableHTTPClientTransport$|^sse_client$|^streamablehttp_client$|^streamable_http_client$|^stdio_client$|^NewStdioMCPClient$|^NewSSEMCPClient$|^NewStreamableHttpClient$|^MCPTools$|^MCPAdapt$|^MCPClient$/
const CLIENTS =
  /^(?:MultiServerMCPClient|experimental_createMCPClient|createMCPClient|MCPToolset|McpToolset|McpClient|MCPServerAdapter|load_mcp_tools|MCPToolBox|McpToolProvider)$/

const ADDRESSES = ['url', 'serverUrl', 'httpUrl', 'server_url', 'uri', 'endpoint']

export const CONFIGURED_LATER = 'user-configured MCP servers'

const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['map', 'call'])

export function findMcpServers(evidence: Evidence) {
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file) || unit.language === 'docker') continue
    const named = new Set<Expr>()
    const rest: [Extract<Expr, { kind: 'map' | 'call' }>, Around][] = []
    visitUnit(
      unit,
      (expr, around) => {
        if (expr.kind === 'map') configured(expr, around, evidence, named)
        else if (expr.kind === 'call') {
          inCode(expr, around, evidence)
          handedOver(expr, around, evidence, named)
        }
        if ((expr.kind === 'map' || expr.kind === 'call') && field(expr, 'command', 'cmd', 'type', 'transport'))
          rest.push([expr, around])
      },
      LOOKED_AT,
    )
    // What a name was found for later in the file is not taken again without one.
    for (const [expr, around] of rest) if (!named.has(expr)) unnamed(expr, around, evidence)
    if (unit.format === 'properties' || unit.format === 'yaml') frameworkServers(unit, evidence)
    implementedServers(unit, evidence)
  }
  const named = evidence.collector.of('mcpServers').some(({ attributes }) => attributes['role'] === 'client-config')
  if (named) evidence.collector.remove('mcpServers', CONFIGURED_LATER)
}

/** `Options(mcp_servers=servers)`: a map of servers that is kept under a name of its own. */
function handedOver(
  call: Extract<Expr, { kind: 'call' }>,
  { unit, scope }: Around,
  evidence: Evidence,
  named: Set<Expr>,
) {
  const given = field(call, 'mcp_servers', 'mcpServers')
  if (!given || given.kind === 'list') return
  takeAll(given, unit, scope, evidence, named)
}

function takeAll(given: Expr, unit: Unit, scope: string, evidence: Evidence, named: Set<Expr>) {
  const held = evidence.resolver.meaning(given, unit, scope)
  for (const [key, server] of held.expr.kind === 'map' ? held.expr.entries : []) {
    const inner = withAddress(server, held.unit, held.scope, evidence)
    if (key.kind !== 'text' || !looksLikeServer(inner, true) || !isSaid(inner)) continue
    named.add(server)
    add(key.value, inner, held.unit, key.line, evidence)
  }
}

function configured(map: Extract<Expr, { kind: 'map' }>, around: Around, evidence: Evidence, named: Set<Expr>) {
  const { unit } = around
  for (const [key, held] of map.entries) {
    if (key.kind !== 'text' || !HOLDERS.test(key.value)) continue
    const certain = CERTAIN.test(key.value) || /mcp/i.test(unit.file) || around.keys.some((one) => /mcp/i.test(one))
    if ((held.kind === 'name' || held.kind === 'member') && CERTAIN.test(key.value))
      takeAll(held, unit, around.scope, evidence, named)
    if (held.kind === 'map') {
      for (const [name, server] of held.entries) {
        if (name.kind === 'text' && looksLikeServer(server, certain)) add(name.value, server, unit, name.line, evidence)
      }
    } else if (held.kind === 'list') {
      for (const server of held.items) {
        const name = textField(server, 'name', 'id')
        if (name !== undefined && looksLikeServer(server, certain)) add(name, server, unit, server.line, evidence)
      }
    }
  }
}

function looksLikeServer(server: Expr, certain: boolean): boolean {
  if (server.kind !== 'map' && server.kind !== 'call') return false
  const starts = field(server, 'command', 'cmd')
  const reached = field(server, ...ADDRESSES)
  const packed = field(server, 'package', 'source', 'from_registry', 'docker')
  if (certain) return starts !== undefined || reached !== undefined || packed !== undefined
  const type = textField(server, 'type', 'transport') ?? ''
  return (
    (starts !== undefined &&
      field(server, 'args', 'env', 'type') !== undefined &&
      /mcp|stdio|local/i.test(type + JSON.stringify(argumentsOf(server)))) ||
    (reached !== undefined &&
      /^(?:sse|remote|streamable[-_]?http|http)$/i.test(type) &&
      field(server, 'headers', 'enabled', 'timeout') !== undefined)
  )
}

function argumentsOf(server: Expr): string[] {
  const found: string[] = []
  for (const held of [field(server, 'command', 'cmd'), field(server, 'args')]) {
    if (held?.kind === 'text') found.push(...held.value.split(/\s+/))
    for (const item of held?.kind === 'list' ? held.items : []) if (item.kind === 'text') found.push(item.value)
  }
  return found
}

const RUNNERS =
  /^(?:.*\/)?(?:npx|bunx|uvx|pnpm|yarn|npm|docker|podman|uv|pipx|node|python3?|bun|deno|cmd|sh|bash|java|go|dnx)(?:\.exe|\.cmd)?$/
const PLAIN = /^(?:-.*|dlx|run|exec|x|tool|\/c|--|install)$/

/** The package that a command fetches and runs, and whether its version is said. */
function packageOf(words: readonly string[]): { name: string; pinned: boolean | undefined } | undefined {
  const [runner = '', ...rest] = words
  // `uv run server` starts what the project has; nothing is fetched.
  const own = /(?:^|\/)(?:uv|pnpm|yarn|npm|bun)$/.test(runner) && rest.includes('run') && !rest.includes('--with')
  if (
    !/(?:npx|bunx|uvx|pnpm|yarn|docker|podman|uv|pipx|dnx)(?:\.exe|\.cmd)?$/.test(runner) &&
    !(/(?:^|\/)npm$/.test(runner) && /^(?:exec|x)$/.test(rest[0] ?? '')) &&
    !rest.includes('npx') &&
    !rest.includes('uvx')
  )
    return undefined
  let skip = false
  for (const word of rest) {
    if (skip || PLAIN.test(word) || RUNNERS.test(word)) {
      skip =
        !skip &&
        /^(?:-e|--env|-v|--volume|--mount|--name|--from|-p|--network|--directory|--with|--env-file)$/.test(word) &&
        word !== '--from'
      continue
    }
    const pinned = /docker|podman/.test(runner)
      ? /@sha256:|:(?!latest$)[\w.-]+$/.test(word)
      : /(?:.@|==)v?\d/.test(word)
    if (own && /\.(?:py|[cm]?[jt]s)$/.test(word)) return undefined
    return {
      name: word.replace(/(?<=.)@(?:latest|next|[\d^~v][\w.^~-]*)$|==.*$/, ''),
      pinned: own ? undefined : pinned,
    }
  }
  return undefined
}

function add(name: string, server: Expr, unit: Unit, line: number, evidence: Evidence) {
  const words = argumentsOf(server)
  const fetched = packageOf(words)
  const url = textField(server, ...ADDRESSES)
  const disabled = field(server, 'disabled')
  const said = textField(server, 'type', 'transport')
  const env = field(server, 'env', 'envs', 'environment')
  const headers = field(server, 'headers', 'requestInit')
  evidence.collector.add('mcpServers', name, {
    file: unit.file,
    line,
    attributes: {
      role: 'client-config',
      transport: transportOf(said, url),
      package: fetched?.name,
      pinned: fetched?.pinned,
      url: url === undefined ? undefined : url.replace(/^(\w+:\/\/)[^@/]*@/, '$1').replace(/[?#].*$/, ''),
      authenticated:
        url === undefined
          ? undefined
          : headers !== undefined ||
            field(server, 'auth', 'oauth', 'bearer_token_env_var', 'authorization') !== undefined,
      enabled: disabled?.kind === 'constant' && disabled.value === true ? false : undefined,
      variables:
        env?.kind === 'map' ? env.entries.flatMap(([key]) => (key.kind === 'text' ? [key.value] : [])) : undefined,
    },
  })
}

function transportOf(said: string | undefined, url: string | undefined): string {
  const known = said?.toLowerCase().replaceAll('_', '-') ?? ''
  if (known === 'http' || known.startsWith('streamable')) return 'streamable-http'
  if (known === 'sse') return 'sse'
  return url === undefined ? 'stdio' : /\/sse\/?$/.test(url) ? 'sse' : 'streamable-http'
}

const LITERAL = /^[\w@./:-]{2,120}$/

/** Servers that code starts or reaches, without a name of their own: the package or the host stands for it. */
function inCode(call: Extract<Expr, { kind: 'call' }>, { unit, scope }: Around, evidence: Evidence) {
  const name = lastName(call.callee)
  const related = evidence
    .packages(unit)
    .some(
      ({ pack }) =>
        pack.frameworks.some((one) =>
          /mcp|openai-agents|vercel|langchain|autogen|crewai|agno|strands|pydantic|smolagents|adk|claude-agent|agent/.test(
            one,
          ),
        ) || pack.provider !== undefined,
    )
  if (!related) return
  if (JVM.test(unit.language)) builtOnJvm(call, unit, scope, evidence)
  if (STARTERS.test(name) && !name.endsWith('ServerTransport')) {
    const options = call.args.find((argument) => argument.kind === 'map')
    const inner = field(call, 'params', 'server_params', 'connection_params') ?? options ?? call
    const server = inner.kind === 'map' || inner.kind === 'call' ? inner : call
    const label =
      textField(call, 'name', 'server_label') ??
      textField(options, 'name', 'serverLabel') ??
      textField(server, 'server_label')
    const [first] = call.args
    const positional =
      first && first.kind !== 'map' && /client$|Transport$|MCPTools|HTTP$|SSE$|Client$/.test(name)
        ? evidence.resolver.first(first, unit, scope)
        : undefined
    start(server, label, positional, call.line, unit, evidence)
    return
  }
  if (!CLIENTS.test(name)) return
  const [first] = call.args
  const held = first ? evidence.resolver.meaning(first, unit, scope) : undefined
  let found = false
  for (const [key, server] of held?.expr.kind === 'map' ? held.expr.entries : []) {
    if (key.kind !== 'text') continue
    const meant = evidence.resolver.meaning(server, held?.unit ?? unit, held?.scope ?? scope)
    const inner = withAddress(meant.expr, meant.unit, meant.scope, evidence)
    if (!looksLikeServer(inner, true) || !isSaid(inner)) continue
    add(key.value, inner, unit, key.line, evidence)
    found = true
  }
  const nested =
    held?.expr.kind === 'map' && held.expr.entries.some(([key]) => key.kind === 'text' && CERTAIN.test(key.value))
  const inside =
    held?.expr.kind === 'map' &&
    held.expr.entries.some(
      ([, value]) => value.kind === 'call' || field(value, 'url', 'command', 'transport')?.kind === 'call',
    )
  if (!found && !nested && !inside && /MultiServer|Multi/.test(name)) later(call.line, unit, evidence)
}

const JVM = /^(?:java|kotlin)$/

/** `new StdioMcpTransport.Builder().command(List.of("npx", …))`, and the same of a server that is reached. */
function builtOnJvm(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  const path = pathOf(call.callee)
  const [first] = call.args
  if (!first || !/Mcp\w*Transport/.test(path)) return
  const name = lastName(call.callee)
  const made = (key: string, value: Expr): Expr => ({
    kind: 'map',
    entries: [[{ kind: 'text', value: key, line: call.line }, value]],
    line: call.line,
    end: call.end,
  })
  if (name === 'command') {
    const items = first.kind === 'call' ? first.args : first.kind === 'list' ? first.items : []
    if (items.length > 0)
      start(made('command', { kind: 'list', items, line: call.line }), undefined, undefined, call.line, unit, evidence)
  } else if (/^(?:sseUrl|url|baseUrl|httpUrl)$/.test(name)) {
    const url = evidence.resolver.first(first, unit, scope)
    if (url !== undefined)
      start(made('url', { kind: 'text', value: url, line: call.line }), undefined, undefined, call.line, unit, evidence)
  }
}

/** The same server, with the address that a setting comes to written out. */
function withAddress(server: Expr, unit: Unit, scope: string, evidence: Evidence): Expr {
  const held = field(server, ...ADDRESSES)
  if (!held || held.kind === 'text') return server
  const url = evidence.resolver.first(held, unit, scope)
  if (url === undefined || !/^https?:\/\//.test(url)) return server
  const written: Expr = { kind: 'text', value: url, line: held.line }
  if (server.kind === 'call')
    return { ...server, named: server.named.map(([name, value]) => [name, value === held ? written : value]) }
  if (server.kind !== 'map') return server
  return { ...server, entries: server.entries.map(([key, value]) => [key, value === held ? written : value]) }
}

/** Its command or address stands in the source; else somebody else configures it. */
const isSaid = (server: Expr): boolean => {
  const held = field(server, 'command', 'cmd', 'url', 'serverUrl', 'server_url')
  return (
    held?.kind === 'text' ||
    held?.kind === 'either' ||
    held?.kind === 'join' ||
    (held !== undefined && argumentsOf(server).length > 0)
  )
}

function later(line: number, unit: Unit, evidence: Evidence) {
  const attributes = { role: 'client' }
  const seen = { confidence: 0.7, stance: 'inferred', attributes } as const
  evidence.collector.add('mcpServers', CONFIGURED_LATER, { file: unit.file, line, ...seen })
  // Where its settings are declared is where somebody says later which server it is.
  for (const { file, statements } of evidence.project.units) {
    for (const one of statements) {
      if (one.kind !== 'class' || !/^M(?:CP|cp)\w*(?:Config|Settings|Options)/.test(one.name)) continue
      evidence.collector.add('mcpServers', CONFIGURED_LATER, { file, line: one.line, ...seen })
    }
  }
}

function start(
  server: Expr,
  label: string | undefined,
  positional: string | undefined,
  line: number,
  unit: Unit,
  evidence: Evidence,
) {
  const words = positional?.includes(' ') ? positional.split(/\s+/) : argumentsOf(server)
  const fetched = packageOf(words)
  const url =
    textField(server, 'url', 'server_url', 'serverUrl') ??
    (positional !== undefined && /^https?:/.test(positional) ? positional : undefined)
  const script = words.find((word) => /\.(?:py|[cm]?js|ts|jar)$/.test(word) && LITERAL.test(word))
  const host = url === undefined ? undefined : hostOf(url)
  const name =
    label ??
    fetched?.name ??
    host ??
    (script === undefined ? undefined : (script.split('/').at(-1) ?? script).replace(/\.\w+$/, ''))
  // A script of the project is a server that is found where it is written.
  const ofProject =
    label === undefined &&
    script !== undefined &&
    fetched === undefined &&
    evidence.project.units.some(({ file }) => file.endsWith(`/${script.replace(/^(?:\.{1,2}\/)+/, '')}`))
  if (ofProject) return
  const entry = (key: string, value: Expr): [Expr, Expr] => [{ kind: 'text', value: key, line }, value]
  const carried = ['headers', 'auth', 'requestInit'].flatMap((key) => {
    const held = field(server, key)
    return held ? [entry(key, held)] : []
  })
  if (name === undefined) later(line, unit, evidence)
  else
    add(
      name,
      url !== undefined && !field(server, 'url', 'server_url')
        ? { kind: 'map', entries: [entry('url', { kind: 'text', value: url, line }), ...carried], line, end: line }
        : server,
      unit,
      line,
      evidence,
    )
}

/** `{"type": "stdio", "command": "npx", "args": [...]}` handed to something: a server without a name. */
function unnamed(expr: Extract<Expr, { kind: 'map' | 'call' }>, { unit, parents, keys }: Around, evidence: Evidence) {
  if (unit.format !== 'code' && unit.format !== 'notebook') return
  if (expr.kind === 'call' && lastName(expr.callee) !== 'dict') {
    return
  }
  const [parent] = parents
  const kind = textField(expr, 'type', 'transport')
  const label = textField(expr, 'server_label', 'serverLabel')
  if (kind === 'mcp' && label !== undefined) return add(label, expr, unit, expr.line, evidence)
  const words = argumentsOf(expr)
  const fetched = packageOf(words)
  const started = fetched !== undefined && /mcp|modelcontext/i.test(words.join(' '))
  if (!started && !(kind === 'stdio' && words.length > 0)) return
  if (
    (keys.some((key) => CERTAIN.test(key)) && parent?.kind !== 'list') ||
    (parent?.kind === 'map' &&
      parent.entries.length > 0 &&
      parent.entries.every(([, value]) => value.kind === 'map') &&
      keys.length > 0 &&
      parents.some((one) => one.kind === 'call' && CLIENTS.test(lastName(one.callee))))
  )
    return
  if (parents.some((one) => one.kind === 'call' && STARTERS.test(lastName(one.callee)))) return
  const named = textField(expr, 'name')
  const script = words.find((word) => /\.(?:py|[cm]?js|ts)$/.test(word))
  if (named !== undefined || fetched) add(named ?? fetched?.name ?? '', expr, unit, expr.line, evidence)
  else if (script !== undefined && kind === 'stdio') {
    const base = (script.split('/').at(-1) ?? script).replace(/\.\w+$/, '')
    if (
      !evidence.collector.has('mcpServers', base) &&
      evidence.project.units.every(({ file }) => !file.endsWith(script.replace(/^\.\//, '')))
    )
      add(base, expr, unit, expr.line, evidence)
  }
}
