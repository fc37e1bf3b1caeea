// MCP servers that the project itself is: by the class of a library that it makes, or by the settings of a framework.
import { packageOfModule } from '../knowledge/packages.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'
import { visitUnit } from './visit.ts'

const SERVERS = /^(?:FastMCP|McpServer|MCPServer|NewMCPServer|FastMcp|MCP\.Server)$/

/** Where frameworks take the name of their server from: Spring, Quarkus, Micronaut, Symfony. */
const SERVER_NAME =
  /^spring\.ai\.mcp\.server\.name$|^quarkus\.mcp\.server\.(?:server-info\.)?name$|^micronaut\.mcp\.server\.info\.name$|^mcp\.app$/

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
  for (const [path, line, value] of flat(unit.documents)) {
    if (SERVER_NAME.test(path) && value) {
      evidence.collector.add('mcpServers', value, { file: unit.file, line, attributes: { role: 'server' } })
    }
  }
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

export function implementedServers(unit: Unit, evidence: Evidence) {
  const mcp = evidence.packages(unit).filter(({ pack }) => pack.frameworks.includes('mcp'))
  if (mcp.length === 0) return
  visitUnit(unit, (expr, { scope }) => {
    if (expr.kind !== 'call') return
    const callee = lastName(expr.callee)
    const path = pathOf(expr.callee)
    const options = expr.args.find(
      (argument) =>
        argument.kind === 'map' || (argument.kind === 'call' && lastName(argument.callee).endsWith('Implementation')),
    )
    const [first] = expr.args
    const server =
      SERVERS.test(callee) ||
      (/^(?:Server|NewServer)$/.test(callee) &&
        mcp.some(
          ({ names, module }) => names.some(({ as }) => as === path.split('.')[0]) && /mcp|modelcontext/i.test(module),
        )) ||
      /^(?:MCP\.Server\.new|FastMcp\.Server\.new|MCP\.Server|Mcp\.Server|Server\.make)$/.test(path)
    if (server) {
      const kept = first ? evidence.resolver.meaning(first, unit, scope) : undefined
      const given =
        field(expr, 'name', 'Name') ?? field(options, 'name', 'Name') ?? (first?.kind === 'map' ? undefined : first)
      const name =
        kept?.expr.kind === 'map'
          ? evidence.resolver.first(field(kept.expr, 'name'), kept.unit, kept.scope)
          : evidence.resolver.first(given, unit, scope)
      if (name !== undefined || !isOwn(path, unit, evidence))
        serve(name ?? nameOfFolder(unit.file), expr.line, unit, evidence)
    } else if (
      /^createMcp\w*Handler$/.test(callee) &&
      expr.args.some((argument) => field(field(argument, 'serverInfo'), 'name') !== undefined)
    ) {
      const info = expr.args.map((argument) => field(argument, 'serverInfo')).find((one) => one !== undefined)
      const name = evidence.resolver.first(field(info, 'name'), unit, scope)
      if (name !== undefined) serve(name, expr.line, unit, evidence)
    } else if (/^(?:serverInfo|withServerInfo)$/.test(callee)) {
      const name = evidence.resolver.first(first, unit, scope)
      if (name !== undefined) serve(name, expr.line, unit, evidence)
    } else if (
      /^(?:AddMcpServer|createMcpHandler|createMcpExpressApp|mcpHandler)$/.test(callee) &&
      // What it serves may be made, and named, in another file.
      !evidence.collector.of('mcpServers').some(({ attributes }) => attributes['role'] === 'server')
    )
      serve(nameOfFolder(unit.file), expr.line, unit, evidence)
  })
  for (const statement of unit.statements) {
    if (statement.kind !== 'class') continue
    if (
      statement.bases.some((base) => /^(?:ServerHandler)$/.test(lastName(base))) ||
      statement.decorators.some((one) => /^(?:rmcp\.)?tool_handler(?:\(\))?$/.test(pathOf(one)))
    )
      serve(saidInRust(unit, evidence) ?? nameOfCrate(unit.file, evidence), statement.line, unit, evidence)
    else if (
      statement.bases.some(
        (base) => SERVERS.test(lastName(base)) && evidence.packageOf(unit, pathOf(base)) !== undefined,
      )
    )
      subclassed(statement.name, unit, evidence)
  }
}

/** `server_info: Implementation { name: "desk".into(), … }` */
function saidInRust(unit: Unit, evidence: Evidence): string | undefined {
  let name: string | undefined
  visitUnit(unit, (expr, { scope }) => {
    if (expr.kind === 'call' && lastName(expr.callee) === 'Implementation')
      name ??= evidence.resolver.first(field(expr, 'name'), unit, scope)
  })
  return name
}

/** Else the build says it: the name of the crate that the file belongs to. */
function nameOfCrate(file: string, { project }: Evidence): string {
  const [crate] = project.units
    .filter((one) => one.file.endsWith('Cargo.toml') && file.startsWith(one.file.slice(0, -'Cargo.toml'.length)))
    .toSorted((a, b) => b.file.length - a.file.length)
  return textField(field(crate?.documents[0], 'package'), 'name') ?? nameOfFolder(file)
}

/** `class Notes(FastMCP)`: its name is what the constructor hands on. */
function subclassed(owner: string, unit: Unit, evidence: Evidence) {
  for (const one of unit.statements) {
    if (one.kind !== 'do' || one.value.kind !== 'call' || one.scope !== `${owner}.__init__`) continue
    if (!/(?:^|\.)__init__$/.test(pathOf(one.value.callee))) continue
    const name = evidence.resolver.first(field(one.value, 'name') ?? one.value.args[0], unit, one.scope)
    if (name !== undefined) serve(name, one.line, unit, evidence)
  }
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

/** Where no name is said, the folder of the project is what people call it. */
function nameOfFolder(file: string): string {
  const folders = file
    .split('/')
    .slice(0, -1)
    .filter(
      (part) =>
        !/^(?:src|app|lib|main|cmd|server|api|pages|internal|java|kotlin|com|org|io|mcp|packages|apps|services|\[.*\])$/.test(
          part,
        ),
    )
  return folders.at(-1) ?? 'mcp-server'
}
