// How a server is written down that somebody starts or reaches: its command, its address, and what both tell.
import { children, type Expr, field, textField, type Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'

/** These say MCP by themselves; the others need a server that looks like one. */
export const CERTAIN = /^(?:[mM]cpServers|mcp_servers|mcp-servers|context_servers|mcp\.servers|amp\.mcpServers)$/
/** In whichever of these a command line stands, or the words of one. */
const COMMANDS = ['command', 'cmd', 'target']
const ADDRESSES = ['url', 'serverUrl', 'httpUrl', 'server_url', 'uri', 'endpoint']

export function looksLikeServer(server: Expr, certain: boolean): boolean {
  if (server.kind !== 'map' && server.kind !== 'call') return false
  const starts = field(server, ...(certain ? COMMANDS : ['command', 'cmd']))
  const reached = field(server, ...ADDRESSES)
  const packed = field(server, 'package', 'source', 'from_registry', 'docker')
  if (certain) return starts !== undefined || reached !== undefined || packed !== undefined
  const type = textField(server, 'type', 'transport') ?? ''
  return (
    (starts !== undefined &&
      field(server, 'args', 'env', 'type') !== undefined &&
      /mcp|modelcontext|stdio|local/i.test(type + JSON.stringify(argumentsOf(server)))) ||
    (reached !== undefined &&
      /^(?:sse|remote|streamable[-_]?http|http)$/i.test(type) &&
      field(server, 'headers', 'enabled', 'timeout') !== undefined)
  )
}

export function argumentsOf(server: Expr): string[] {
  const found: string[] = []
  for (const held of [field(server, ...COMMANDS), field(server, 'args')]) {
    if (held?.kind === 'text') found.push(...held.value.split(/\s+/))
    // `shutil.which("npx")`
    const sought = held?.kind === 'call' && found.length === 0 ? held.args[0] : undefined
    if (sought?.kind === 'text' && RUNNERS.test(sought.value)) found.push(sought.value)
    for (const item of held?.kind === 'list' ? held.items : []) {
      const word = item.kind === 'text' ? item.value : scriptWithin(item)
      if (word !== undefined) found.push(word)
    }
  }
  return found
}

/** `str(Path(__file__).parent / "desk.py")`, `path.join(here, "desk.js")` */
export function scriptWithin(expr: Expr, depth = 0): string | undefined {
  if (expr.kind === 'text') return /^[\w./-]*\w\.(?:py|[cm]?js|ts|jar)$/.test(expr.value) ? expr.value : undefined
  if (depth > 6) return undefined
  for (const inner of children(expr)) {
    const script = scriptWithin(inner, depth + 1)
    if (script !== undefined) return script
  }
  return undefined
}

export const RUNNERS =
  /^(?:.*\/)?(?:npx|bunx|uvx|pnpm|yarn|npm|docker|podman|uv|pipx|node|python3?|bun|deno|cmd|sh|bash|java|go|dnx)(?:\.exe|\.cmd)?$/
const PLAIN = /^(?:-.*|dlx|run|exec|x|tool|\/c|--|install)$/

/** The package that a command fetches and runs, and whether its version is said. */
export function packageOf(words: readonly string[]): { name: string; pinned: boolean | undefined } | undefined {
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
      name: ofAddress(word) ?? word.replace(/(?<=.)@(?:latest|next|[\d^~v][\w.^~-]*)$|==.*$/, ''),
      pinned: own ? undefined : pinned,
    }
  }
  return undefined
}

/** `git+https://example.com/desk-mcp.git@v1`, `https://…/desk_mcp-0.1.0-py3-none-any.whl`: the last part of the path. */
const ofAddress = (word: string): string | undefined =>
  /^(?:git\+)?(?:https?|ssh|file):\/\/[^?#]*\/([\w.-]+?)(?:-\d[\w.]*(?:-[\w.]+)*\.whl|\.(?:git|whl|zip|tar\.gz|tgz))?(?:@[\w./-]+)?(?:[?#]|$)/.exec(
    word,
  )?.[1]

const isConstant = (expr: Expr | undefined, value: boolean): boolean =>
  expr?.kind === 'constant' && expr.value === value

export function addServer(name: string, server: Expr, unit: Unit, line: number, evidence: Evidence) {
  const words = argumentsOf(server)
  const fetched = packageOf(words)
  const url =
    [textField(server, ...ADDRESSES), words[0]].find((one) => one !== undefined && /^(?:https?|wss?):/.test(one)) ??
    textField(server, ...ADDRESSES)
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
      enabled: isConstant(disabled, true) || isConstant(field(server, 'enabled'), false) ? false : undefined,
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

/** The same server, with the address that a setting comes to written out. */
export function withAddress(server: Expr, unit: Unit, scope: string, evidence: Evidence): Expr {
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
export const isSaid = (server: Expr): boolean => {
  const held = field(server, ...COMMANDS, 'url', 'serverUrl', 'server_url')
  return (
    held?.kind === 'text' ||
    held?.kind === 'either' ||
    held?.kind === 'join' ||
    (held !== undefined && argumentsOf(server).length > 0)
  )
}
