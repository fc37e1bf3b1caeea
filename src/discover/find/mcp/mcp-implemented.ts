// MCP servers that the project itself is: by the class of a library that it makes, or by the settings of a framework.
import { packageOfModule } from '../../knowledge/packages.ts'
import { type Expr, field, lastName, pathOf, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { ClassStatement, FunctionStatement } from '../project.ts'
import { classesAbove, lastOf } from '../class-line.ts'
import { type Around, visitUnit } from '../visit.ts'
import { serve, type Unnamed } from './mcp-unnamed.ts'
import { handedUp, implementation, isParameter, namesGiven, saidByClass, saidInRust, sharpName } from './mcp-names.ts'

const SERVERS =
  /^(?:FastMCP|McpServer|MCPServer|NewMCPServer|FastMcp|MCP\.Server|FastApiMCP|create_sdk_mcp_server|createSdkMcpServer|createMcpServer)$/

/** Made from an interface, an application or another server. */
const MADE_FROM =
  /(?:^|\.)FastMCP\.(?:from_openapi|from_fastapi|from_client|as_proxy)$|(?:^|\.)McpModule\.forRoot(?:Async)?$/

/** Classes of libraries that a server of the project may be made of. */
const ABOVE = /^(?:FastMCP|McpServer|MCPServer|FastMcp|Server)$/

/** Frameworks with a server of their own in them. */
const SERVE = /^(?:mcp|claude-agent-sdk)$/

const CALLS: ReadonlySet<Expr['kind']> = new Set(['call'])

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
  visitUnit(unit, (expr, { scope }) => {
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
          ({ names, module }) => names.some(({ as }) => as === path.split('.')[0]) && /mcp|modelcontext/i.test(module),
        )) ||
      /^(?:MCP\.Server\.new|FastMcp\.(?:Server\.new|mount_in_rails|(?:authenticated_)?rack_middleware)|MCP\.Server|Mcp\.Server|Server\.make)$/.test(
        path,
      )
    if (server) {
      const info = field(expr, 'serverInfo', 'server_info', 'implementation')
      const said =
        field(expr, 'name', 'Name') ??
        field(options, 'name', 'Name') ??
        (info && (field(info, 'name', 'Name') ?? implementation(info)))
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
    } else if (callee === 'McpServerOptions' && field(expr, 'ServerInfo')) {
      for (const name of namesGiven(field(expr, 'ServerInfo'), unit, scope, evidence))
        serve(name, expr.line, unit, evidence)
    } else if (/^(?:AddMcpServer|createMcpHandler|createMcpExpressApp|mcpHandler)$/.test(callee)) {
      added(expr, unit, evidence, unnamed)
    }
  })
  if (unit.language === 'ruby') ofScript(unit, evidence)
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

/** `name "desk"`: of mcp-rb, a script that has tools is the server, and says its name before all that is in it. */
function ofScript(unit: Unit, evidence: Evidence) {
  const said = unit.statements.flatMap((one) =>
    one.kind === 'do' && one.scope === '' && one.value.kind === 'call' ? [one.value] : [],
  )
  const first = said.find(({ callee }) => /^(?:name|tool|resource|resource_template|prompt)$/.test(pathOf(callee)))
  const has = said.some(({ callee }) => pathOf(callee) === 'tool')
  const [given] = first?.args ?? []
  if (has && first && pathOf(first.callee) === 'name' && given?.kind === 'text')
    serve(given.value, first.line, unit, evidence)
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

/** A function of the project itself that is called like one of a library. */
function isOwn(path: string, unit: Unit, evidence: Evidence): boolean {
  const [head = ''] = path.split('.')
  const { imports, functions, classes } = evidence.project.index(unit)
  const imported = imports.get(head)
  if (imported) return packageOfModule(unit.language, imported.module) === undefined
  // Of Ruby, a class is seen from everywhere: `MCP::Server.new` may be one of the project.
  const made = path.replace(/\.new$/, '')
  if (unit.language === 'ruby' && evidence.project.classNamed(lastOf(made), unit)) return true
  return functions.has(path) || classes.has(path)
}
