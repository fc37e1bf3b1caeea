// How libraries let a program say a tool, a server or an agent: TypeScript. One small tree for each shape.
import { tryTrees } from '../testing.ts'

tryTrees([
  [
    'a class of the project, two steps above which stands its base',
    'tools',
    {
      'src/base.ts':
        'import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js"\nexport abstract class ToolBase { abstract description: string; abstract argsShape: object }\n',
      'src/mid.ts':
        '// mcp\nimport { ToolBase } from "./base.js"\nexport abstract class DbToolBase extends ToolBase<X> { }\n',
      'src/find.ts':
        '// mcp\nimport { DbToolBase } from "./mid.js"\nexport class FindTool extends DbToolBase {\n  static toolName = "find"\n  public description = "Finds."\n  public argsShape = {}\n}\n',
    },
    ['find'],
  ],
  [
    'a class that implements an interface of the project',
    'tools',
    {
      'src/find.ts':
        'import { CallToolResult } from "@modelcontextprotocol/sdk/types.js"\nimport { ITool } from "./tool"\nexport class FindTool implements ITool {\n  readonly name = "find_it"\n  readonly description = "Finds."\n  readonly inputSchema = {}\n async execute() {} }\n',
    },
    ['find_it'],
  ],
  [
    'mcp-framework: a class',
    'tools',
    {
      'src/find.ts':
        'import { MCPTool } from "mcp-framework"\nclass A extends MCPTool<X> { name = "desk"; description = "d"; schema = {} }\n',
    },
    ['desk'],
  ],
  [
    'xmcp: metadata that says its type',
    'tools',
    {
      'src/tools/greet.ts':
        'import { type ToolMetadata, type InferSchema } from "xmcp"\nexport const schema = { name: z.string() }\nexport const metadata: ToolMetadata = { name: "greet", description: "Greets" }\nexport default function greet() {}\n',
    },
    ['greet'],
  ],
  [
    'NestJS: a decorator with settings',
    'tools',
    {
      'src/a.ts':
        'import { Tool } from "@rekog/mcp-nest"\nexport class A {\n  @Tool({ name: "hello-world", description: "d", parameters: z.object({}) })\n  async hi() {}\n}\n',
    },
    ['hello-world'],
  ],
  [
    'NestJS: a module',
    'mcpServers',
    {
      'src/a.ts':
        'import { McpModule } from "@rekog/mcp-nest"\n@Module({ imports: [McpModule.forRoot({ name: "desk-server", version: "1" })] })\nexport class A {}\n',
    },
    ['desk-server'],
  ],
  [
    'a list of tools over two files',
    'tools',
    {
      'src/index.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { tools } from "./tools/index.js"\nconst s = new McpServer({name: "x", version: "1"})\nfor (const t of tools) s.registerTool(t.name, { description: t.description, inputSchema: t.inputSchema }, t.handler)\n',
      'src/tools/index.ts':
        'import { find } from "./find.js"\nimport { save } from "./save.js"\nexport const tools = [find, save]\n',
      'src/tools/find.ts':
        'export const find = { name: "find_it", description: "Finds.", inputSchema: { q: z.string() }, handler: async () => {} }\n',
      'src/tools/save.ts':
        'export const save: ToolDefinition = { name: "save_it", description: "Saves.", parameters: z.object({}), execute: async () => {} }\n',
    },
    ['find_it', 'save_it'],
  ],
  [
    'a table of tools by name',
    'tools',
    {
      'src/index.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nconst tools = { find_it: { description: "d", inputSchema: {}, handler: f }, save_it: { description: "d", inputSchema: {}, handler: f } }\nfor (const [name, t] of Object.entries(tools)) server.registerTool(name, t, t.handler)\n',
    },
    ['find_it', 'save_it'],
  ],
  [
    'names from a table and from an enumeration',
    'tools',
    {
      'src/names.ts':
        '// mcp\nexport const TOOL_NAMES = { FIND: "find_it", SAVE: "save_it" } as const\nexport enum N { GO = "go_it" }\n',
      'src/index.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { TOOL_NAMES, N } from "./names.js"\nserver.registerTool(TOOL_NAMES.FIND, {}, f)\nserver.tool(TOOL_NAMES.SAVE, "d", {}, f)\nserver.tool(N.GO, "d", {}, f)\n',
    },
    ['find_it', 'go_it', 'save_it'],
  ],
  [
    'a function of the project that registers',
    'tools',
    {
      'src/index.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nexport function register(server: McpServer) {\n  addTool(server, "find_it", "Finds", {}, async () => {})\n}\nfunction addTool(server, name, description, schema, handler) { server.tool(name, description, schema, handler) }\n',
    },
    ['find_it'],
  ],
  [
    'Vercel: tools that are spread out',
    'tools',
    {
      'a.ts':
        'import { generateText, tool } from "ai"\nconst base = { a: tool({}) }\nconst r = await generateText({ model, tools: { ...base, weather: tool({ description: "d" }), getTime } })\nexport const getTime = tool({ description: "x" })\n',
    },
    ['a', 'getTime', 'weather'],
  ],
  [
    'Vercel: clients by what carries them',
    'mcpServers',
    {
      'a.ts':
        'import { experimental_createMCPClient as createMCPClient } from "ai"\nimport { StdioMCPTransport } from "ai/mcp-stdio"\nconst c = await createMCPClient({ transport: { type: "sse", url: "https://a.example.org/sse" } })\nconst d = await createMCPClient({ name: "dee", transport: new StdioMCPTransport({ command: "npx", args: ["-y", "dee-mcp"] }) })\n',
    },
    ['a.example.org', 'dee-mcp'],
  ],
  [
    'Mastra: servers that are reached, and one that is made',
    'mcpServers',
    {
      'a.ts':
        'import { MCPClient, MCPServer } from "@mastra/mcp"\nexport const mcp = new MCPClient({ servers: { zapier: { url: new URL(process.env.Z || "https://z.example.org") }, fs: { command: "npx", args: ["-y", "fs-mcp"] } } })\nexport const s = new MCPServer({ name: "Desk", version: "1", tools: { a } })\n',
    },
    ['Desk', 'fs', 'zapier'],
  ],
  [
    'OpenAI Agents: a tool, and an agent as one',
    'tools',
    {
      'a.ts':
        'import { Agent, tool } from "@openai/agents"\nconst t = tool({ name: "get_weather", description: "d", parameters: z.object({}), execute })\nconst a = new Agent({ name: "A", tools: [t, b.asTool({ toolName: "ask_b", toolDescription: "d" })] })\n',
    },
    ['ask_b', 'get_weather'],
  ],
  [
    'OpenAI Agents: servers with a name, by command, and hosted',
    'mcpServers',
    {
      'a.ts':
        'import { MCPServerStdio, hostedMcpTool, MCPServerStreamableHttp } from "@openai/agents"\nconst s = new MCPServerStdio({ name: "FS", fullCommand: "npx -y @modelcontextprotocol/server-filesystem /x" })\nconst t = new MCPServerStdio({ fullCommand: "npx -y git-mcp" })\nconst h = hostedMcpTool({ serverLabel: "gitmcp", serverUrl: "https://gitmcp.io/x" })\n',
    },
    ['FS', 'git-mcp', 'gitmcp'],
  ],
  [
    'Genkit: a tool',
    'tools',
    {
      'a.ts':
        'import { genkit } from "genkit"\nconst ai = genkit({})\nexport const t = ai.defineTool({ name: "getWeather", description: "d", inputSchema: z.object({}) }, async () => {})\n',
    },
    ['getWeather'],
  ],
  [
    'Genkit: a server, and servers of a host',
    'mcpServers',
    {
      'a.ts':
        'import { createMcpServer, createMcpHost } from "@genkit-ai/mcp"\nconst s = createMcpServer(ai, { name: "desk", version: "1" })\nconst h = createMcpHost({ name: "h", mcpServers: { fs: { command: "npx", args: ["-y", "fs-mcp"] } } })\n',
    },
    ['desk', 'fs'],
  ],
  [
    'LlamaIndex: tools',
    'tools',
    {
      'a.ts':
        'import { tool, FunctionTool } from "llamaindex"\nconst a = tool({ name: "sumNumbers", description: "d", parameters: z.object({}), execute })\nconst b = FunctionTool.from(f, { name: "mul", description: "d" })\n',
    },
    ['mul', 'sumNumbers'],
  ],
  [
    'LangChain: a class',
    'tools',
    {
      'a.ts':
        'import { StructuredTool } from "@langchain/core/tools"\nclass A extends StructuredTool { name = "ask_it"; description = "d"; schema = z.object({}); async _call() {} }\n',
    },
    ['ask_it'],
  ],
  [
    "Claude's agent: a tool",
    'tools',
    {
      'a.ts':
        'import { tool, createSdkMcpServer, query } from "@anthropic-ai/claude-agent-sdk"\nconst s = createSdkMcpServer({ name: "calc", version: "1", tools: [tool("add", "Adds", { a: z.number() }, async () => {})] })\n',
    },
    ['add'],
  ],
  [
    "Claude's agent: a server within the program",
    'mcpServers',
    {
      'a.ts':
        'import { tool, createSdkMcpServer, query } from "@anthropic-ai/claude-agent-sdk"\nconst s = createSdkMcpServer({ name: "calc", version: "1", tools: [] })\n',
    },
    ['calc'],
  ],
  [
    'a map that says it is a tool',
    'tools',
    {
      'a.ts':
        'import { Tool } from "@modelcontextprotocol/sdk/types.js"\nexport const A = { name: "ask_it", description: "d", inputSchema: zodToJsonSchema(X) } satisfies Tool\nexport const B: Tool = { name: `${P}_tell`, description: "d", inputSchema: x }\nconst P = "desk"\n',
    },
    ['ask_it', 'desk_tell'],
  ],
  [
    'a server of a class of the project',
    'mcpServers',
    {
      'a.ts':
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js"\nexport class D extends Server { constructor() { super({ name: "desk-sub", version: "1" }, {}) } }\n',
    },
    ['desk-sub'],
  ],
  [
    'a server that is called like the package',
    'mcpServers',
    {
      'package.json':
        '{"name": "@me/desk-mcp", "version": "1.0.0", "dependencies": {"@modelcontextprotocol/sdk": "1"}}',
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport pkg from "../package.json" with { type: "json" }\nexport const s = new McpServer({ name: pkg.name, version: pkg.version })\n',
    },
    ['@me/desk-mcp'],
  ],
  [
    'tmcp: a server',
    'mcpServers',
    {
      'a.ts':
        'import { McpServer } from "tmcp"\nconst s = new McpServer({ name: "desk-t", version: "1", description: "x" }, {})\n',
    },
    ['desk-t'],
  ],
  [
    'the second SDK: a server',
    'mcpServers',
    {
      'a.ts':
        'import { McpServer } from "@modelcontextprotocol/server"\nconst s = new McpServer({ name: "desk-v", version: "1" })\ns.registerTool("go_it", {}, f)\n',
    },
    ['desk-v'],
  ],
  [
    'a tool of a drawing program',
    'tools',
    {
      'src/pencil.ts':
        '// claude\nexport class PencilTool extends DrawingTool {\n  name = "pencil"\n  description = "Draws."\n}\n',
    },
    [],
  ],
  [
    'a class that is no tool',
    'tools',
    {
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nexport class Store extends BaseStore {\n  name = "store"\n  description = "Keeps."\n}\n',
    },
    [],
  ],
  [
    'a name that nobody says',
    'tools',
    {
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nexport const register = (server: McpServer, all: Tool[]) => all.forEach((one) => server.registerTool(one.name, one, f))\n',
    },
    [],
  ],
  [
    'a table of tools by name, told in another',
    'tools',
    {
      'src/defs.ts': 'export const defs = { ask_it: { description: "Asks.", parameters: z.object({}) } }\n',
      'src/tools.ts':
        'import { tool } from "@desk/mcp-utils"\nimport { defs } from "./defs.js"\nexport function getTools() {\n  return { ask_it: wrapTool({ ...defs.ask_it, execute: async () => {} }), tell_it: tool({ description: "Tells.", parameters: z.object({}) }), hammer: buildTool({ description: "Hits." }) }\n}\n',
      'src/server.ts': 'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\n',
    },
    ['ask_it', 'tell_it'],
  ],
  [
    'a server that a function of the project makes',
    'mcpServers',
    {
      'utils/server.ts':
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js"\nexport function createMcpServer(options: Options) {\n  return new Server({ name: options.name, version: options.version })\n}\n',
      'src/desk.ts':
        'import { createMcpServer } from "@desk/mcp-utils"\nexport const server = createMcpServer({ name: "desk", version, tools })\n',
    },
    ['desk'],
  ],
  [
    'what a tool takes may have a name',
    'tools',
    {
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nconst TOOLS = { ask: "ask_it" }\nserver.tool(TOOLS.ask, "Asks.", { name: z.string().describe("The name of it."), id: z.number() }, f)\n',
    },
    ['ask_it'],
  ],
  [
    'a function of the project that is told the name',
    'tools',
    {
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nfunction add(name: string, text: string, handler: Handler) {\n  server.registerTool(name, { description: text }, handler)\n}\nadd("ask_it", "Asks.", f)\nadd("tell_it", "Tells.", f)\n',
    },
    ['ask_it', 'tell_it'],
  ],
  [
    'settings that are taken apart',
    'tools',
    {
      'src/meta.ts':
        '// mcp\nfunction naming(source: string, name: string) {\n  return { name: source === "" ? name : name + source, title: "T" }\n}\nexport function askMeta(source: string) {\n  const { name, title } = naming(source, "ask_it")\n  return { name, title }\n}\n',
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { askMeta } from "./meta.js"\nexport function f(server: McpServer) {\n  const meta = askMeta("")\n  server.registerTool(meta.name, { title: meta.title }, h)\n}\n',
    },
    ['ask_it'],
  ],
  [
    'modules that are required',
    'mcpServers',
    {
      'src/a.js':
        'const { McpServer } = require("@modelcontextprotocol/sdk/server/mcp.js")\nconst server = new McpServer({ name: "desk-js", version: "1" })\n',
    },
    ['desk-js'],
  ],
  [
    'CopilotKit: servers of an application',
    'mcpServers',
    {
      'src/a.ts':
        'import { MCPAppsMiddleware } from "@ag-ui/mcp-apps-middleware"\nagent.use(new MCPAppsMiddleware({ mcpServers: [{ type: "http", url: "https://mcp.example.org", serverId: "desk" }] }))\n',
    },
    ['desk'],
  ],
  [
    'what carries a server of the project',
    'mcpServers',
    {
      'src/a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nconst t = new StdioTransportManager(config)\nawait startStdioTransport(s, t)\nconst s = new McpServer({ name: "desk", version: "1" })\n',
    },
    ['desk'],
  ],
])
