// A server that is fetched anew with each start is whatever its publisher, or who took the name, put there last.
import { homeOf } from '../find/project-names.ts'
import { defineRule } from './define.ts'

export const unpinnedMcpServer = defineRule({
  id: 'unpinned-mcp-server',
  title: 'An MCP server is fetched without a fixed version',
  severity: 'high',
  confidence: 0.9,
  threats: ['tool-integration-vulnerabilities', 'generic-development-and-supply-chain-threats'],
  controls: ['supply-chain-manage', 'least-model-privilege'],
  remedy: 'name the version (`package@1.2.3`, `package==1.2.3`, an image digest) and review it when it changes',
  *check(evidence) {
    for (const { name, file, line, attributes } of evidence.collector.said('mcpServers')) {
      if (attributes['pinned'] !== false || attributes['enabled'] === false) continue
      // Whoever publishes a package tells others how to start it; it is no stranger's.
      const own = attributes['package'] === homeOf(file, evidence).name
      yield { file, line, subject: name, ...(own && { severity: 'low' as const, confidence: 0.6 }) }
    }
  },
  examples: {
    hit: [
      {
        '.mcp.json':
          '{"mcpServers": {"files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/"]}}}',
      },
    ],
    miss: [
      {
        'other.mcp.json': '{"mcpServers": {"crm": {"url": "http://localhost:3000/mcp"}}}',
        '.mcp.json': '{"mcpServers": {"crm": {"command": "npx", "args": ["-y", "crm-mcp@1.2.3"]}}}',
      },
      { '.vscode/mcp.json': '{"servers": {"desk": {"type": "stdio", "command": "uv", "args": ["run", "desk-mcp"]}}}' },
      {
        '.mcp.json':
          '{"mcpServers": {"files": {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "/srv"]}}}',
      },
    ],
  },
})
