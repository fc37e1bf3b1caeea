// What travels in the clear is read and changed on the way; a server that asks nobody who they are answers anybody.
import { field, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from '../find/evidence.ts'
import { defineRule } from './define.ts'
import { calls, hit, isNear } from './look.ts'

/** Servers of MCP as libraries of Python have them: where they listen is said when they are made, or when they run. */
const SERVES = /(?:^|\.)(?:\w*FastMCP|(?:mcp|server|app)\.run(?:_async|_http_async|_sse_async)?|mcp\.\w+\.run)$/i
/** By these a server learns who asks. */
const ASKS = /^(?:auth|auth_\w+|token_verifier|auth_provider|authorization|dependencies|auth_config|AuthConfig)$/
const ASKING = /auth|token|jwt|api_?key|credential|verif/i

/** Who asks may be found out anywhere in the file, by a middleware too. */
function asksWho(unit: Unit): boolean {
  for (const [call] of calls(unit)) {
    if (call.named.some(([name]) => ASKS.test(name))) return true
    if (/middleware/i.test(lastName(call.callee)) && call.args.some((one) => ASKING.test(pathOf(one)))) return true
    if (/Auth\w*Middleware|BearerAuth|JWTVerifier|OAuth\w*(?:Provider|Proxy)$/.test(lastName(call.callee))) return true
  }
  return unit.statements.some((one) => one.kind === 'class' && /auth|token/i.test(one.name))
}

function listensEverywhere(unit: Unit, evidence: Evidence): number | undefined {
  for (const [call, { scope }] of calls(unit)) {
    if (!SERVES.test(pathOf(call.callee))) continue
    const host = field(call, 'host')
    if (!host || !evidence.resolver.texts(host, unit, scope).some(({ text }) => /^(?:0\.0\.0\.0|::)$/.test(text)))
      continue
    return host.line
  }
  return undefined
}

export const openMcpServer = defineRule({
  id: 'open-mcp-server',
  title: 'An MCP server is reached without encryption, or answers anybody who reaches it',
  severity: 'medium',
  confidence: 0.7,
  threats: ['tool-integration-vulnerabilities', 'indirect-prompt-injection'],
  controls: ['model-access-control', 'supply-chain-manage'],
  remedy: 'use https, let the server ask for a credential, and listen on 127.0.0.1 where it serves this machine alone',
  // Whether a server behind https asks for a credential is settled when it is first called, not in the settings.
  *check({ collector }) {
    for (const { name, file, line, attributes } of collector.said('mcpServers')) {
      const { url } = attributes
      if (typeof url !== 'string' || attributes['enabled'] === false || !/^(?:http|ws):/.test(url) || isNear(url))
        continue
      yield { file, line, subject: name, severity: 'high', confidence: 0.9 }
    }
  },
  *checkUnit(unit, evidence) {
    if (unit.language !== 'python' || !evidence.packages(unit).some(({ pack }) => pack.frameworks.includes('mcp')))
      return
    const line = listensEverywhere(unit, evidence)
    if (line !== undefined && !asksWho(unit)) yield hit(unit, line, 'listens on all addresses')
  },
  examples: {
    hit: [
      { '.mcp.json': '{"mcpServers": {"crm": {"type": "http", "url": "http://crm.example.com/mcp"}}}' },
      {
        'server.py':
          'import os\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("crm", host=os.getenv("HOST", "0.0.0.0"), port=8000)\nmcp.run(transport="streamable-http")\n',
      },
      {
        'server.py':
          'from fastmcp import FastMCP\nmcp = FastMCP("crm")\nif __name__ == "__main__":\n    mcp.run(transport="http", host="0.0.0.0", port=8000)\n',
      },
    ],
    miss: [
      { '.mcp.json': '{"mcpServers": {"crm": {"type": "http", "url": "https://crm.example.com/mcp"}}}' },
      { '.mcp.json': '{"mcpServers": {"crm": {"type": "http", "url": "http://192.168.1.9:3000/mcp"}}}' },
      {
        'server.py':
          'from fastmcp import FastMCP\nmcp = FastMCP("crm", auth=verifier)\nmcp.run(transport="http", host="0.0.0.0")\n',
      },
      {
        'server.py': 'from fastmcp import FastMCP\nmcp = FastMCP("crm")\nmcp.run(transport="http", host="127.0.0.1")\n',
      },
      {
        '.mcp.json': '{"mcpServers": {"crm": {"type": "http", "url": "http://crm.example.com/mcp", "enabled": false}}}',
      },
      {
        '.mcp.json':
          '{"mcpServers": {"crm": {"type": "http", "url": "https://crm.example.com/mcp", "headers": {"Authorization": "Bearer ${CRM}"}}}}',
      },
      {
        'a.py':
          'from mcp.client.streamable_http import streamablehttp_client\nasync def f(h):\n    async with streamablehttp_client("https://crm.example.com/mcp", headers=h) as (r, w, _):\n        pass\n',
      },
      { '.mcp.json': '{"mcpServers": {"dev": {"url": "http://localhost:3000/mcp"}}}' },
    ],
  },
})
