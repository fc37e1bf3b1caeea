// MCP servers in the settings of frameworks and clusters: those that are reached, and the one that this is.
import { type Expr, field, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'
import type { Unnamed } from './mcp-unnamed.ts'

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

const STARTER = /^org\.springframework\.ai:spring-ai-(?:starter-mcp-server|mcp-server-(?:\w+-)*spring-boot-starter)/

/** Of Spring, the starter in a manifest is all that it takes: a server whose settings say no name is called by another. */
export function startedServers({ project }: Evidence, unnamed: Unnamed[]) {
  for (const { file, name, line, direct } of project.dependencies)
    if (direct && STARTER.test(name) && !unnamed.some(({ unit }) => unit.file === file))
      unnamed.push({ unit: { file }, line })
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
