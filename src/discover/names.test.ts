// What things are called: the name that people know an agent, a tool, a server or a model by, however it is written down,
// and what only mentions one. Each row is a small tree of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import { namesOf } from './testing.ts'

type Row = [title: string, kind: DiscoveredKind, tree: Record<string, string>, expected: string[]]

const CREW = 'from crewai import Agent, Task\nfrom crewai.project import CrewBase, agent\n'
const GO_ADK = 'package main\nimport "github.com/cloudwego/eino/adk"\n'

const rows: Row[] = [
  [
    'an agent whose settings name it, not the function that makes it',
    'agents',
    {
      'crew.py': `${CREW}@CrewBase\nclass Crew:\n    @agent\n    def make_analyst(self) -> Agent:\n        return Agent(\n            config=self.agents_config["senior_analyst"],\n            tools=[],\n        )\n`,
    },
    ['senior_analyst'],
  ],
  [
    'an agent in the settings of CrewAI, a file without any other word about AI',
    'agents',
    { 'config/agents.yaml': 'scout:\n  role: Scout\n  goal: Find restaurants\n  backstory: You know the town.\n' },
    ['scout'],
  ],
  [
    'agents some keys down in YAML',
    'agents',
    {
      'config/packages/ai.yaml':
        "ai:\n  platform:\n    openai:\n      api_key: '%env(OPENAI_API_KEY)%'\n  agent:\n    blog:\n      platform: openai\n      model: gpt-4.1\n      tools: false\n  multi_agent:\n    support:\n      orchestrator: blog\n      fallback: blog\n",
    },
    ['blog', 'support'],
  ],
  [
    'an agent whose settings are a struct of Go',
    'agents',
    {
      'a.go': `${GO_ADK}func New() adk.Agent {\n\ta, _ := adk.NewChatModelAgent(ctx, &adk.ChatModelAgentConfig{Name: "TicketBooker", Model: m})\n\treturn a\n}\n`,
    },
    ['TicketBooker'],
  ],
  [
    'a class with two types in brackets',
    'agents',
    {
      'a.py': `from pydantic_ai import Agent\nseat_agent = Agent[object, Seat | Failed]('openai:gpt-5', output_type=Seat)\n`,
    },
    ['seat_agent'],
  ],
  [
    'a library whose name a neighbour bears that imports it as well',
    'agents',
    {
      'app/__init__.py': '',
      'app/agents.py': 'from agents import Agent\ntriage = Agent(name="Triage", model="gpt-5")\n',
      'app/guards.py': 'from agents import Agent\nguard = Agent(name="Relevance Guard", model="gpt-5-mini")\n',
    },
    ['Relevance Guard', 'Triage'],
  ],
  [
    'a list of agents in settings',
    'agents',
    { 'agents.json': '{"agents":[{"name":"planner","model":"gpt-4o","instructions":"You plan."},{"name":"x"}]}' },
    ['planner'],
  ],
  [
    'people in settings are no agents',
    'agents',
    { 'team.yaml': 'agents:\n  anna:\n    phone: "1"\nmcp: openai\n' },
    [],
  ],
  // Tools
  [
    'the name that a decorator gives in words',
    'tools',
    {
      't.py':
        'from crewai.tools import tool\n@tool("Search the internet")\ndef search_internet(query):\n    """Search."""\n',
    },
    ['Search the internet'],
  ],
  [
    'words that are a description name no tool',
    'tools',
    {
      't.py':
        'from smolagents import tool\n@tool("Search the internet")\ndef search_internet(query):\n    """Search."""\n',
    },
    ['search_internet'],
  ],
  [
    'tools of a library that are handed over made',
    'tools',
    {
      'a.ts':
        'import { createReactAgent } from "@langchain/langgraph/prebuilt"\nimport { Calculator } from "@langchain/community/tools/calculator"\nimport { SerpAPI } from "@langchain/community/tools/serpapi"\nconst agent = createReactAgent({ llm, tools: [new Calculator(), new SerpAPI()] })\n',
    },
    ['Calculator', 'SerpAPI'],
  ],
  [
    'an agent as a tool is an agent',
    'tools',
    {
      'a.py':
        'from google.adk.agents import Agent\nfrom google.adk.tools.agent_tool import AgentTool\nhelper = Agent(name="helper", model="gemini-2.0-flash")\nroot = Agent(name="root", model="gemini-2.0-flash", tools=[AgentTool(agent=helper)])\n',
    },
    [],
  ],
  [
    'a method that is wrapped where it is handed over',
    'tools',
    {
      'a.py':
        'from agents import Agent, function_tool\nclass Chat:\n    def run(self):\n        return Agent(name="A", tools=[function_tool(self.search_database)])\n    async def search_database(self, query: str):\n        """Search."""\n        return query\n',
    },
    ['search_database'],
  ],
  [
    'a class of PHP by its attribute',
    'tools',
    {
      'MovieSearch.php':
        "<?php\nuse Symfony\\AI\\Agent\\Toolbox\\Attribute\\AsTool;\n#[AsTool(name: 'movie_search', description: 'Search movies')]\nfinal class MovieSearch { public function __invoke(string $query): array { return []; } }\n",
    },
    ['movie_search'],
  ],
  [
    'a method that .NET makes a tool of',
    'tools',
    {
      'P.cs':
        'using Microsoft.Extensions.AI;\nvar options = new ChatOptions { Tools = [AIFunctionFactory.Create(GetWeather), AIFunctionFactory.Create(Other, "named_tool", "d")] };\n',
    },
    ['GetWeather', 'named_tool'],
  ],
  [
    'a function of Spring by its builder',
    'tools',
    {
      'A.java':
        'import org.springframework.ai.tool.function.FunctionToolCallback;\nclass A { Object t() { return FunctionToolCallback.builder("WeatherInfo", fn).description("d").build(); } }\n',
    },
    ['WeatherInfo'],
  ],
  [
    'a class of Ruby by the method that says its name',
    'tools',
    {
      'time.rb':
        'class Time < Tool\n  # for openai\n  def self.signature\n    { name: name, description: "The time", parameters: [] }\n  end\n  def self.name\n    "time"\n  end\nend\n',
    },
    ['time'],
  ],
  [
    'tools of an agent in YAML',
    'tools',
    {
      'ai.yaml':
        "ai:\n  agent:\n    blog:\n      model: gpt-4.1\n      platform: openai\n      tools:\n        - 'App\\Search'\n        - service: clock\n          name: clock\n          description: The time\n",
    },
    ['clock'],
  ],
  [
    'a step of a pipeline with a name and inputs is no tool',
    'tools',
    {
      'p.py':
        'from haystack import Pipeline\np = Pipeline()\np.add_node(component=r, name="Retriever", inputs=["Query"])\n',
    },
    [],
  ],
  [
    'the schema of an answer is no tool',
    'tools',
    {
      'a.ts':
        'import OpenAI from "openai"\nconst format = { type: "json_schema", name: "Weather", description: "d", schema: { type: "object" } }\nnew OpenAI().responses.create({ model: "gpt-5", text: { format } })\n',
    },
    [],
  ],
  [
    'an example in the description of an API is no tool',
    'tools',
    {
      'openapi.json':
        '{"openapi":"3.1.0","components":{"schemas":{"Chat":{"example":{"tools":[{"name":"egg_fryer","description":"d","input_schema":{"type":"object"}}]}}}}}',
    },
    [],
  ],
  // MCP servers
  [
    'a function of the project called like one of a library',
    'mcpServers',
    {
      'go.mod': 'module m\nrequire github.com/modelcontextprotocol/go-sdk v1.0.0\n',
      'pkg/http/handler.go':
        'package http\nimport (\n\t"github.com/modelcontextprotocol/go-sdk/mcp"\n\t"example.org/me/pkg/github"\n)\nfunc f() *mcp.Server { return github.NewMCPServer(ctx, cfg) }\n',
    },
    [],
  ],
  [
    'a server that a builder of Java starts, and one that it reaches',
    'mcpServers',
    {
      'M.java':
        'import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;\nimport dev.langchain4j.mcp.client.transport.http.HttpMcpTransport;\nimport java.util.List;\nclass M { Object a = new StdioMcpTransport.Builder().command(List.of("/usr/bin/npm", "exec", "@modelcontextprotocol/server-filesystem@0.6.2")).build();\n Object b = new HttpMcpTransport.Builder().sseUrl("https://tools.example.org/sse").build(); }\n',
    },
    ['@modelcontextprotocol/server-filesystem', 'tools.example.org'],
  ],
  [
    'the name in the settings of a framework',
    'mcpServers',
    { 'config/packages/mcp.yaml': 'mcp:\n  app: demo-app\n  version: 0.0.1\n  client_transports:\n    stdio: true\n' },
    ['demo-app'],
  ],
  [
    'servers that are kept under a name and handed over',
    'mcpServers',
    {
      'a.py':
        'from claude_agent_sdk import ClaudeAgentOptions, query\ngit_mcp = {"git": {"command": "uv", "args": ["run", "python", "-m", "mcp_server_git"]}}\noptions = ClaudeAgentOptions(mcp_servers=git_mcp)\n',
      'b.ts':
        'import { query } from "@anthropic-ai/claude-agent-sdk"\nconst servers = { notes: { command: "npx", args: ["-y", "notes-mcp"] } }\nquery({ prompt: "x", options: { mcpServers: servers } })\n',
    },
    ['git', 'notes'],
  ],
  // What a second look at repositories nobody had seen brought up
  [
    'an agent of a library that nobody knows',
    'agents',
    {
      'agent.py':
        'from some_runtime import define_agent\nagent = define_agent(\n    name="docs_agent",\n    model="google_genai:gemini-3.5-flash-lite",\n    tools=[a],\n)\nother = make_agent(name="not one", color="red")\n',
    },
    ['docs_agent'],
  ],
  [
    'a graph by the name that langgraph.json gives it',
    'agents',
    {
      'langgraph.json': '{"graphs": {"indexer": "./src/index_graph.py:graph"}}',
      'src/index_graph.py':
        'from langgraph.graph import StateGraph\nbuilder = StateGraph(State)\ngraph = builder.compile()\n',
    },
    ['indexer'],
  ],
  [
    'an agent of LlamaIndex in TypeScript',
    'agents',
    {
      'a.ts':
        'import { agent, multiAgent } from "@llamaindex/workflow"\nconst one = agent({ llm, name: "EchoAgent", tools })\nconst all = multiAgent({ agents: [one], rootAgent: one, name: "TravelAgent" })\n',
    },
    ['EchoAgent', 'TravelAgent'],
  ],
  [
    'functions of Ruby by their symbols',
    'tools',
    {
      'email.rb':
        'class EmailService\n  extend Langchain::ToolDefinition\n  define_function :send_email, description: "Sends emails" do\n    property :to, type: "string"\n  end\nend\n',
      Gemfile: 'gem "langchainrb"\n',
    },
    ['send_email'],
  ],
  [
    'a tool that says its own name is not named again where it is handed over',
    'tools',
    {
      'tool.ts':
        'import { createTool } from "@mastra/core/tools"\nexport const webSearchTool = createTool({ id: "web-search", description: "d" })\n',
      'agent.ts':
        'import { Agent } from "@mastra/core/agent"\nimport { webSearchTool } from "./tool"\nexport const a = new Agent({ name: "r", model: "openai/gpt-4.1", tools: { webSearchTool } })\n',
    },
    ['web-search'],
  ],
  // Providers
  [
    'a client whose address only the environment knows, and names',
    'providers',
    {
      'a.py':
        'import os\nfrom openai import AsyncOpenAI\nendpoint = os.getenv("AZURE_OPENAI_ENDPOINT")\nclient = AsyncOpenAI(base_url=f"{endpoint.rstrip(\'/\')}/openai/v1/", api_key=token)\n',
    },
    ['azure-openai'],
  ],
  [
    'sections of settings of LangChain4j, alone and in Quarkus',
    'providers',
    {
      'src/main/resources/application.properties':
        'langchain4j.azure-open-ai.chat-model.deployment-name=gpt-4o\nquarkus.langchain4j.ollama.chat-model.model-id=llama3.1\nlangchain4j.google-ai-gemini.chat-model.model-name=gemini-2.0-flash\n',
    },
    ['azure-openai', 'google', 'ollama'],
  ],
  [
    'the MCP server of a provider gives tools, not answers',
    'providers',
    { 'gemini-extension.json': '{"mcpServers":{"github":{"httpUrl":"https://api.githubcopilot.com/mcp/"}}}' },
    [],
  ],
]

for (const [title, kind, tree, expected] of rows) {
  test(title, async () => assert.deepEqual(await namesOf(tree, kind), expected))
}
