// A remote server without a credential answers anybody, and anybody on the way answers for it.
import { defineRule } from './define.ts'

export const openMcpServer = defineRule({
  id: 'open-mcp-server',
  title: 'A remote MCP server is used without a credential or without encryption',
  severity: 'medium',
  confidence: 0.6,
  threats: ['tool-integration-vulnerabilities', 'indirect-prompt-injection'],
  controls: ['model-access-control', 'supply-chain-manage'],
  remedy: 'use https and a credential of its own for each server',
  *check({ collector }) {
    for (const { name, file, line, attributes } of collector.said('mcpServers')) {
      const { url } = attributes
      if (
        typeof url !== 'string' ||
        attributes['enabled'] === false ||
        /^https?:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[a-z][\w-]*[:/])/.test(url)
      )
        continue
      const plain = url.startsWith('http://')
      if (!plain && attributes['authenticated'] !== false) continue
      yield { file, line, subject: name, severity: plain ? 'high' : 'medium', confidence: plain ? 0.9 : 0.5 }
    }
  },
  examples: {
    hit: [{ '.mcp.json': '{"mcpServers": {"crm": {"type": "http", "url": "http://crm.example.com/mcp"}}}' }],
    miss: [
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
