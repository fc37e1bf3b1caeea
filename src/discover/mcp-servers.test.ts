// What MCP servers are called, and their tools, where neither stands in the call that makes them. Each row is a small
// tree of its own.
import { tryTrees } from './testing.ts'

const SDK = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\n'
const REGISTRY = 'https://static.modelcontextprotocol.io/schemas/2025-07-09/server.schema.json'

const GRADIO =
  'import gradio as gr\ndef weigh(item: str):\n    """Says what an item weighs."""\n    return 1\ndef draw(item): pass\ndef tidy(): pass\n' +
  'with gr.Blocks() as demo:\n    gr.Interface(fn=weigh, inputs="text")\n    button = gr.Button()\n    button.click(draw, api_name="sketch")\n    demo.load(tidy, api_name=False)\n'

tryTrees([
  [
    'an app of Gradio that is a server',
    'mcpServers',
    {
      'a/pyproject.toml': '[project]\nname = "scales"\ndependencies = ["gradio[mcp]"]\n',
      'a/app.py': `${GRADIO}demo.launch(mcp_server=True)\n`,
      'b/app.py': `${GRADIO}demo.launch()\n`,
    },
    ['scales'],
  ],
  [
    'the functions behind its forms and buttons',
    'tools',
    { 'a/app.py': `${GRADIO}demo.launch(mcp_server=True)\n`, 'b/app.py': `${GRADIO}demo.launch()\n` },
    ['sketch', 'weigh'],
  ],
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
  [
    'what a list is given later, in the function that gives it back',
    'tools',
    {
      'tools.py':
        '# mcp\ndef make_find(db):\n    def find_ticket(q): ...\n    return find_ticket\ndef make_close(db):\n    def close_ticket(q): ...\n    return close_ticket\ndef all_tools(db, more):\n    tools = [make_find(db)]\n    if more:\n        tools.extend([make_close(db)])\n    return tools\n',
      'a.py':
        'from mcp.server.fastmcp import FastMCP\nfrom tools import all_tools\nmcp = FastMCP("desk")\ntools = all_tools(db, True)\nfor tool in tools:\n    mcp.add_tool(tool)\n',
    },
    ['close_ticket', 'find_ticket'],
  ],
  [
    'a function that is wrapped and registered under a name nobody says',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nmcp = FastMCP("desk")\ndef add(given):\n    wrapped = log(given)\n    mcp.tool(name=given.name)(wrapped)\n',
    },
    [],
  ],
  [
    'a plugin whose file holds nothing but servers',
    'mcpServers',
    {
      'plugins/desk/.mcp.json': '{"desk": {"type": "http", "url": "https://desk.example/mcp"}}',
      'plugins/till/.mcp.json': '{"mcpServers": {"till": {"command": "bun", "args": ["run", "start"]}}}',
      'other.json': '{"mcp": 1, "stock": {"type": "http", "url": "https://stock.example/mcp"}}',
    },
    ['desk', 'till'],
  ],
  [
    'settings of .NET, and its hosted tool',
    'mcpServers',
    {
      'appsettings.json': '{"McpServers": {"desk": "http://localhost:3000", "JWT": "secret"}}',
      'A.cs':
        'using OpenAI.Responses;\nclass A { void B() { var t = ResponseTool.CreateMcpTool(serverLabel: "till", serverUri: new Uri(given)); } }\n',
    },
    ['desk', 'till'],
  ],
  [
    'a target that is a command line or an address',
    'mcpServers',
    {
      'fast-agent.yaml':
        'mcp:\n  servers:\n    fetch:\n      target: "uvx mcp-server-fetch"\n    stock:\n      target: "https://stock.example/mcp"\n',
    },
    ['fetch', 'stock'],
  ],
  [
    'a module that is run',
    'mcpServers',
    {
      'a.py':
        'import sys\nfrom mcp import StdioServerParameters\nfrom agno.tools.mcp import MCPTools\na = StdioServerParameters(command="python", args=["-m", "mcp_server_time"])\nb = MCPTools(f"{sys.executable} -m desk")\n',
      'desk/__main__.py': 'from fastmcp import FastMCP\nmcp = FastMCP("Desk")\n',
    },
    ['Desk', 'mcp_server_time'],
  ],
  [
    'a name that is read from the manifest when it runs',
    'mcpServers',
    {
      'package.json': '{"name": "@me/desk"}',
      'src/config.ts':
        '// mcp\nconst readManifest = () => { const none = { name: "template", version: "0" }\n  return none }\nconst pkg = readManifest()\nexport const config = { serverName: env.SERVER_NAME || pkg.name }\n',
      'src/a.ts': `${SDK}import { config } from "./config.js"\nnew McpServer({ name: config.serverName, version: "1" })\n`,
    },
    ['@me/desk'],
  ],
  [
    'functions of an imported module, by the decorator that is called by hand; prompts are none',
    'tools',
    {
      'desk/tools/docs.py': '# mcp\ndef find_doc(q): ...\n',
      'desk/server.py':
        'from fastmcp import FastMCP\nfrom fastmcp.prompts import Prompt\nfrom .tools import docs\nmcp = FastMCP("desk")\nmcp.tool()(docs.find_doc)\ndef register(tool_name, fn):\n    decorated = mcp.tool(name=tool_name)(fn)\n    return decorated\ndef plan(q): ...\nhelp_me = Prompt.from_function(plan, name="help_me", description="Plans.")\n',
    },
    ['find_doc'],
  ],
  [
    'classes of the project, each called like its class',
    'tools',
    {
      'base.py':
        '# mcp\nclass Tool:\n    @classmethod\n    def get_name(cls):\n        name = cls.__name__\n        return re.sub("Tool$", "", name).lower()\nclass EditingTool(Tool):\n    pass\n',
      'tools.py':
        '# mcp\nfrom base import EditingTool, Tool\nclass FindTicketTool(Tool):\n    "Finds."\nclass CloseTicketTool(EditingTool):\n    "Closes."\n',
      'a.py': 'from fastmcp import FastMCP\nfrom tools import FindTicketTool\nmcp = FastMCP("desk")\n',
    },
    ['close_ticket', 'find_ticket'],
  ],
  [
    'nothing but commands, under whatever key',
    'mcpServers',
    {
      'config/tools.json':
        '{"tools": {"files": {"command": "{npx}", "args": ["@me/files"]}, "git": {"command": "{uvx}", "args": ["mcp-server-git"]}}}',
      'editor.json': '{"mcp": true, "lsp": {"rust": {"command": "rust-analyzer", "args": []}}}',
    },
    ['files', 'git'],
  ],
  [
    'a server that an agent is told while it runs',
    'mcpServers',
    {
      'a.ts':
        'import { AIChatAgent } from "@cloudflare/ai-chat"\nimport { Agent } from "agents"\nclass Desk extends Agent { add(name: string, url: string) { return this.addMcpServer(name, url) } }\n',
    },
    ['user-configured MCP servers'],
  ],
  [
    'Rust: a name that is handed over, in another type',
    'mcpServers',
    {
      'examples/common/info.rs':
        'use rmcp::ServerHandler;\npub fn info_of(server_name: &str) -> InitializeResult {\n  InitializeResult { server_info: Implementation { name: server_name.to_string(), version: "1".into() } }\n}\n',
      'examples/desk.rs': 'mod common;\nuse common::info::info_of;\nfn main() { let info = info_of("Desk"); } // mcp\n',
    },
    ['Desk'],
  ],
  [
    'a class that says all a model must be told, by a constant of a file that is read for it',
    'tools',
    {
      'find.ts':
        'import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js"\nimport { NAMES } from "./catalog.js"\nexport class Find {\n  readonly name = NAMES.find\n  readonly description = "Finds."\n  readonly inputSchema = z.object({})\n}\nexport class Notes {\n  readonly name = "notes"\n  readonly description = "Kept."\n}\n',
      'catalog.ts': 'export const NAMES = { find: "find_ticket" } as const\n',
    },
    ['find_ticket'],
  ],
  [
    'names with a beginning that each loop gives them',
    'tools',
    {
      'a.ts': `${SDK}const desk = { find: { description: "Finds." }, close: { description: "Closes." } }\nconst till = { pay: { description: "Pays." } }\nexport class Server extends McpServer {\n  constructor(about: string) {\n    super({ name: packageJSON.name, version: "1" })\n    Object.entries(desk).forEach(([key, one]) => {\n      const toolName = \`desk-\${key}\`\n      this.tool(toolName, one.description, {}, async () => run())\n    })\n    Object.entries(till).forEach(([key, one]) => {\n      const toolName = \`till-\${key}\`\n      this.tool(toolName, one.description, {}, async () => run())\n    })\n  }\n}\n`,
    },
    ['desk-close', 'desk-find', 'till-pay'],
  ],
  [
    'a server whose class says its name, whatever it is given',
    'mcpServers',
    {
      'package.json': '{"name": "@me/desk"}',
      'a.ts': `${SDK}class Server extends McpServer {\n  constructor(about: string) { super({ name: packageJSON.name, description: about }) }\n}\nexport const made = new Server("Finds tickets")\n`,
    },
    ['@me/desk'],
  ],
  [
    'Quarkus: a server by its name, and the one without',
    'mcpServers',
    {
      'pom.xml':
        '<project><artifactId>desk</artifactId><dependencies><dependency><groupId>io.quarkiverse.mcp</groupId><artifactId>quarkus-mcp-server-http</artifactId></dependency></dependencies></project>',
      'src/A.java':
        'import io.quarkiverse.mcp.server.McpServer;\nimport io.quarkiverse.mcp.server.Tool;\nclass A {\n  @Tool(name = "find") String find() { return ""; }\n  @McpServer("till") @Tool(name = "pay") String pay() { return ""; }\n}\n',
    },
    ['desk', 'till'],
  ],
  [
    'a bundle of a project whose server has a name',
    'mcpServers',
    {
      'pyproject.toml': '[project]\nname = "desk-package"\n',
      'desk/server.py': 'from fastmcp import FastMCP\nmcp = FastMCP("desk")\n',
      'extension/manifest.json':
        '{"manifest_version": "0.3", "name": "desk-mcp", "server": {"type": "python", "mcp_config": {"command": "uvx"}}}',
    },
    ['desk'],
  ],
  [
    'a list of tools without a word about them, and a prompt in the words of a tool',
    'tools',
    {
      'config/tools-list.ts':
        '// openai\nexport const toolsList = [{ name: "find_ticket", parameters: { id: { type: "string" } } }]\nexport const others = [{ name: "desk", parameters: { id: { type: "string" } } }]\n',
      'a.ts': `${SDK}import { toolsList } from "./config/tools-list"\nserver.prompt({ name: "help_me", description: "Helps.", schema: v.object({}) }, run)\n`,
    },
    ['find_ticket'],
  ],
  [
    'a script that tries the server out',
    'mcpServers',
    {
      'scripts/test-client.mjs':
        'import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"\nconst t = new SSEClientTransport(new URL(given))\n',
    },
    [],
  ],
])
