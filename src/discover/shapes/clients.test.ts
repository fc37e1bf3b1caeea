// Where clients keep the servers that they start or reach. One small tree for each.
import { tryTrees } from '../testing.ts'

tryTrees([
  [
    'VS Code',
    'mcpServers',
    {
      '.vscode/mcp.json':
        '{"inputs": [], "servers": {"github": {"type": "http", "url": "https://api.githubcopilot.com/mcp/"}, "pw": {"command": "npx", "args": ["@playwright/mcp@latest"]}}}',
    },
    ['github', 'pw'],
  ],
  [
    'Codex',
    'mcpServers',
    {
      '.codex/config.toml':
        '[mcp_servers.docs]\ncommand = "npx"\nargs = ["-y", "docs-mcp"]\n[mcp_servers.web]\nurl = "https://x.example.org/mcp"\n',
    },
    ['docs', 'web'],
  ],
  [
    'Goose',
    'mcpServers',
    {
      '.config/goose/config.yaml':
        'extensions:\n  memory:\n    type: stdio\n    enabled: true\n    cmd: npx\n    args: ["-y", "mem-mcp"]\n    timeout: 300\n  developer:\n    type: builtin\n    enabled: true\n',
    },
    ['memory'],
  ],
  [
    'OpenCode',
    'mcpServers',
    {
      'opencode.json':
        '{"mcp": {"desk": {"type": "local", "command": ["npx", "-y", "desk-mcp"], "enabled": true}, "far": {"type": "remote", "url": "https://x.example.org/mcp"}}}',
    },
    ['desk', 'far'],
  ],
  [
    'Zed',
    'mcpServers',
    {
      '.zed/settings.json':
        '{"context_servers": {"pg": {"source": "custom", "command": "npx", "args": ["-y", "pg-mcp"], "env": {}}, "old": {"command": {"path": "x-mcp", "args": []}}}}',
    },
    ['old', 'pg'],
  ],
  [
    'Continue, of today and of before',
    'mcpServers',
    {
      '.continue/mcpServers/pw.yaml':
        'name: Playwright\nversion: 0.0.1\nschema: v1\nmcpServers:\n  - name: Browser\n    command: npx\n    args: ["@playwright/mcp@latest"]\n',
      '.continue/config.json':
        '{"experimental": {"modelContextProtocolServers": [{"transport": {"type": "stdio", "command": "uvx", "args": ["mcp-server-sqlite", "--db-path", "x"]}}]}}',
    },
    ['Browser', 'mcp-server-sqlite'],
  ],
  [
    'OpenHands',
    'mcpServers',
    {
      'config.toml':
        '[mcp]\nsse_servers = ["https://a.example.org/sse"]\nstdio_servers = [\n  {name = "fetch", command = "uvx", args = ["mcp-server-fetch"]}\n]\n',
    },
    ['a.example.org', 'fetch'],
  ],
  [
    'mcp-agent',
    'mcpServers',
    {
      'mcp_agent.config.yaml':
        'execution_engine: asyncio\nmcp:\n  servers:\n    fetch:\n      command: "uvx"\n      args: ["mcp-server-fetch"]\n    fs:\n      command: npx\n      args: ["-y", "@modelcontextprotocol/server-filesystem"]\n',
    },
    ['fetch', 'fs'],
  ],
  [
    'settings of VS Code',
    'mcpServers',
    {
      '.vscode/settings.json':
        '{"mcp": {"servers": {"desk": {"command": "node", "args": ["x.js"]}}}, "chat.mcp.enabled": true}',
    },
    ['desk'],
  ],
  [
    'a development container',
    'mcpServers',
    {
      '.devcontainer/devcontainer.json':
        '{"customizations": {"vscode": {"mcp": {"servers": {"desk": {"command": "npx", "args": ["-y", "desk-mcp"]}}}}}}',
    },
    ['desk'],
  ],
  [
    'a project of Claude Code',
    'mcpServers',
    {
      '.claude/settings.json': '{"enabledMcpjsonServers": ["desk"], "permissions": {"allow": ["mcp__desk__ask"]}}',
      '.mcp.json': '{"mcpServers": {"desk": {"command": "npx", "args": ["-y", "desk-mcp"]}}}',
    },
    ['desk'],
  ],
  [
    'a plugin of Claude Code',
    'mcpServers',
    {
      '.claude-plugin/plugin.json':
        '{"name": "p", "mcpServers": {"desk": {"command": "${CLAUDE_PLUGIN_ROOT}/x", "args": []}}}',
    },
    ['desk'],
  ],
  [
    'LibreChat',
    'mcpServers',
    {
      'librechat.yaml':
        'mcpServers:\n  everything:\n    type: sse\n    url: http://localhost:3001/sse\n  pup:\n    type: stdio\n    command: npx\n    args: ["-y", "pup-mcp"]\n',
    },
    ['everything', 'pup'],
  ],
  [
    "an extension of Gemini's command line",
    'mcpServers',
    {
      'gemini-extension.json':
        '{"name": "desk", "version": "1", "mcpServers": {"deskServer": {"command": "node", "args": ["x.js"]}}}',
    },
    ['deskServer'],
  ],
  [
    "Docker's gateway",
    'mcpServers',
    {
      'compose.yaml':
        'services:\n  gateway:\n    image: docker/mcp-gateway\n    command: ["--transport=sse", "--servers=duckduckgo,github-official"]\n',
    },
    ['duckduckgo', 'github-official'],
  ],
])
