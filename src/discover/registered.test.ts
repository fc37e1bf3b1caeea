// Things that a program hands over one step away from where they are written: in tables, from other packages, by classes
// of its own, in files beside the code. Each row is a small tree of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import { namesOf } from './testing.ts'

type Row = [title: string, kind: DiscoveredKind, tree: Record<string, string>, expected: string[]]

const MCP = 'from mcp.server.fastmcp import FastMCP\n'
const LLAMA = 'from llama_index.core.tools import FunctionTool\n'

const rows: Row[] = [
  [
    'Go: a name that another package of the project keeps',
    'tools',
    {
      'go.mod': 'module example.org/me/desk\nrequire github.com/mark3labs/mcp-go v0.50.0\n',
      'pkg/types/types.go': 'package types\n// mcp\nconst CloseTicket = "close_ticket"\n',
      'pkg/mcp/tools.go':
        'package mcp\nimport (\n\t"example.org/me/desk/pkg/types"\n\t"github.com/mark3labs/mcp-go/mcp"\n)\nfunc T() mcp.Tool { return mcp.NewTool(types.CloseTicket, mcp.WithDescription("Closes.")) }\n',
    },
    ['close_ticket'],
  ],
  [
    'a function that is added to a server',
    'tools',
    {
      'a.py': `${MCP}mcp = FastMCP("db")\nasync def run_query(sql: str):\n    """Runs."""\n    return sql\nmcp.add_tool(run_query, description="Run any query")\n`,
    },
    ['run_query'],
  ],
  [
    'functions that a loop adds under the names of a table',
    'tools',
    {
      'a.py': `${MCP}from enum import Enum\nclass Names(str, Enum):\n    ASK = "db_ask"\ndef register(server):\n    async def ask(q): ...\n    async def plan(q): ...\n    for name, fn, text in [(Names.ASK, ask, "Ask the base"), ("db_plan", plan, "Plan a query")]:\n        server.add_tool(fn, name=name.value, description=text)\n`,
    },
    ['db_ask', 'db_plan'],
  ],
  [
    'functions by the keys of a map',
    'tools',
    {
      'a.py': `${MCP}mcp = FastMCP("db")\ndef ask(q): ...\ndef plan(q): ...\nTOOLS = {"db_ask": ask, "db_plan": plan}\nfor name, fn in TOOLS.items():\n    mcp.add_tool(fn, name=name)\n`,
    },
    ['db_ask', 'db_plan'],
  ],
  [
    'functions that a class of the project wraps',
    'tools',
    {
      'wrap.py': `${LLAMA}class ToolWithContext(FunctionTool):\n    @classmethod\n    def from_defaults(cls, fn=None, async_fn=None):\n        return cls(fn)\n`,
      'a.py':
        'from llama_index.core.tools import BaseTool\nfrom wrap import ToolWithContext\ndef tools() -> list[BaseTool]:\n    def price(s): ...\n    async def log_in(p): ...\n    return [ToolWithContext.from_defaults(fn=price), ToolWithContext.from_defaults(async_fn=log_in)]\n',
    },
    ['log_in', 'price'],
  ],
  [
    'a list of tools in a file that imports nothing',
    'tools',
    {
      'config/tools-list.ts':
        '// openai\nexport const toolsList = [{ name: "tell_joke", description: "Tells.", parameters: {} }, { name: "look_up", description: "Looks.", parameters: { q: { type: "string" } } }]\n',
      'config/forms.ts':
        '// openai\nexport const forms = [{ name: "signup", description: "Signs up.", parameters: {} }]\n',
    },
    ['look_up', 'tell_joke'],
  ],
  [
    'tools that a file passes on',
    'tools',
    {
      'src/tools/ask.ts': 'export const askTool = { name: "ask_desk", description: "Asks.", schema: s } as const\n',
      'src/tools/stop.ts': 'export const stopTool = { name: "stop_desk", description: "Stops.", schema: s } as const\n',
      'src/tools/index.ts': 'export { askTool } from "./ask.js"\nexport * from "./stop.js"\n',
      'src/server.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { askTool, stopTool } from "./tools/index.js"\nexport function f(server: McpServer) {\n  server.registerTool(askTool.name, { description: askTool.description }, async () => ({}))\n  server.registerTool(stopTool.name, { description: stopTool.description }, async () => ({}))\n}\n',
    },
    ['ask_desk', 'stop_desk'],
  ],
  [
    'a server whose settings are kept under a name',
    'mcpServers',
    {
      'src/server.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nconst info = { name: "Desk Server", version: process.env.V ?? "1" }\nexport const server = new McpServer(info)\n',
    },
    ['Desk Server'],
  ],
  [
    'an application around a server that has a name',
    'mcpServers',
    {
      'src/mcp/index.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nexport const server = new McpServer({ name: "Desk Server", version: "1" })\n',
      'src/server.ts':
        'import { createMcpExpressApp } from "@modelcontextprotocol/sdk/server/express.js"\nexport const app = createMcpExpressApp()\n',
    },
    ['Desk Server'],
  ],
  [
    'Rust: what tests beside the code name',
    'models',
    {
      'a.rs':
        'use async_openai::types::CreateChatCompletionRequestArgs;\nfn f() { CreateChatCompletionRequestArgs::default().model("gpt-4o").build(); }\n#[cfg(test)]\nmod tests {\n    fn g() { CreateChatCompletionRequestArgs::default().model("gpt-4.1").build(); }\n}\n',
    },
    ['gpt-4o'],
  ],
  [
    'an adapter that takes anything is no tool',
    'tools',
    {
      'a.py': `${LLAMA}def of(document):\n    async def extract(*args, **kwargs): ...\n    return FunctionTool.from_defaults(async_fn=extract, description=document.text)\n`,
    },
    [],
  ],
  [
    'what is built from something that is no function',
    'tools',
    {
      'a.py': `${LLAMA}from llama_index.core.memory import ChatMemoryBuffer\nllm = make()\nm = ChatMemoryBuffer.from_defaults(llm)\n`,
    },
    [],
  ],
  [
    'what hands over to another agent',
    'tools',
    {
      'a.py':
        'from langgraph_swarm import create_handoff_tool\nto_hotels = create_handoff_tool(agent_name="hotel_desk", description="To hotels.")\nto_cars = create_handoff_tool(agent_name="car_desk", name="ask_cars")\n',
    },
    ['ask_cars', 'transfer_to_hotel_desk'],
  ],
  [
    'a description of functions in a file that imports nothing',
    'tools',
    {
      'tools.py':
        '# openai\ndef tools():\n    return [{"type": "function", "function": {"name": "open_page", "description": "Opens.", "parameters": {"type": "object", "properties": {}}}}]\n',
      'forms.py':
        '# openai\nFORMS = [{"name": "signup", "description": "Signs up.", "parameters": {"type": "object"}}]\n',
    },
    ['open_page'],
  ],
  [
    'Rust: a server by what it says, and by its crate',
    'mcpServers',
    {
      'one/src/lib.rs':
        'use rmcp::{ServerHandler, tool_handler};\n#[tool_handler]\nimpl ServerHandler for Desk { fn get_info(&self) -> ServerInfo { ServerInfo { server_info: Implementation { name: "desk-server".into(), version: "1".into() } } } }\n',
      'two/Cargo.toml': '[package]\nname = "stock-server"\n[dependencies]\nrmcp = "0.8"\n',
      'two/src/tools/mod.rs':
        'use rmcp::{ServerHandler, tool_handler};\n#[tool_handler]\nimpl ServerHandler for Stock { fn get_info(&self) -> ServerInfo { ServerInfo { server_info: Implementation::from_build_env() } } }\n',
    },
    ['desk-server', 'stock-server'],
  ],
  [
    'NuGet: central versions are no references',
    'frameworks',
    {
      'Directory.Packages.props':
        '<Project><ItemGroup>\n<PackageVersion Include="Microsoft.ML" Version="3.0.1" />\n<PackageVersion Include="Microsoft.SemanticKernel" Version="1.17.2" />\n</ItemGroup></Project>\n',
      'a.csproj':
        '<Project><ItemGroup>\n<PackageReference Include="Microsoft.SemanticKernel" />\n</ItemGroup></Project>\n',
    },
    ['semantic-kernel'],
  ],
  [
    'agents that a class of settings describes',
    'agents',
    {
      'a.py':
        'from llama_index.llms.openai import OpenAI\nconfigs = [\n    AgentConfig(name="Stock Desk", system_prompt="You look up.", tools=t()),\n    AgentConfig(name="no agent"),\n]\n',
    },
    ['Stock Desk'],
  ],
  [
    'a workflow that asks a model with tools',
    'agents',
    {
      'a.py':
        'from llama_index.core.workflow import Workflow, step\nclass DeskAgent(Workflow):\n    @step\n    async def speak(self, ev):\n        return await self.llm.achat_with_tools(tools, chat_history=h)\n',
    },
    ['DeskAgent'],
  ],
  [
    'a class above which a class of the project asks a model',
    'agents',
    {
      'base.py':
        'from openai import OpenAI\nclass LLMAgent:\n    def predict(self, q):\n        return self._llm.complete(self.prompt(), q)\n',
      'buyer.py': '# claude\nfrom base import LLMAgent\nclass BuyerAgent(LLMAgent):\n    pass\n',
      'snmp.py': '# claude\nfrom net import TrapAgent\nclass PollAgent(TrapAgent):\n    pass\n',
    },
    ['BuyerAgent'],
  ],
  [
    'the settings of a prompt in a file of its own',
    'models',
    {
      'chat.prompty':
        '---\nname: Chat\nmodel:\n  api: chat\n  configuration:\n    type: azure_openai\n    azure_deployment: gpt-4\n---\nsystem:\nYou are not {{gpt-3.5-turbo}}: model: gpt-4o\n',
    },
    ['gpt-4'],
  ],
  [
    'a prompt in a file of its own',
    'prompts',
    { 'chat.prompty': '---\nmodel:\n  configuration:\n    azure_deployment: gpt-4\n---\nsystem:\nHi\n' },
    ['chat.prompty'],
  ],
  [
    'a model by the resource that Google keeps it under',
    'models',
    {
      'a.py':
        'from google import genai\nNAME = "text-embedding-004"\ngenai.Client().models.embed_content(model=f"models/{NAME}", contents=x)\n',
    },
    ['text-embedding-004'],
  ],
  [
    'vectors in MariaDB',
    'vectorStores',
    {
      'a.py':
        'from openai import OpenAI\nq = f"""CREATE TABLE {t} (id INT, embedding VECTOR({n}) NOT NULL, VECTOR INDEX (embedding))"""\ns = "SELECT id FROM t ORDER BY VEC_DISTANCE_COSINE(embedding, VEC_FromText(?))"\n',
    },
    ['mariadb'],
  ],
  [
    'services of .NET whose files name no package',
    'mcpServers',
    {
      'Desk/Desk.csproj': '<Project><PropertyGroup><PackageId>Desk</PackageId></PropertyGroup></Project>',
      'Desk/Program.cs':
        'using ModelContextProtocol.Server;\nbuilder.Services.AddMcpServer().WithStdioServerTransport();\n',
      'Wire/Program.cs': 'using Shared;\nbuilder.Services.AddMcpServer().WithHttpTransport();\n',
    },
    ['Desk', 'Wire'],
  ],
  [
    'tools that programs of Go keep in a file called tests',
    'tools',
    {
      'desk/tests.go':
        'package desk\nimport "github.com/mark3labs/mcp-go/mcp"\nfunc list() mcp.Tool { return mcp.NewTool("list_tests") }\n',
      'desk/runs_test.go':
        'package desk\nimport "github.com/mark3labs/mcp-go/mcp"\nfunc made() mcp.Tool { return mcp.NewTool("made_up") }\n',
    },
    ['list_tests'],
  ],
  [
    'what a variable called tool gives back, and what a tool is told',
    'tools',
    {
      'a.py':
        'from agents import Agent, WebSearchTool\nfrom openai.types.responses.web_search_tool import Filters\nfor tool in tools:\n    result = tool(**given)\na = Agent(name="a", tools=[WebSearchTool(filters=Filters(allowed_domains=["a.test"]))])\n',
    },
    ['WebSearchTool'],
  ],
  [
    'a server by what is given to the class that makes it',
    'mcpServers',
    {
      'a.py':
        'from fastmcp import FastMCP\nclass Desk:\n    def __init__(self, title):\n        self.mcp = FastMCP(title)\n',
      'b.py': '# mcp\nfrom a import Desk\nDesk(title="front-desk")\nDesk("back-desk")\n',
    },
    ['back-desk', 'front-desk'],
  ],
  [
    'a library for MCP that nobody here knows',
    'tools',
    {
      'a.ts':
        'import { tool, z } from "@acme/mcp-core"\nexport const findNote = tool("find_note", { description: "Finds.", input: z.object({}) })\n',
      'b.go':
        'package main\nimport "github.com/acme/mcp"\nfunc all() []mcp.ToolDefinition { return []mcp.ToolDefinition{{Metadata: mcp.Tool{Name: "list_notes", InputSchema: s}}} }\n',
      'c.ts':
        'import { createToolNoArgs } from "./factory"\n// mcp\nexport const t = createToolNoArgs({ name: "list_vaults", description: "Lists.", handler })\n',
    },
    ['find_note', 'list_notes', 'list_vaults'],
  ],
  [
    'a class of the project that speaks the protocol, and one that reaches a server',
    'mcpServers',
    {
      'a.py':
        'from .wire import McpServer\nmcp = McpServer("desk")\nother = McpServer("wire", url="https://desk.test/mcp")\n',
      'wire.py': 'class McpServer:\n    pass\n',
    },
    ['desk'],
  ],
  [
    'a script of the project beside the one that starts it',
    'mcpServers',
    {
      'client.py':
        'from pathlib import Path\nfrom pydantic_ai.mcp import MCPServerStdio\ns = MCPServerStdio(command="python", args=[str(Path(__file__).parent / "serve.py")])\n',
      'serve.py': 'from fastmcp import FastMCP\nmcp = FastMCP("desk")\n',
    },
    ['desk'],
  ],
  [
    'servers that somebody wrote by hand, by the answer that only a server gives',
    'mcpServers',
    {
      'src/main.rs':
        'use crate::mcp::types::*;\nconst NAME: &str = "desk";\nfn initialize() -> R { R { protocol_version: V.to_string(), server_info: Implementation { name: NAME.to_string(), version: V.to_string() } } }\n',
      'serve.go':
        'package main\n// mcp\nvar answer = map[string]interface{}{"protocolVersion": "2024-11-05", "serverInfo": map[string]interface{}{"name": "wire"}}\nvar asked = map[string]interface{}{"protocolVersion": "2024-11-05", "clientInfo": map[string]interface{}{"name": "caller"}}\n',
    },
    ['desk', 'wire'],
  ],
  [
    'tools in the form of OpenAI, in a file that says nothing else of AI',
    'tools',
    {
      'templates.ts':
        'export const templates = [{ name: "find_ticket", type: "function", description: "Finds.", parameters: { type: "object", properties: {} } }]\nexport const other = [{ name: "step", type: "function", description: "d", parameters: [1] }]\n',
    },
    ['find_ticket'],
  ],
  [
    'tools that are the operations of an interface, in the document that is named',
    'tools',
    {
      'app/serve.py':
        'import json\nfrom fastmcp import FastMCP\nwith open("specs/openapi.json") as f:\n    spec = json.load(f)\nmcp = FastMCP.from_openapi(openapi_spec=spec, client=c, name="desk")\n',
      'app/specs/openapi.json':
        '{"openapi": "3.1.0", "paths": {"/notes": {"get": {"operationId": "list_notes", "summary": "Lists."}, "parameters": []}, "/notes/{id}": {"delete": {}}}}',
      'other.json': '{"openapi": "3.1.0", "paths": {"/x": {"get": {"operationId": "unrelated"}}}}',
    },
    ['delete_notes_id', 'list_notes'],
  ],
  [
    'a toolset of ADK, made of a text that is read from a file',
    'tools',
    {
      'a.py':
        'from pathlib import Path\nfrom google.adk.tools.openapi_tool import OpenAPIToolset\ntext = (Path(__file__).parent / "desk.yaml").read_text()\nt = OpenAPIToolset(spec_str=text, spec_str_type="yaml")\n',
      'desk.yaml': 'openapi: 3.0.0\npaths:\n  /find:\n    post:\n      operationId: findTicket\n',
    },
    ['findTicket'],
  ],
  [
    'functions that an agent is told, all of which came with a star',
    'tools',
    {
      'agents.py':
        'from tools import *\nfrom swarm import Agent\ndesk = Agent(name="Desk", instructions="Help.", functions=[refund])\n',
      'tools.py': 'def refund(id):\n    pass\ndef unused():\n    pass\n',
    },
    ['refund'],
  ],
]

for (const [title, kind, tree, expected] of rows) {
  test(title, async () => assert.deepEqual(await namesOf(tree, kind), expected))
}
