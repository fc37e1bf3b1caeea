// MCP servers that the project itself is: by the class of a library that it makes, or by the settings of a framework.
import { packageOfModule } from '../../knowledge/packages.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { meanings, textsMeant } from '../meanings.ts'
import { homeOf } from '../project-names.ts'
import type { ClassStatement, FunctionStatement } from '../project.ts'
import { classesAbove, lastOf } from '../class-line.ts'
import { type Around, CALLS, visitUnit } from '../visit.ts'
import { member, scopeOf } from '../class-members.ts'

const SERVERS =
  /^(?:FastMCP|McpServer|MCPServer|NewMCPServer|FastMcp|MCP\.Server|FastApiMCP|create_sdk_mcp_server|createSdkMcpServer|createMcpServer)$/
/** Made from an interface, an application or another server. */
const MADE_FROM =
  /(?:^|\.)FastMCP\.(?:from_openapi|from_fastapi|from_client|as_proxy)$|(?:^|\.)McpModule\.forRoot(?:Async)?$/
/** Classes of libraries that a server of the project may be made of. */
const ABOVE = /^(?:FastMCP|McpServer|MCPServer|FastMcp|Server)$/

/** Where frameworks take the name of their server from: Spring, Quarkus, Micronaut, Symfony. */
const SERVER_NAME =
  /^spring\.ai\.mcp\.server\.name$|^quarkus\.mcp\.server\.(?:server-info\.)?name$|^micronaut\.mcp\.server\.info\.name$|^mcp\.app$|^extensions\.mcp\.serverName$/

/** Servers in the settings of frameworks: those that are reached, and the one that this is. */
export function frameworkServers(unit: Unit, evidence: Evidence) {
  const seen = new Set<string>()
  for (const [path, line] of flat(unit.documents)) {
    const [, transport, name] =
      /^spring\.ai\.mcp\.client\.(stdio|sse|streamable-http)\.connections\.([^.]+)/.exec(path) ?? quarkus(path) ?? []
    if (name !== undefined && transport !== undefined && !seen.has(name)) {
      seen.add(name)
      evidence.collector.add('mcpServers', name, {
        file: unit.file,
        line,
        attributes: { role: 'client-config', transport },
      })
    }
  }
  for (const document of unit.documents) ofCluster(document, unit, evidence)
  for (const [path, line, value] of flat(unit.documents)) {
    if (SERVER_NAME.test(path) && value) {
      evidence.collector.add('mcpServers', value, { file: unit.file, line, attributes: { role: 'server' } })
    }
  }
}

/** A resource of Kubernetes that says where a server is, or has one started. */
function ofCluster(document: Expr, unit: Unit, evidence: Evidence) {
  if (!field(document, 'apiVersion') || !/^(?:\w*MCPServer|ToolServer)$/.test(textField(document, 'kind') ?? '')) return
  const name = textField(field(document, 'metadata'), 'name')
  const remote = field(field(document, 'spec'), 'url', 'remoteURL', 'remoteUrl') !== undefined
  const attributes = { role: 'client-config', transport: remote ? 'streamable-http' : 'stdio' }
  if (name !== undefined && !name.includes('TEMPLATE'))
    evidence.collector.add('mcpServers', name, { file: unit.file, line: document.line, attributes })
}

/** `quarkus.langchain4j.mcp.weather.url=…` */
function quarkus(path: string): readonly [string, string, string] | undefined {
  const [, name, key] = /^quarkus\.langchain4j\.mcp\.([^.]+)\.(url|command)$/.exec(path) ?? []
  return name === undefined
    ? undefined
    : [path, key === 'command' ? 'stdio' : 'streamable-http', name.replaceAll('"', '')]
}

function* flat(documents: readonly Expr[], prefix = ''): Generator<[path: string, line: number, value: string]> {
  for (const document of documents) {
    if (document.kind !== 'map') continue
    for (const [key, value] of document.entries) {
      if (key.kind !== 'text') continue
      const path = prefix === '' ? key.value : `${prefix}.${key.value}`
      yield [path, key.line, value.kind === 'text' ? value.value : '']
      if (prefix.length < 200) yield* flat([value], path)
    }
  }
}

/** Frameworks with a server of their own in them. */
const SERVE = /^(?:mcp|claude-agent-sdk)$/
/** A server that says no name where it is made. */
export interface Unnamed {
  unit: Unit
  line: number
  /** Who calls the function around says it, wherever that is. */
  handed?: boolean
  /** It stands beside those that code names; only settings name it. */
  besides?: boolean
}

export function implementedServers(unit: Unit, evidence: Evidence, unnamed: Unnamed[]) {
  const mcp = evidence.packages(unit).filter(({ pack }) => pack.frameworks.some((one) => SERVE.test(one)))
  if (mcp.length === 0) {
    // A server may be made in a file that knows nothing but the project's own class of it.
    if (evidence.usesAi(unit) || unit.format === 'code')
      visitUnit(
        unit,
        (expr, { scope }) => {
          if (expr.kind !== 'call') return
          madeOfOwn(expr, unit, scope, evidence)
          // Of .NET, a file need not name what the whole project uses.
          if (unit.language === 'csharp' && lastName(expr.callee) === 'AddMcpServer')
            added(expr, unit, evidence, unnamed)
        },
        CALLS,
      )
    return
  }
  const { imports } = evidence.project.index(unit)
  visitUnit(
    unit,
    (expr, { scope }) => {
      if (expr.kind !== 'call') return
      madeOfOwn(expr, unit, scope, evidence)
      // `from mcp.server import Server as LowLevelServer`
      const imported = expr.callee.kind === 'name' ? imports.get(expr.callee.name)?.name : undefined
      const callee = imported === undefined || /^(?:default)?$/.test(imported) ? lastName(expr.callee) : imported
      const path = pathOf(expr.callee)
      const options = expr.args.find(
        (argument) =>
          argument.kind === 'map' || (argument.kind === 'call' && lastName(argument.callee).endsWith('Implementation')),
      )
      const [first] = expr.args
      const server =
        // What an object makes of itself is no class of a library.
        (SERVERS.test(callee) && !/^(?:this|self)\./.test(path)) ||
        MADE_FROM.test(path) ||
        (/^(?:Server|NewServer)$/.test(callee) &&
          mcp.some(
            ({ names, module }) =>
              names.some(({ as }) => as === path.split('.')[0]) && /mcp|modelcontext/i.test(module),
          )) ||
        /^(?:MCP\.Server\.new|FastMcp\.(?:Server\.new|mount_in_rails|(?:authenticated_)?rack_middleware)|MCP\.Server|Mcp\.Server|Server\.make)$/.test(
          path,
        )
      if (server) {
        const said = field(expr, 'name', 'Name') ?? field(options, 'name', 'Name')
        const kept = first && evidence.resolver.meaning(first, unit, scope).expr
        const names = namesGiven(said ?? first, unit, scope, evidence)
        for (const name of names) serve(name, expr.line, unit, evidence)
        const handed = isParameter(said ?? field(kept, 'name') ?? first, unit, scope, evidence)
        if (names.length === 0 && !isOwn(path, unit, evidence)) unnamed.push({ unit, line: expr.line, handed })
      } else if (
        /^createMcp\w*Handler$/.test(callee) &&
        expr.args.some((argument) => field(field(argument, 'serverInfo'), 'name') !== undefined)
      ) {
        const info = expr.args.map((argument) => field(argument, 'serverInfo')).find((one) => one !== undefined)
        const name = evidence.resolver.first(field(info, 'name'), unit, scope)
        if (name !== undefined) serve(name, expr.line, unit, evidence)
      } else if (unit.language === 'rust' && field(expr, 'server_info') && callee !== 'ServerInfo') {
        for (const name of namesGiven(field(expr, 'server_info'), unit, scope, evidence))
          serve(name, expr.line, unit, evidence)
      } else if (
        /^(?:serverInfo|withServerInfo|with_server_info|setServerInfo)$/.test(callee) ||
        isBuiltInGo(path, unit)
      ) {
        const names = namesGiven(first, unit, scope, evidence)
        for (const name of names) serve(name, expr.line, unit, evidence)
        if (names.length === 0 && callee === 'setServerInfo') unnamed.push({ unit, line: expr.line })
      } else if (/^(?:AddMcpServer|createMcpHandler|createMcpExpressApp|mcpHandler)$/.test(callee)) {
        added(expr, unit, evidence, unnamed)
      }
    },
    CALLS,
  )
  for (const statement of unit.statements) {
    if (statement.kind === 'function' && isOfDefaultServer(statement))
      ofQuarkus(unit, statement.line, evidence, unnamed)
    if (statement.kind !== 'class') continue
    if (
      statement.bases.some((base) => lastName(base) === 'ServerHandler') ||
      statement.decorators.some((one) => /^(?:rmcp\.)?tool_handler(?:\(\))?$/.test(pathOf(one)))
    ) {
      const name = saidInRust(unit, evidence)
      if (name === undefined) unnamed.push({ unit, line: statement.line })
      else serve(name, statement.line, unit, evidence)
    } else if (isServer(statement, unit, evidence)) {
      const handed = handedUp(statement.name, unit, evidence)
      for (const { name, line } of handed) serve(name, line, unit, evidence)
      const said = handed.length === 0 ? saidByClass(statement, unit, evidence) : undefined
      if (said !== undefined) serve(said, statement.line, unit, evidence)
    }
  }
}

/** `protected string $name = 'Desk'`, `#[Name('Desk')]`: a server of Laravel that says its name itself. */
function saidByClass(one: ClassStatement, unit: Unit, evidence: Evidence): string | undefined {
  if (unit.language !== 'php') return undefined
  const mark = one.decorators.find((decorator) => pathOf(decorator) === 'Name()')
  const given = mark?.kind === 'call' ? (field(mark, 'value') ?? mark.args[0]) : undefined
  return evidence.resolver.first(given, unit, one.scope) ?? member(scopeOf(one), ['name'], unit, evidence)
}

/** `{ protocolVersion, capabilities, serverInfo: { name } }`: the answer that only a server gives, whoever wrote it. */
export function answering(expr: Expr, { unit, scope }: Around, evidence: Evidence, unnamed: Unnamed[]) {
  if (!field(expr, 'protocolVersion', 'protocol_version', 'ProtocolVersion')) return
  const info = field(expr, 'serverInfo', 'server_info', 'ServerInfo')
  const given = info && (field(info, 'name', 'Name') ?? implementation(info))
  const name = evidence.resolver.first(given, unit, scope)
  if (name !== undefined) serve(name, expr.line, unit, evidence)
  // Said where nothing can be read: `env!("CARGO_PKG_NAME")`, `config.getServerName()`.
  else if (given && /name$/i.test(lastName(given))) unnamed.push({ unit, line: expr.line, handed: true })
}

/** `app.NewBuilder().WithTool(…).WithName("desk")`: what is built beside its tools is the server. */
const isBuiltInGo = (path: string, { language }: Unit): boolean =>
  language === 'go' &&
  /\bNew\w*\(\)\.(?:\w+\(\)\.)*With(?:Tool|ServerCapabilities)\(\)\.(?:\w+\(\)\.)*WithName$/.test(path)

/** A server that a web application is given beside its other services. */
function added({ line }: Expr, unit: Unit, evidence: Evidence, unnamed: Unnamed[]) {
  const name = sharpName(unit, evidence)
  if (name === undefined) unnamed.push({ unit, line })
  else serve(name, line, unit, evidence)
}

/** A class of the project that is made of a library's server, with any number of its own between. */
function isServer(one: ClassStatement, unit: Unit, evidence: Evidence): boolean {
  return classesAbove(one, unit, evidence).some(
    ({ path, unit: at, held }) =>
      ABOVE.test(lastOf(path)) && held === undefined && evidence.packageOf(at, path)?.frameworks.includes('mcp'),
  )
}

const OWN_SERVER = /^(?:M[cC][pP]Server|FastM[cC][pP])$/
/** What starts or reaches a server is told one of these. */
const REACHED = ['command', 'args', 'url', 'params', 'server_url', 'transport']

/** `desk = DeskServer(name="Desk")`: what it is called is said where it is made. */
function madeOfOwn(call: Extract<Expr, { kind: 'call' }>, unit: Unit, scope: string, evidence: Evidence) {
  // Of Semantic Kernel, a server is made from functions, or of a kernel or an agent: `kernel.as_mcp_server(server_name=…)`.
  const told = /mcp_?server/i.test(lastName(call.callee)) ? field(call, 'server_name', 'serverName') : undefined
  const called = told && evidence.packages(unit).length > 0 ? evidence.resolver.first(told, unit, scope) : undefined
  if (called !== undefined) return serve(called, call.line, unit, evidence)
  if (call.callee.kind !== 'name') return
  const [first] = call.args
  // A function of the project around the library's class, or a class of its own that speaks the protocol.
  const ownClass = OWN_SERVER.test(call.callee.name) && !field(call, ...REACHED) && !field(first, ...REACHED)
  if (ownClass || (/^create(?:Mcp|MCP)Server$/.test(call.callee.name) && field(first, 'version'))) {
    const named = field(call, 'name') ?? field(first, 'name') ?? (first?.kind === 'text' ? first : undefined)
    const said = evidence.resolver.first(named, unit, scope)
    if (said !== undefined) return serve(said, call.line, unit, evidence)
  }
  if (!/^[A-Z]/.test(call.callee.name)) return
  const given = field(call, 'name') ?? field(first, 'name') ?? first
  if (!given) return
  const held = evidence.project.classNamed(call.callee.name, unit)
  if (!held || !isServer(held.held, held.unit, evidence)) return
  // Its constructor says the name, and what it is given is something else.
  if (handedUp(held.held.name, held.unit, evidence).length > 0) return
  const name = evidence.resolver.first(given, unit, scope)
  if (name !== undefined) serve(name, call.line, unit, evidence)
}

/** `@Tool`, without `@McpServer("desk")`. */
const isOfDefaultServer = ({ decorators }: FunctionStatement): boolean => {
  const words = new Set(decorators.map((one) => pathOf(one)))
  return words.has('Tool()') && !words.has('McpServer()')
}

/** Quarkus finds the tools by itself, and calls the server like the application. */
function ofQuarkus(unit: Unit, line: number, evidence: Evidence, unnamed: Unnamed[]) {
  if (!evidence.packages(unit).some(({ pack }) => pack.name.startsWith('io.quarkiverse.mcp:'))) return
  unnamed.push({ unit, line, besides: true })
}

/** `options.ServerInfo = new() { Name = "Desk" }` */
function sharpName(unit: Unit, evidence: Evidence): string | undefined {
  for (const one of unit.statements) {
    if (one.kind !== 'assign' || !/(?:^|\.)ServerInfo$/.test(one.target)) continue
    const name = evidence.resolver.first(field(one.value, 'Name'), unit, one.scope)
    if (name !== undefined) return name
  }
  return undefined
}

/** `server_info: Implementation { name: "desk".into(), … }` */
function saidInRust(unit: Unit, evidence: Evidence): string | undefined {
  let name: string | undefined
  visitUnit(
    unit,
    (expr, { scope }) => {
      if (expr.kind === 'call' && lastName(expr.callee) === 'Implementation')
        name ??= evidence.resolver.first(field(expr, 'name'), unit, scope)
    },
    CALLS,
  )
  return name
}

const CONSTRUCTOR: ReadonlySet<string> = new Set(['.__init__', '.constructor'])

/** `class Notes(FastMCP)`: its name is what the constructor hands on. */
function handedUp(owner: string, unit: Unit, evidence: Evidence): { name: string; line: number }[] {
  return unit.statements.flatMap((one) => {
    if (one.kind !== 'do' || one.value.kind !== 'call' || !CONSTRUCTOR.has(one.scope.slice(owner.length))) return []
    if (!one.scope.startsWith(owner) || !/(?:^|\.)__init__$|^super$/.test(pathOf(one.value.callee))) return []
    const [first] = one.value.args
    const name = evidence.resolver.first(field(one.value, 'name') ?? field(first, 'name') ?? first, unit, one.scope)
    return name === undefined ? [] : [{ name, line: one.line }]
  })
}

function isParameter(given: Expr | undefined, unit: Unit, scope: string, evidence: Evidence): boolean {
  const [head = ''] = pathOf(given).split(/[.(]/)
  return (
    evidence.project
      .index(unit)
      .functions.get(scope)
      ?.params.some(({ name }) => name === head) === true
  )
}

const MOST_NAMES = 8

/** What a server is called by what it is given: a text, or something with a name in it, whoever hands it over. */
function namesGiven(given: Expr | undefined, unit: Unit, scope: string, evidence: Evidence): string[] {
  if (!given) return []
  const said = given.kind === 'map' ? undefined : evidence.resolver.first(given, unit, scope)
  if (said !== undefined) return [said]
  const names = meanings(given, unit, scope, evidence).flatMap(({ expr, ...at }) => {
    // Made from an application, it is called like that.
    const inner = field(expr, 'name', 'Name', 'title') ?? implementation(expr)
    if (!inner) return expr === given ? [] : textsMeant(expr, at.unit, at.scope, evidence)
    const text = evidence.resolver.first(inner, at.unit, at.scope)
    return text === undefined ? textsMeant(inner, at.unit, at.scope, evidence) : [text]
  })
  return [...new Set(names)].slice(0, MOST_NAMES)
}

/** `Implementation::new("desk", …)`, `Implementation.builder("desk", …).build()`: the name comes first. */
function implementation(expr: Expr): Expr | undefined {
  for (
    let at: Expr | undefined = expr;
    at;
    at = at.kind === 'call' ? at.callee : at.kind === 'member' ? at.of : undefined
  )
    if (at.kind === 'call' && at.args[0] && /Implementation(?:\.\w+)?$/.test(pathOf(at.callee))) return at.args[0]
  return undefined
}

/**
 * A server without a name of its own is called like the project that it is in, unless that has one with a name. What a
 * manifest for people who install it calls it counts last.
 */
export function serveUnnamed(unnamed: readonly Unnamed[], evidence: Evidence) {
  const named = evidence.collector
    .said('mcpServers')
    .flatMap(({ file, attributes }) => (attributes['role'] === 'server' ? [file] : []))
  const isNamed = (folder: string) => named.some((file) => file.startsWith(folder))
  const homes = unnamed.map((one) => ({ ...one, ...homeOf(one.unit.file, evidence) }))
  for (const { unit, line, handed, besides, folder, name } of homes) {
    const others = besides ? named.filter((file) => !/\.(?:java|kt)$/.test(file)) : named
    if (!others.some((file) => handed || file.startsWith(folder))) serve(name, line, unit, evidence)
  }
  named.push(...unnamed.map(({ unit }) => unit.file))
  for (const unit of evidence.project.units)
    for (const { name, line } of manifestServers(unit, evidence))
      if (!isNamed(homeOf(unit.file, evidence).folder)) serve(name, line, unit, evidence)
}

/** `server.json` of the registry, `manifest.json` of a bundle, `smithery.yaml` of a host. */
function manifestServers({ file, format, documents }: Unit, evidence: Evidence): { name: string; line: number }[] {
  if (/(?:^|\/)smithery\.ya?ml$/.test(file))
    return documents.flatMap((one) =>
      field(one, 'startCommand', 'runtime')
        ? [{ name: textField(one, 'name') ?? homeOf(file, evidence).name, line: one.line }]
        : [],
    )
  if (format !== 'json' || !/(?:^|\/)(?:server|manifest)\.json$/.test(file)) return []
  return documents.flatMap((document) => {
    const name = textField(document, 'name')
    const registered = /modelcontextprotocol\S*server\.schema/.test(textField(document, '$schema') ?? '')
    const bundled = field(document, 'manifest_version', 'dxt_version') && field(field(document, 'server'), 'mcp_config')
    return name !== undefined && (registered || bundled) ? [{ name, line: document.line }] : []
  })
}

/** A function of the project itself that is called like one of a library. */
function isOwn(path: string, unit: Unit, evidence: Evidence): boolean {
  const [head = ''] = path.split('.')
  const { imports, functions, classes } = evidence.project.index(unit)
  const imported = imports.get(head)
  if (imported) return packageOfModule(unit.language, imported.module) === undefined
  return functions.has(path) || classes.has(path)
}

function serve(name: string, line: number, unit: Unit, evidence: Evidence) {
  if (name === '') return
  evidence.collector.add('mcpServers', name, { file: unit.file, line, attributes: { role: 'server' } })
}
