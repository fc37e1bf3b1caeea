// Servers that code starts or reaches, in the words of every library.
import { children, type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { beginning } from '../agents/graphs.ts'
import {
  addServer,
  argumentsOf,
  CERTAIN,
  isSaid,
  looksLikeServer,
  packageOf,
  RUNNERS,
  scriptWithin,
  withAddress,
} from './mcp-entries.ts'
import { hostOf } from '../providers/addresses.ts'
import { builtOfDotnet, isBefore, isBuiltHere } from './own-programs.ts'
import type { Around } from '../visit.ts'

/** Of every library, by how it is started or reached. */
const STARTERS = new RegExp(
  [
    String.raw`(?:Stdio|StdIO|STDIO)(?:\w*(?:Parameters|Params|Transport|TransportOptions|Connection|ServerInfo|Client))?`,
    'MCPServer(?:Stdio|Sse|SSE|StreamableHttp|StreamableHTTP|HTTP|OAuth)',
    '[hH]osted(?:MCP|Mcp)Tool',
    '(?:Sse|SSE|StreamableHttp|StreamableHTTP)(?:ServerParams|ConnectionParams|ServerInfo|ClientTransport)',
    '(?:Http|Sse)ClientTransport(?:Options)?',
    String.raw`(?:\w+_)?(?:sse_client|streamable_?http_client|stdio_client)`,
    'New(?:StdioMCPClient|SSEMCPClient|StreamableHttpClient)',
    'MCP(?:Stdio|Sse|StreamableH(?:ttp|TTP)|Websocket)(?:Plugin|Tool)',
    'MCPTools|MCPAdapt|MCPClient|BasicMCPClient',
  ]
    .map((one) => `(?:${one})$`)
    .map((one, at) => (at === 0 ? one : `^${one}`))
    .join('|'),
)
/** These serve, and start nothing. */
const SERVES = /ServerTransport$|^(?:serve|start|run|listen|with|handle|create|setup)/i
const CLIENTS =
  /^(?:MultiServerMCPClient|experimental_createMCPClient|createMCPClient|MCPToolset|McpToolset|McpClient|MCPServerAdapter|load_mcp_tools|MCPToolBox|McpToolProvider)$/

export const CONFIGURED_LATER = 'user-configured MCP servers'

/** Libraries of models alone. */
const NO_CLIENT = /^(?:transformers|pytorch|tensorflow|scikit-learn|onnxruntime)$/
const LITERAL = /^[\w@./:-]{2,120}$/

/** Servers that code starts or reaches, without a name of their own: the package or the host stands for it. */
export function inCode(call: Extract<Expr, { kind: 'call' }>, { unit, scope }: Around, evidence: Evidence) {
  const name = lastName(call.callee)
  if (!SERVES.test(name) && startedInOrder(call, unit, evidence)) return
  const related = evidence
    .packages(unit)
    .some(({ pack }) => pack.frameworks.some((one) => !NO_CLIENT.test(one)) || pack.provider !== undefined)
  if (!related) return
  const label = textField(call, 'server_label', 'serverLabel')
  if (label !== undefined) return startServer(call, label, undefined, call.line, unit, evidence)
  if (JVM.test(unit.language)) builtOnJvm(call, unit, scope, evidence)
  // Of Go, `&mcp.StdioTransport{}` is the end of a server: who starts one says what.
  if (name.endsWith('Transport') && call.args.length + call.named.length === 0) return
  if (STARTERS.test(name) && !SERVES.test(name) && !isOfServer(name, unit, evidence)) {
    const options = call.args.find(
      (argument) => argument.kind === 'map' || (argument.kind === 'call' && argument.named.length > 0),
    )
    // Options that say their type are met by themselves, here or where they are kept.
    const [kept] = call.args
    const given = kept?.kind === 'name' ? evidence.resolver.meaning(kept, unit, scope).expr : options
    if (given?.kind === 'call' && STARTERS.test(lastName(given.callee))) return
    // A function that starts it when it is wanted is met where it is written.
    if (given?.kind === 'function' || kept?.kind === 'function') return
    const inner = field(call, 'params', 'server_params', 'connection_params') ?? options ?? call
    const server = inLowerCase(inner.kind === 'map' || inner.kind === 'call' ? inner : call)
    const said =
      textField(call, 'name', 'Name') ??
      textField(options, 'name', 'serverLabel', 'Name') ??
      textField(server, 'server_label')
    const [first, second] = call.args
    const command = textField(server, 'fullCommand')
    const positional =
      first && first.kind !== 'map' && /client$|Transport$|MCPTools|HTTP$|SSE$|Client$|^MCPServer/.test(name)
        ? (evidence.resolver.first(addressWithin(first), unit, scope) ?? knownParts(first))
        : command
    const args = field(call, 'args') ?? (second?.kind === 'list' ? second : undefined)
    // `MCPServerStdio("npx", ["-y", "…"])`
    const started =
      positional !== undefined && args && server === call
        ? written(
            [
              ['command', { kind: 'text', value: positional, line: call.line }],
              ['args', args],
            ],
            call.line,
          )
        : server
    const reached = positional ?? addressIn(server, unit, scope, evidence)
    startServer(started, said, started === server ? reached : undefined, call.line, unit, evidence)
    return
  }
  // Of an agent that is told its servers while it runs.
  if (/^add_?[mM][cC][pP]_?[sS]erver$/.test(name)) {
    const [said] = call.args
    const label = evidence.resolver.first(said, unit, scope)
    const url = evidence.resolver.first(call.args[1], unit, scope)
    return startServer(call, label, url, call.line, unit, evidence)
  }
  if (!CLIENTS.test(name)) return
  const [first] = call.args
  const held = first ? evidence.resolver.meaning(first, unit, scope) : undefined
  let found = false
  for (const [key, server] of held?.expr.kind === 'map' ? held.expr.entries : []) {
    if (key.kind !== 'text') continue
    if (key.value === 'transport') {
      if (server.kind === 'map') startServer(server, textField(held?.expr, 'name'), undefined, key.line, unit, evidence)
      continue
    }
    const meant = evidence.resolver.meaning(server, held?.unit ?? unit, held?.scope ?? scope)
    const inner = withAddress(meant.expr, meant.unit, meant.scope, evidence)
    if (!looksLikeServer(inner, true) || !isSaid(inner)) continue
    addServer(key.value, inner, unit, key.line, evidence)
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

/** `new String[] { "-y", "…" }`, `List.of("-y", "…")` */
const textsIn = (given: Expr, depth = 0): Expr[] =>
  given.kind === 'text' ? [given] : depth > 3 ? [] : children(given).flatMap((one) => textsIn(one, depth + 1))

/** `new MCPClient("files", "npx", ["-y", "…"])`: a command and its words, one after the other, with or without a name before. */
function startedInOrder(call: Extract<Expr, { kind: 'call' }>, unit: Unit, evidence: Evidence): boolean {
  const at = call.args.findIndex((one) => one.kind === 'text' && RUNNERS.test(one.value))
  const [command, given] = call.args.slice(at)
  if (
    at < 0 ||
    !/mcp/i.test(lastName(call.callee)) ||
    !command ||
    !given ||
    evidence.packageOf(unit, lastName(call.callee))
  )
    return false
  const items = textsIn(given)
  if (items.length === 0) return false
  const settings = written(
    [
      ['command', command],
      ['args', { kind: 'list', items, line: call.line }],
    ],
    call.line,
  )
  const said = at > 0 ? call.args[at - 1] : undefined
  startServer(settings, said?.kind === 'text' ? said.value : undefined, undefined, call.line, unit, evidence)
  return true
}

/** `use Mcp\Server\Transport\StdioTransport`: what a library keeps for servers reaches none. */
const isOfServer = (name: string, unit: Unit, evidence: Evidence): boolean =>
  /(?:^|[./\\])server(?:[./\\]|$)/i.test(evidence.project.index(unit).imports.get(name)?.module ?? '')

/** `endpoint = f"https://desk.{region}.example/mcp"`: an address that is kept elsewhere, with a star for what is not known. */
function addressIn(server: Expr, unit: Unit, scope: string, evidence: Evidence): string | undefined {
  const held = field(server, 'url', 'endpoint', 'server_url', 'serverUrl')
  if (!held || held.kind === 'text') return undefined
  const url =
    evidence.resolver.first(held, unit, scope) ??
    knownParts(evidence.resolver.meaning(held, unit, scope).expr)?.replaceAll('?', '*')
  return url !== undefined && /^https?:\/\/[^/]*\w/.test(url) ? url : undefined
}

/** `new URL(settings.address)` */
const addressWithin = (given: Expr): Expr =>
  given.kind === 'call' && lastName(given.callee) === 'URL' && given.args.length === 1
    ? (given.args[0] ?? given)
    : given

/** `f"{sys.executable} -m desk"`: what is known of it, in its place. */
const knownParts = (given: Expr): string | undefined =>
  given.kind === 'join' && given.parts.some(({ kind }) => kind === 'text')
    ? given.parts.map((part) => (part.kind === 'text' ? part.value : '?')).join('')
    : undefined

/** The settings of a server, as a file would hold them. */
const written = (entries: readonly [string, Expr][], line: number): Expr => ({
  kind: 'map',
  entries: entries.map(([key, value]) => [{ kind: 'text', value: key, line }, value]),
  line,
  end: line,
})

const SHARP: Readonly<Record<string, string>> = {
  Command: 'command',
  Arguments: 'args',
  Endpoint: 'url',
  EnvironmentVariables: 'env',
  AdditionalHeaders: 'headers',
}

/** C# begins the same words with a capital, and wraps an address. */
function inLowerCase(server: Expr): Expr {
  if (server.kind !== 'call' || !server.named.some(([name]) => name in SHARP)) return server
  const entries = server.named.map(([name, value]): [string, Expr] => {
    const [wrapped] = value.kind === 'call' && lastName(value.callee) === 'Uri' ? value.args : []
    return [SHARP[name] ?? name, wrapped ?? value]
  })
  return written(entries, server.line)
}

const JVM = /^(?:java|kotlin)$/

/** `List.of("-y", "…")` */
const listOf = (given: Expr): Expr =>
  given.kind === 'call' ? { kind: 'list', items: given.args, line: given.line } : given

/** `new StdioMcpTransport.Builder().command(List.of("npx", …))`, and the same of a server that is reached. */
function builtOnJvm(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  const path = pathOf(call.callee)
  const [first] = call.args
  if (first && /(?:^|\.)ServerParameters\.builder\(\)(?:\.\w+\(\))*\.args$/.test(path)) {
    const settings = written(
      [
        ['command', beginning(call)?.args[0] ?? first],
        ['args', first.kind === 'text' ? { kind: 'list', items: call.args, line: call.line } : listOf(first)],
      ],
      call.line,
    )
    return startServer(settings, undefined, undefined, call.line, unit, evidence)
  }
  if (!first || !/Mcp\w*Transport/.test(path)) return
  const name = lastName(call.callee)
  const made = (key: string, value: Expr) => written([[key, value]], call.line)
  if (name === 'command') {
    const items = first.kind === 'call' ? first.args : first.kind === 'list' ? first.items : []
    if (items.length > 0)
      startServer(
        made('command', { kind: 'list', items, line: call.line }),
        undefined,
        undefined,
        call.line,
        unit,
        evidence,
      )
  } else if (/^(?:sseUrl|url|baseUrl|httpUrl)$/.test(name)) {
    const url = evidence.resolver.first(first, unit, scope)
    if (url !== undefined)
      startServer(
        made('url', { kind: 'text', value: url, line: call.line }),
        undefined,
        undefined,
        call.line,
        unit,
        evidence,
      )
  }
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

export function startServer(
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
  const script =
    words.find((word, at) => /\.(?:py|[cm]?js|ts|jar)$/.test(word) && LITERAL.test(word) && !isBefore(words[at - 1])) ??
    keptScript(server, unit, evidence)
  const built = script === undefined ? builtOfDotnet(words) : undefined
  const module = words.find((word, at) => words[at - 1] === '-m' && /^[A-Za-z_][\w.]*$/.test(word))
  const host = url === undefined ? undefined : hostOf(url)
  const name =
    label ??
    fetched?.name ??
    host ??
    (script === undefined
      ? (built ?? module?.replace(/\.__main__$/, ''))
      : (script.split('/').at(-1) ?? script).replace(/\.\w+$/, ''))
  // A script of the project is a server that is found where it is written.
  const own = script?.replace(/^(?:\.{0,2}\/)+/, '') ?? module?.replaceAll('.', '/')
  const ofProject =
    label === undefined &&
    own !== undefined &&
    fetched === undefined &&
    evidence.project.units.some(({ file }) =>
      script === undefined
        ? /(?:\.py|\/__(?:init|main)__\.py)$/.test(file) && isModule(file, own)
        : `/${file}`.endsWith(`/${own}`),
    )
  if (ofProject || (label === undefined && isBuiltHere(script, built, evidence))) return
  const entry = (key: string, value: Expr): [Expr, Expr] => [{ kind: 'text', value: key, line }, value]
  const carried = ['headers', 'auth', 'requestInit'].flatMap((key) => {
    const held = field(server, key)
    return held ? [entry(key, held)] : []
  })
  if (name === undefined) later(line, unit, evidence)
  else
    addServer(
      name,
      url !== undefined && !field(server, 'url', 'server_url')
        ? { kind: 'map', entries: [entry('url', { kind: 'text', value: url, line }), ...carried], line, end: line }
        : server,
      unit,
      line,
      evidence,
    )
}

/** `SCRIPT = Path(__file__).with_name("desk.py")`, which is named where the server is started. */
function keptScript(server: Expr, unit: Unit, evidence: Evidence, depth = 0): string | undefined {
  const within = depth === 0 ? field(server, 'args') : server
  if (!within || depth > 4) return undefined
  if (within.kind === 'name') return scriptWithin(evidence.resolver.meaning(within, unit, '').expr)
  for (const inner of children(within)) {
    const script = keptScript(inner, unit, evidence, depth + 1)
    if (script !== undefined) return script
  }
  return undefined
}

const isModule = (file: string, path: string): boolean =>
  `/${file.replace(/(?:\/__(?:init|main)__)?\.py$/, '')}`.endsWith(`/${path}`)

/** `{"type": "stdio", "command": "npx", "args": [...]}` handed to something: a server without a name. */
export function unnamed(
  expr: Extract<Expr, { kind: 'map' | 'call' }>,
  { unit, parents, keys }: Around,
  evidence: Evidence,
) {
  if (unit.format !== 'code' && unit.format !== 'notebook') return
  if (expr.kind === 'call' && lastName(expr.callee) !== 'dict') {
    return
  }
  const [parent] = parents
  const kind = textField(expr, 'type', 'transport')
  const label = textField(expr, 'server_label', 'serverLabel')
  if (kind === 'mcp' && label !== undefined) return addServer(label, expr, unit, expr.line, evidence)
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
  // `ServerConfig("desk", …, {…})`: the settings stand beside the name.
  const [beside] = parent?.kind === 'call' && /mcp\w*server/i.test(lastName(parent.callee)) ? parent.args : []
  const named = textField(expr, 'name') ?? (beside?.kind === 'text' ? beside.value : undefined)
  const script = words.find((word) => /\.(?:py|[cm]?js|ts)$/.test(word))
  if (named !== undefined || fetched) addServer(named ?? fetched?.name ?? '', expr, unit, expr.line, evidence)
  else if (script !== undefined && kind === 'stdio') {
    const base = (script.split('/').at(-1) ?? script).replace(/\.\w+$/, '')
    if (
      !evidence.collector.has('mcpServers', base) &&
      evidence.project.units.every(({ file }) => !file.endsWith(script.replace(/^\.\//, '')))
    )
      addServer(base, expr, unit, expr.line, evidence)
  }
}
