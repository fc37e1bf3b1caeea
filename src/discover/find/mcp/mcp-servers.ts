// MCP servers: those that a client is configured to start or to reach, in files of every client and in code, and those
// that the project itself implements.
import type { DiscoveredItem } from '../../../model/discovered.ts'
import { isDocumentation } from '../../classify.ts'
import { type Expr, field, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import { gradioServers } from './gradio.ts'
import { frameworkServers, startedServers } from './mcp-frameworks.ts'
import { answering, implementedServers } from './mcp-implemented.ts'
import { serveUnnamed, type Unnamed } from './mcp-unnamed.ts'
import { addServer, argumentsOf, CERTAIN, isSaid, looksLikeServer, withAddress } from './mcp-entries.ts'
import { CONFIGURED_LATER, inCode, startServer, unnamed } from './mcp-started.ts'
import { type Around, FIELDED, TEXTS, visitUnit } from '../visit.ts'
import { jsonAround } from './json-around.ts'

/** Under these keys the clients keep their servers. */
const HOLDERS =
  /^(?:[mM]cpServers|mcp_servers|mcp-servers|context_servers|mcp\.servers|amp\.mcpServers|servers|extensions|mcp|mcpServer|serverConfigs|connections|stdio-connections|stdio_servers|sse_servers|shttp_servers|modelContextProtocolServers)$/

export function findMcpServers(evidence: Evidence) {
  const nameless: Unnamed[] = []
  for (const unit of evidence.project.units) {
    if (isDocumentation(unit.file) || unit.language === 'docker') continue
    const named = new Set<Expr>()
    const rest: [Extract<Expr, { kind: 'map' | 'call' }>, Around][] = []
    visitUnit(
      unit,
      (expr, around) => {
        answering(expr, around, evidence, nameless)
        if (expr.kind === 'map') configured(expr, around, evidence, named)
        else if (expr.kind === 'call') {
          inCode(expr, around, evidence)
          handedOver(expr, around, evidence, named)
        }
        if ((expr.kind === 'map' || expr.kind === 'call') && field(expr, 'command', 'cmd', 'type', 'transport'))
          rest.push([expr, around])
      },
      FIELDED,
    )
    writtenOut(unit, evidence)
    // What a name was found for later in the file is not taken again without one.
    for (const [expr, around] of rest) if (!named.has(expr)) unnamed(expr, around, evidence)
    if (unit.format === 'properties' || unit.format === 'yaml' || unit.file.endsWith('host.json'))
      frameworkServers(unit, evidence)
    implementedServers(unit, evidence, nameless)
    gradioServers(unit, evidence, nameless)
  }
  startedServers(evidence, nameless)
  serveUnnamed(nameless, evidence)
  const named = evidence.collector.of('mcpServers').some(({ attributes }) => attributes['role'] === 'client-config')
  // Who reaches this very machine from code, and says no name, reaches what the project itself serves.
  if (evidence.collector.said('mcpServers').some(({ attributes }) => attributes['role'] === 'server'))
    for (const { name } of evidence.collector.of('mcpServers').filter(isLoopback))
      evidence.collector.remove('mcpServers', name)
  if (named) evidence.collector.remove('mcpServers', CONFIGURED_LATER)
}

const isLoopback = ({ name, attributes }: DiscoveredItem): boolean =>
  attributes['role'] === 'client-config' && /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?$/.test(name)

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
    addServer(key.value, inner, held.unit, key.line, evidence)
  }
}

/** Settings of a client that a script writes into a file: `cat > mcp.json << EOF`, in a step of a pipeline too. */
function writtenOut(unit: Unit, evidence: Evidence) {
  if (unit.format !== 'yaml' && unit.language !== 'shell') return
  const take = (text: string, line: number) => {
    for (const { index } of text.matchAll(/["'](?:mcpServers|context_servers)["']\s*:/g)) {
      const settings = jsonAround(text, index)
      const at = line + text.slice(0, index).split('\n').length
      const servers = field(settings, 'mcpServers', 'context_servers')
      for (const [key, server] of servers?.kind === 'map' ? servers.entries : [])
        if (key.kind === 'text' && looksLikeServer(server, true)) addServer(key.value, server, unit, at, evidence)
    }
  }
  if (unit.language === 'shell') {
    const said = unit.statements.flatMap((one) => (one.kind === 'do' && one.value.kind === 'text' ? [one.value] : []))
    take(said.map(({ value }) => value).join('\n'), said[0]?.line ?? 1)
  } else visitUnit(unit, (expr) => void (expr.kind === 'text' && take(expr.value, expr.line)), TEXTS)
}

/** Whatever it is called: nothing but commands with their words, and one of them says MCP. */
const isStartedAll = (held: Expr, { format }: Unit): boolean =>
  held.kind === 'map' &&
  /^(?:json|yaml|toml)$/.test(format) &&
  held.entries.length > 0 &&
  held.entries.every(([, one]) => field(one, 'command')?.kind === 'text' && field(one, 'args')?.kind === 'list') &&
  held.entries.some(([, one]) => /\bmcp\b/i.test(argumentsOf(one).join(' ')))

/** `"desk": "https://…"`: the address alone. */
const asAddressed = (server: Expr): Expr =>
  server.kind === 'text' && /^https?:\/\//.test(server.value)
    ? {
        kind: 'map',
        entries: [[{ kind: 'text', value: 'url', line: server.line }, server]],
        line: server.line,
        end: server.line,
      }
    : server

const ADDRESSED = /^(?:sse|shttp)_servers$/

const addressOf = (server: Expr): string | undefined =>
  server.kind === 'text' ? server.value : textField(server, 'url')

/** Docker's gateway is told by their names which servers of its catalogue it starts. */
function throughGateway(map: Extract<Expr, { kind: 'map' }>, unit: Unit, evidence: Evidence) {
  if (!/(?:^|\/)mcp-gateway(?:[:@]|$)/.test(textField(map, 'image') ?? '')) return
  const words = argumentsOf(map)
  for (const [at, word] of words.entries()) {
    const [, said = word === '--servers' ? words[at + 1] : ''] = /^--servers=(.+)$/.exec(word) ?? []
    for (const name of said === undefined ? [] : said.split(',').filter((one) => /^[\w.-]+$/.test(one)))
      evidence.collector.add('mcpServers', name, {
        file: unit.file,
        line: map.line,
        attributes: { role: 'client-config' },
      })
  }
}

function configured(map: Extract<Expr, { kind: 'map' }>, around: Around, evidence: Evidence, named: Set<Expr>) {
  const { unit } = around
  if (unit.format === 'yaml') throughGateway(map, unit, evidence)
  // The file of a plugin may hold nothing but servers.
  if (/(?:^|\/)\.mcp\.json$/.test(unit.file) && around.parents.length === 0) takeAll(map, unit, '', evidence, named)
  for (const [key, held] of map.entries) {
    if (key.kind === 'text' && isStartedAll(held, unit)) takeAll(held, unit, around.scope, evidence, named)
    if (key.kind !== 'text' || !HOLDERS.test(key.value)) continue
    const certain =
      CERTAIN.test(key.value) || /mcp|opencode|crush/i.test(unit.file) || around.keys.some((one) => /mcp/i.test(one))
    if ((held.kind === 'name' || held.kind === 'member') && CERTAIN.test(key.value))
      takeAll(held, unit, around.scope, evidence, named)
    if (held.kind === 'map') {
      for (const [name, server] of held.entries) {
        if (name.kind !== 'text') continue
        const entry = CERTAIN.test(key.value) ? asAddressed(server) : server
        if (!looksLikeServer(entry, certain)) continue
        named.add(server)
        addServer(name.value, entry, unit, name.line, evidence)
      }
    } else if (held.kind === 'list') {
      for (const server of held.items) {
        const reached = ADDRESSED.test(key.value) && around.keys.includes('mcp') ? addressOf(server) : undefined
        const transport = key.value === 'modelContextProtocolServers' ? field(server, 'transport') : undefined
        if (reached !== undefined || transport)
          startServer(transport ?? server, undefined, reached, server.line, unit, evidence)
        const name = textField(server, 'name', 'id', 'serverId', 'server_id')
        if (name !== undefined && looksLikeServer(server, certain)) addServer(name, server, unit, server.line, evidence)
      }
    }
  }
}
