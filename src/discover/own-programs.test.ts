// What code starts and reaches that the project itself is, and what is no program at all. Each row is a small tree.
import { tryTrees } from './testing.ts'

const SERVER = 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\n'
const STDIO = 'import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js"\n'
const HTTP = 'import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js"\n'
const DESK = { 'src/server.ts': `${SERVER}new McpServer({ name: "Desk", version: "1" })\n` }
const starts = (words: string) => `${STDIO}new StdioClientTransport({ command: "node", args: [${words}] })\n`
const SHARP = (words: string) =>
  `using ModelContextProtocol.Client;\nvar one = new StdioClientTransport(new StdioClientTransportOptions\n{\n  Command = "dotnet",\n  Arguments = [${words}],\n});\n`
const SHARP_SERVER = {
  'Desk/Program.cs': 'using ModelContextProtocol;\nbuilder.Services.AddMcpServer().WithStdioServerTransport();\n',
  'Desk/Desk.csproj': '<Project/>',
}

tryTrees([
  [
    'a program that is built of the sources',
    'mcpServers',
    { ...DESK, 'src/client.ts': starts('"./bin/server.js"') },
    ['Desk'],
  ],
  [
    'a program that is built of others',
    'mcpServers',
    { ...DESK, 'src/client.ts': starts('"./bin/till.js"') },
    ['Desk', 'till'],
  ],
  [
    'what is read before the program',
    'mcpServers',
    {
      ...DESK,
      'examples/a.ts': starts('"--import", resolve(here, "../loader.js"), resolve(here, "../src/server.ts")'),
    },
    ['Desk'],
  ],
  [
    'a project of .NET that is run from its folder',
    'mcpServers',
    { ...SHARP_SERVER, 'Client/Program.cs': SHARP('"run", "--project", @"D:\\work\\Desk\\Desk.csproj"') },
    ['Desk'],
  ],
  [
    'a project of .NET that is not here',
    'mcpServers',
    { ...SHARP_SERVER, 'Client/Program.cs': SHARP('@"D:\\work\\Till.dll"') },
    ['Desk', 'Till'],
  ],
  [
    'an address in the settings that a function gives back',
    'mcpServers',
    {
      'src/a.ts': `${HTTP}const OTHERWISE = "https://mcp.desk.example/mcp"\nfunction settings() {\n  return { address: process.env.DESK ?? OTHERWISE }\n}\nexport function go() {\n  const said = settings()\n  return new StreamableHTTPClientTransport(new URL(said.address), { authProvider })\n}\n`,
    },
    ['mcp.desk.example'],
  ],
  [
    'an address of this machine, beside a server of the project',
    'mcpServers',
    { ...DESK, 'src/a.ts': `${HTTP}new StreamableHTTPClientTransport(new URL("http://localhost:3000/mcp"))\n` },
    ['Desk'],
  ],
  [
    'the same, where an editor starts that server by its name',
    'mcpServers',
    {
      ...DESK,
      '.vscode/mcp.json': '{"servers": {"Desk": {"command": "node", "args": ["dist/server.js"], "type": "stdio"}}}',
      'src/a.ts': `${HTTP}new StreamableHTTPClientTransport(new URL("http://localhost:3000/mcp"))\n`,
    },
    ['Desk'],
  ],
  [
    'an address of this machine alone',
    'mcpServers',
    { 'src/a.ts': `${HTTP}new StreamableHTTPClientTransport(new URL("http://localhost:3000/mcp"))\n` },
    ['localhost'],
  ],
  [
    'a server that a function starts when it is wanted',
    'mcpServers',
    {
      ...DESK,
      'agent/a.py':
        'from strands.tools.mcp import MCPClient\nfrom mcp import stdio_client, StdioServerParameters\nclient = MCPClient(lambda: stdio_client(StdioServerParameters(command="node", args=["../dist/server.js"])))\n',
    },
    ['Desk'],
  ],
  [
    'a starter of Spring whose settings say no name',
    'mcpServers',
    {
      'build.gradle.kts':
        'dependencies {\n  implementation("org.springframework.ai:spring-ai-starter-mcp-server-webmvc")\n}\n',
      'settings.gradle.kts': 'rootProject.name = "scales"\n',
      'src/main/resources/application.yaml': 'spring:\n  ai:\n    mcp:\n      server:\n        protocol: STREAMABLE\n',
    },
    ['scales'],
  ],
  [
    'a starter of Spring whose settings say one',
    'mcpServers',
    {
      'build.gradle.kts':
        'dependencies {\n  implementation("org.springframework.ai:spring-ai-starter-mcp-server-webmvc")\n}\n',
      'settings.gradle.kts': 'rootProject.name = "scales"\n',
      'src/main/resources/application.yaml': 'spring:\n  ai:\n    mcp:\n      server:\n        name: weigher\n',
    },
    ['weigher'],
  ],
])

const KIND =
  'export class PlayTool implements ITool<{\n  uris: z.ZodArray<z.ZodString>\n  then: (said: string) => void\n}> {\n'
const LISTED = (word: string) =>
  `use serde_json::{json, Value};\npub fn list() -> Value {\n  json!({ "${word}": [ { "name": "sum_up", "description": "Sums.", "inputSchema": { "type": "object", "properties": { "text": { "type": "string" } } } } ] })\n}\npub fn hello() -> Value { json!({ "protocolVersion": "1", "serverInfo": { "name": "desk", "version": "1" } }) }\n`

tryTrees([
  [
    'a class above whose type goes over several lines',
    'tools',
    {
      'src/a.ts': `import { CallToolResult } from "@modelcontextprotocol/sdk/types.js"\nimport { ITool } from "./r"\n${KIND}  name = "play"\n  description = "Plays."\n  argsSchema = { uris: 1 }\n  async execute() { return 1 }\n}\n`,
    },
    ['play'],
  ],
  [
    'a module of Deno with its registry and version',
    'tools',
    {
      'main.ts':
        'import { Server } from "npm:@modelcontextprotocol/sdk@1.8.0/server/index.js"\nimport { Tool } from "npm:@modelcontextprotocol/sdk@1.8.0/types.js"\nconst GET: Tool = { name: "get_id", description: "Makes one.", inputSchema: { type: "object", properties: {} } }\nnew Server({ name: "ids", version: "1" }, { capabilities: { tools: { get_id: GET } } })\n',
    },
    ['get_id'],
  ],
  ['tools that a protocol lists', 'tools', { 'src/a.rs': LISTED('tools') }, ['sum_up']],
  ['prompts that it lists in the same words', 'tools', { 'src/a.rs': LISTED('prompts') }, []],
])

const LEGAL =
  'from agents import Agent\n\ndef make_legal():\n    agent = Agent(name="Legal Agent", instructions="You help.")\n    return agent\n'
const OWN =
  'from openai import OpenAI\nclass Agent:\n    def run(self, text):\n        return OpenAI().chat.completions.create(model="gpt-4o", messages=[])\n'

tryTrees([
  [
    'a library beside a folder with its name that says nothing of its own',
    'agents',
    { 'app/agents/legal.py': LEGAL, 'app/agents/__init__.py': '' },
    ['Legal Agent'],
  ],
  [
    'a library beside a folder with its name that the project calls by more words',
    'agents',
    {
      'app/agents/legal.py': LEGAL,
      'app/agents/__init__.py': OWN,
      'app/guards.py': 'from agents import Agent\nguard = Agent(name="Guard", instructions="You look.")\n',
      'app/run.py': 'from openai import OpenAI\nfrom app.agents.legal import make_legal\nmake_legal()\n',
    },
    ['Agent', 'Guard', 'Legal Agent'],
  ],
  [
    'a folder with the name of a library that hands on what its files define',
    'agents',
    {
      'agents/base.py': OWN.replace('class Agent', 'class Asker'),
      'agents/__init__.py': 'from .base import *\n',
      'main.py': 'from agents import Asker\nfrom openai import OpenAI\none = Asker(name="One", instructions="x")\n',
    },
    [],
  ],
  [
    'a service of LangChain4j that Kotlin makes',
    'agents',
    {
      'a.kt':
        'import dev.langchain4j.service.AiServices\nclass Settings {\n  @Bean\n  fun assistant(tools: McpToolProvider): Desk = AiServices.builder(Desk::class.java)\n    .chatModel(model)\n    .toolProvider(tools)\n    .build()\n}\n',
    },
    ['Desk'],
  ],
])

const MASTRA = 'import { MCPConfiguration } from "@mastra/mcp"\n'
const ASKS =
  'from openai import OpenAI\ndef ask(said):\n    return OpenAI().chat.completions.create(model="gpt-4o", messages=said)\n'
const DRAWERS = 'def open_drawer():\n    """Opens one."""\n    return 1\ndef shut_drawer(which):\n    return 2\n'
const REGISTRY =
  'from openai import OpenAI\nfrom drawers import open_drawer, shut_drawer\ntool_registry = {\n    "open_drawer": open_drawer,\n    "shut_drawer": shut_drawer,\n}\n'

tryTrees([
  [
    'a runner that is looked for first',
    'mcpServers',
    {
      'a.py':
        'import shutil\nfrom mcp import StdioServerParameters\none = StdioServerParameters(command=shutil.which("npx"), args=["-y", "@acme/server-desk"])\n',
    },
    ['@acme/server-desk'],
  ],
  [
    'a server that is a tool, of the Agent Framework',
    'mcpServers',
    {
      'a.py':
        'from agent_framework import MCPStreamableHTTPTool\none = MCPStreamableHTTPTool(\n    name="Desk MCP",\n    url="https://desk.example/mcp",\n)\n',
    },
    ['Desk MCP'],
  ],
  [
    'servers in a map of code, each once',
    'mcpServers',
    {
      'src/agents/a.ts': `${MASTRA}new MCPConfiguration({ servers: {\n  price: { command: "pnpx", args: ["tsx", "../mcp/price.ts"], env: { A: "b" } },\n  files: { command: "pnpx", args: ["@modelcontextprotocol/server-filesystem", here] },\n} })\n`,
    },
    ['files', 'price'],
  ],
  [
    'an address that the settings of .NET keep',
    'mcpServers',
    {
      'a.cs':
        'using ModelContextProtocol.Client;\nvar one = new HttpClientTransport(new HttpClientTransportOptions\n{\n  Endpoint = new Uri(_config["Desk:Address"]!),\n});\n',
      'appsettings.json': '{"Desk": {"Address": "https://mcp.desk.example/mcp"}}',
    },
    ['mcp.desk.example'],
  ],
  [
    'a method that is handed to what makes an agent of a client',
    'tools',
    {
      'a.py':
        'from agent_framework.azure import AzureAIClient\nfrom scales import Scales\ndef main():\n    scales = Scales()\n    agent = AzureAIClient(**said).as_agent(instructions="Help.", name="Desk", tools=[scales.weigh])\n',
      'scales.py':
        'class Scales:\n    def weigh(self, what: str) -> str:\n        """Weighs."""\n        return what\n',
    },
    ['weigh'],
  ],
  [
    'functions under the names by which a model asks for them',
    'tools',
    { 'demo.py': REGISTRY, 'drawers.py': DRAWERS, 'agent.py': ASKS },
    ['open_drawer', 'shut_drawer'],
  ],
  [
    'what is no function, under such a name',
    'tools',
    { 'demo.py': REGISTRY.replace('drawer": open_drawer', 'drawer": 7'), 'drawers.py': DRAWERS, 'agent.py': ASKS },
    [],
  ],
])
