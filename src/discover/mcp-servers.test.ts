// What MCP servers are called, and their tools, where neither stands in the call that makes them. Each row is a small
// tree of its own.
import { tryTrees } from './testing.ts'

const SDK = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\n'
const REGISTRY = 'https://static.modelcontextprotocol.io/schemas/2025-07-09/server.schema.json'

tryTrees([
  [
    'a name in a map of the function around',
    'mcpServers',
    {
      'package.json': '{"name": "@me/desk-package"}',
      'src/a.ts': `${SDK}export async function main() {\n  const info = { name: "desk", version: "1" }\n  const make = () => { return new McpServer({ name: info.name, version: info.version }) }\n  return make()\n}\n`,
    },
    ['desk'],
  ],
  [
    'a name that those who call the function around hand over',
    'mcpServers',
    {
      'src/make.ts': `${SDK}export function makeServer(info: Info) {\n  return new McpServer(info, {})\n}\n`,
      'src/desk.ts': 'import { makeServer } from "./make.js" // mcp\nmakeServer({ name: "desk", version: "1" })\n',
      'src/till.ts': 'import { makeServer } from "./make.js" // mcp\nmakeServer({ name: "till", version: "1" })\n',
    },
    ['desk', 'till'],
  ],
  [
    'a server without a name in a project that has one with a name',
    'mcpServers',
    {
      'package.json': '{"name": "desk-package"}',
      'src/a.ts': `${SDK}export const server = new McpServer({ name: "desk", version: "1" })\n`,
      'src/b.ts': `${SDK}export const other = (given) => new McpServer(read(given))\n`,
      'server.json': `{"$schema": "${REGISTRY}", "name": "io.github.me/desk"}`,
    },
    ['desk'],
  ],
  [
    'a project of Composer, of Poetry, of Gradle',
    'mcpServers',
    {
      'a/composer.json': '{"name": "me/desk"}',
      'a/server.ts': `${SDK}new McpServer(read())\n`,
      'b/pyproject.toml': '[tool.poetry]\nname = "till"\n[tool.poetry.dependencies]\nmcp = "1"\n',
      'b/server.py': 'from mcp.server import Server\nserver = Server(read())\n',
      'c/settings.gradle.kts': 'rootProject.name = "stock"\n',
      'c/src/A.java':
        'import io.modelcontextprotocol.server.McpServer;\nclass A { Object a(Reader r) { return new McpServer(r.read()); } }\n',
    },
    ['me/desk', 'stock', 'till'],
  ],
  [
    'what only the manifests of a registry and of a bundle name',
    'mcpServers',
    {
      'server.json': `{"$schema": "${REGISTRY}", "name": "io.github.me/desk"}`,
      'bundle/manifest.json':
        '{"manifest_version": "0.3", "name": "till", "server": {"type": "node", "mcp_config": {"command": "node"}}}',
      'web/manifest.json': '{"manifest_version": 3, "name": "a page", "server": "x", "mcp": 1}',
    },
    ['io.github.me/desk', 'till'],
  ],
  [
    'an implementation that is built',
    'mcpServers',
    {
      'a.rs':
        'use rmcp::ServerHandler;\n#[allow(clippy::manual_async_fn)]\nimpl ServerHandler for Desk {\n  fn get_info(&self) -> ServerInfo {\n    let info = Implementation::new("desk", env!("CARGO_PKG_VERSION"));\n    ServerInfo::new(caps()).with_server_info(info)\n  }\n}\n',
      'Till.java':
        'import io.modelcontextprotocol.server.McpServer;\nclass Till {\n  private static final String NAME = "till";\n  void a() { McpServer.sync(t).serverInfo(McpSchema.Implementation.builder(NAME, "1").build()).build(); }\n}\n',
    },
    ['desk', 'till'],
  ],
  [
    'Rust: a trait that only makes a server',
    'mcpServers',
    {
      'Cargo.toml': '[package]\nname = "desk"\n[dependencies]\nrmcp = "1"\n',
      'src/a.rs': 'use rmcp::ServerHandler;\nimpl ServerHandler for Desk { fn ping(&self) {} }\n',
    },
    ['desk'],
  ],
  [
    'a script without an ending',
    'mcpServers',
    {
      'exe/desk': '#!/usr/bin/env ruby\nrequire "fast_mcp"\nserver = FastMcp::Server.new(name: "desk", version: "1")\n',
      'bin/till': '#!/usr/bin/env -S uv run\nfrom fastmcp import FastMCP\nmcp = FastMCP("till")\n',
      'bin/none': '#!/bin/sh\n# FastMCP("none")\n',
    },
    ['desk', 'till'],
  ],
  [
    'Ruby: tools of a class between, by the word that they call',
    'tools',
    {
      'lib/base.rb': 'require "fast_mcp"\nmodule Desk\n  class BaseTool < FastMcp::Tool\n  end\nend\n',
      'lib/find.rb':
        '# mcp\nmodule Desk\n  class Find < BaseTool\n    tool_name "find_ticket"\n    description "Finds."\n  end\nend\n',
      'lib/close.rb': '# mcp\nmodule Desk\n  class CloseTicket < BaseTool\n    description "Closes."\n  end\nend\n',
    },
    ['CloseTicket', 'find_ticket'],
  ],
  [
    'Go: a list of another package, right below the module',
    'tools',
    {
      'go.mod': 'module example.org/me/desk/v2\nrequire github.com/metoro-io/mcp-golang v0.11.0\n',
      'main.go':
        'package main\nimport (\n\tmcp "github.com/metoro-io/mcp-golang"\n\t"example.org/me/desk/v2/tools"\n)\nfunc main() {\n\ts := mcp.NewServer(t)\n\tfor _, tool := range tools.All {\n\t\ts.RegisterTool(tool.Name, tool.About, tool.Handler)\n\t}\n}\n',
      'tools/all.go':
        'package tools\n// mcp\nvar All = []Tool{\n\t{Name: "find_ticket", About: "Finds.", Handler: Find},\n\t{Name: "close_ticket", About: "Closes.", Handler: Close},\n}\n',
    },
    ['close_ticket', 'find_ticket'],
  ],
  [
    'a decorator of the project that makes tools',
    'tools',
    {
      'registry.py':
        'from fastmcp import FastMCP\nmcp = FastMCP("desk")\ndef desk_tool(name=None, group=None):\n    def wrap(fn):\n        return mcp.tool(name=name or read(fn))(fn)\n    return wrap\ndef log_tool(fn):\n    return fn\n',
      'a.py':
        '# mcp\nfrom registry import desk_tool, log_tool\n@desk_tool(group="core")\ndef find_ticket(q): ...\n@desk_tool(name="close_ticket")\ndef close(q): ...\n@log_tool\ndef helper(q): ...\n',
    },
    ['close_ticket', 'find_ticket'],
  ],
  [
    'C#: an attribute that a project makes of it',
    'tools',
    {
      'A.cs':
        'using ModelContextProtocol.Server;\n[McpForDeskTool("find_ticket")]\npublic static class FindTicket { }\n',
    },
    ['find_ticket'],
  ],
])
