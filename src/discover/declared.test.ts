// Where things get their names when they are not named where they are made: what is registered, compiled, renamed, handed
// over, or left to a setting. Each row is a small tree of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import { namesOf } from './testing.ts'

type Row = [title: string, kind: DiscoveredKind, tree: Record<string, string>, expected: string[]]

const GRAPH = 'from langgraph.graph import StateGraph\n'
const MCP = 'from fastmcp import FastMCP\n'

const rows: Row[] = [
  [
    'a graph by the name that it is compiled under',
    'agents',
    { 'bots/travel.py': `${GRAPH}agent = StateGraph(State)\nagent.add_node("a", a)\ntrip_planner = agent.compile()\n` },
    ['trip_planner'],
  ],
  [
    'a graph by the name that compiling gives it',
    'agents',
    { 'a.py': `${GRAPH}builder = StateGraph(State)\ngraph = builder.compile(name="Trip Planner")\n` },
    ['Trip Planner'],
  ],
  [
    'a graph whose builder says its name',
    'agents',
    { 'a.py': `${GRAPH}booking_builder = StateGraph(State)\ngraph = booking_builder.compile()\n` },
    ['booking'],
  ],
  [
    'a graph that is one chain of calls',
    'agents',
    {
      'a.ts':
        'import { StateGraph } from "@langchain/langgraph"\nexport const refunds = new StateGraph(State).addNode("a", a).addEdge("a", "b").compile()\n',
    },
    ['refunds'],
  ],
  [
    'a supervisor by the name that it is compiled under',
    'agents',
    {
      'a.py':
        'from langgraph_supervisor import create_supervisor\nworkflow = create_supervisor([a, b], model=m)\nclaims_desk = workflow.compile()\n',
    },
    ['claims_desk'],
  ],
  [
    'a function that is the whole graph',
    'agents',
    { 'a.py': 'from langgraph.func import entrypoint\n@entrypoint()\nasync def small_talk(x):\n    return x\n' },
    ['small_talk'],
  ],
  [
    'an entry point of something else',
    'agents',
    { 'a.py': 'from openai import OpenAI\nfrom cli import entrypoint\n@entrypoint()\ndef main(x):\n    return x\n' },
    [],
  ],
  [
    'the card of an agent that others may call',
    'agents',
    {
      'A.java':
        'import io.a2a.spec.AgentCard;\nclass A { AgentCard card() { return new AgentCard.Builder().name("Ticket Desk").skills(List.of(new AgentSkill.Builder().name("refund").build())).build(); } }\n',
      'b.py': 'from a2a.types import AgentCard\ncard = AgentCard(name="Night Desk", url="http://x")\n',
    },
    ['Night Desk', 'Ticket Desk'],
  ],
  [
    'an agent whose name is a variable with a default in the deployment',
    'agents',
    {
      '.github/workflows/deploy.yml':
        'jobs:\n  d:\n    env:\n      AGENT_NAME: ${{ vars.AGENT_NAME }}\n      M: gpt-4o\n',
      'infra/main.parameters.json':
        '{"parameters":{"agentName":{"value":"${AGENT_NAME=store-helper}"},"model":{"value":"${AI_MODEL=gpt-4o}"}}}',
      'a.py':
        'import os\nfrom azure.ai.projects import AIProjectClient\nasync def f(p):\n    return await p.agents.create_version(agent_name=os.environ["AGENT_NAME"])\n',
    },
    ['store-helper'],
  ],
  [
    'an agent in the examples of the library that it is made with',
    'agents',
    {
      'pydantic_ai/__init__.py': 'from .agent import Agent\n',
      'pydantic_ai/agent.py': 'import openai\nclass Agent:\n    pass\n',
      'examples/bank.py': 'from pydantic_ai import Agent\nbank_teller = Agent("openai:gpt-4o", name="teller")\n',
    },
    ['teller'],
  ],
  [
    'an interface that annotations make an agent',
    'agents',
    {
      'WashAgent.java':
        'package p;\nimport dev.langchain4j.agentic.Agent;\npublic interface WashAgent {\n  @Agent(description = "Washes cars.", outputKey = "wash")\n  String processWash(String car);\n}\n',
      'Flow.java':
        'package p;\nimport dev.langchain4j.agentic.declarative.SequenceAgent;\npublic interface ReturnFlow {\n  @SequenceAgent(outputKey = "x", subAgents = { WashAgent.class })\n  String run(String car);\n}\n',
      'Desk.java':
        'package p;\nimport io.quarkiverse.langchain4j.RegisterAiService;\nimport io.quarkiverse.langchain4j.ToolBox;\n@RegisterAiService\npublic interface HelpDesk {\n  @ToolBox(Bookings.class)\n  String chat(String m);\n}\n',
      'Plain.java':
        'package p;\nimport io.quarkiverse.langchain4j.RegisterAiService;\n@RegisterAiService\npublic interface Summary {\n  String sum(String m);\n}\n',
    },
    ['HelpDesk', 'ReturnFlow', 'WashAgent'],
  ],
  [
    'a graph that is compiled under one name and registered as just an agent',
    'agents',
    {
      'langgraph.json': '{"graphs": {"agent": "./src/graph.py:graph"}}',
      'src/graph.py': `${GRAPH}builder = StateGraph(State)\ngraph = builder.compile(name="fact-finder")\n`,
    },
    ['fact-finder'],
  ],
  // Tools
  [
    'a tool that gets another name later',
    'tools',
    {
      'a.py':
        'from langchain_core.tools import BaseTool, tool\ndef calc_func(e: str):\n    """Adds."""\n    return e\ncalc: BaseTool = tool(calc_func)\ncalc.name = "Calculator"\n',
    },
    ['Calculator'],
  ],
  [
    'a tool of a library that is made under a name of its own',
    'tools',
    {
      'a.py':
        'from langchain_community.tools import DuckDuckGoSearchResults, OpenWeatherMapQueryRun\nfrom langchain_community.utilities import OpenWeatherMapAPIWrapper\nsearch = DuckDuckGoSearchResults(name="WebSearch")\ntools = [search]\ntools.append(OpenWeatherMapQueryRun(api_wrapper=OpenWeatherMapAPIWrapper()))\n',
    },
    ['OpenWeatherMapQueryRun', 'WebSearch'],
  ],
  [
    'what stands beside tools in a library is none',
    'tools',
    {
      'a.py':
        'from google.adk.tools import ToolContext, AgentTool\nfrom google.adk.tools.mcp_tool import McpToolset, StdioConnectionParams\nc = ToolContext()\ns = McpToolset(connection_params=StdioConnectionParams())\n',
    },
    [],
  ],
  [
    'a tool that a library has ready',
    'tools',
    {
      'a.py':
        'from google.adk.agents import Agent\nfrom google.adk.tools import google_search\nroot = Agent(name="root", model="gemini-2.0-flash", tools=[google_search])\n',
    },
    ['google_search'],
  ],
  [
    'tools of a package of nothing but tools',
    'tools',
    {
      'a.py': 'from strands_tools import calculator, shell\ndef all_tools():\n    return {"calculator": calculator}\n',
    },
    ['calculator', 'shell'],
  ],
  [
    'an object of a library whose methods are tools',
    'tools',
    {
      'A.java':
        'import org.springframework.ai.chat.client.ChatClient;\nimport com.acme.tools.LedgerTools;\nclass A { ChatClient c(ChatClient.Builder b) { return b.defaultTools(LedgerTools.builder().build()).build(); } }\n',
    },
    ['LedgerTools'],
  ],
  [
    'a tool whose name may be given, with what it is else',
    'tools',
    {
      'a.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nexport function register(server: McpServer, toolName?: string) { server.tool(toolName || "find_order", "Finds an order", {}, async () => ({})) }\n',
    },
    ['find_order'],
  ],
  [
    'a method that is registered under a name',
    'tools',
    {
      'a.py': `${MCP}class Notes(FastMCP):\n    def __init__(self, name: str = "notes-server"):\n        super().__init__(name=name)\n        self.tool(find, name="notes-find", description="Finds.")\n`,
    },
    ['notes-find'],
  ],
  [
    'a step of an index with a list of inputs is no tool',
    'tools',
    {
      'a.py':
        'from azure.search.documents.indexes.models import SplitSkill\nfrom openai import OpenAI\ns = SplitSkill(name="chunks", description="Cuts.", inputs=[x], outputs=[y])\n',
    },
    [],
  ],
  // MCP servers
  [
    'a server that is a class of its own',
    'mcpServers',
    {
      'a.py': `${MCP}class Notes(FastMCP):\n    def __init__(self, name: str = "notes-server"):\n        super().__init__(name=name)\n`,
    },
    ['notes-server'],
  ],
  [
    'a server that a handler makes',
    'mcpServers',
    {
      'api/mcp.ts':
        'import { createMcpHandler } from "mcp-handler"\nexport const GET = createMcpHandler((server) => {}, { serverInfo: { name: "order-desk", version: "1" } }, {})\n',
    },
    ['order-desk'],
  ],
  [
    'a server whose address is a setting',
    'mcpServers',
    {
      's.py':
        'from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    DESK_SERVER_URL: str = "https://mcp.example.org/mcp"\nsettings = Settings()\n',
      'a.py':
        'from langchain_mcp_adapters.client import MultiServerMCPClient\nfrom s import settings\nconnections = {"desk": {"transport": "streamable_http", "url": settings.DESK_SERVER_URL}}\nclient = MultiServerMCPClient(connections)\n',
    },
    ['desk'],
  ],
  [
    'a server in the settings of Quarkus',
    'mcpServers',
    {
      'src/main/resources/application.properties':
        'quarkus.langchain4j.mcp.weather.transport-type=http\nquarkus.langchain4j.mcp.weather.url=http://localhost:8081/mcp/sse/\n',
    },
    ['weather'],
  ],
  [
    'a script of the project that an example starts',
    'mcpServers',
    {
      'src/main.py': `${MCP}mcp = FastMCP("Stock Desk")\n`,
      'examples/ask.py':
        'from agents.mcp import MCPServerStdio\nserver = MCPServerStdio(params={"command": "uv", "args": ["--directory", "../src/", "run", "main.py"]})\n',
    },
    ['Stock Desk'],
  ],
  // Models
  [
    'models of Replicate by owner, name and version',
    'models',
    {
      'a.ts':
        'import { Replicate } from "langchain/llms/replicate"\nconst m = new Replicate({ model: "acme/chat-13b:6282abe6a492de4145d7bb601023762212f9ddbbe78278bd6771c8b3b2f2a13b" })\n',
    },
    ['acme/chat-13b:6282abe6a492de4145d7bb601023762212f9ddbbe78278bd6771c8b3b2f2a13b'],
  ],
  [
    'members of an enumeration of models, whatever they are called',
    'models',
    {
      'names.py':
        'from enum import StrEnum\nclass ChatModelName(StrEnum):\n    A = "acme-9-luna"\n    B = "acme-9-sol"\nclass Color(StrEnum):\n    C = "red-9"\n',
      'a.py':
        'from openai import OpenAI\nfrom names import ChatModelName\nOpenAI().responses.create(model=name, input="x")\n',
    },
    ['acme-9-luna', 'acme-9-sol'],
  ],
  [
    'TypeScript: what is taken when an object does not say it',
    'models',
    {
      'a.ts':
        'import OpenAI from "openai"\nconst { model = "acme-70b", temperature } = options\nnew OpenAI().responses.create({ model })\n',
      'b.ts':
        'import OpenAI from "openai"\nexport async function ask({ model = "acme-71b", q }: Opts) { return new OpenAI().responses.create({ model }) }\n',
    },
    ['acme-70b', 'acme-71b'],
  ],
  [
    'Rust: options of the command line, and what is taken else',
    'models',
    {
      'a.rs':
        'use async_openai::types::CreateChatCompletionRequestArgs;\nuse clap::Parser;\n#[derive(Parser)]\nstruct Args {\n    #[arg(long, default_value = "acme-70b")]\n    chat_model: String,\n    #[arg(long, default_value_t = String::from("acme-71b"))]\n    small_model: String,\n}\nfn f(args: &Args) {\n    let m = std::env::var("M").unwrap_or_else(|_| "acme-7b".to_string());\n    CreateChatCompletionRequestArgs::default().model(&args.chat_model).build();\n    CreateChatCompletionRequestArgs::default().model(&args.small_model).build();\n    CreateChatCompletionRequestArgs::default().model(m).build();\n}\n',
    },
    ['acme-70b', 'acme-71b', 'acme-7b'],
  ],
  [
    'PHP: a key of the configuration',
    'models',
    {
      'config/services.php': "<?php\n// openai\nreturn ['llm' => ['model' => env('LLM', 'acme-70b')]];\n",
      'a.php': "<?php\nuse OpenAI;\nOpenAI::client($k)->chat()->create(['model' => config('services.llm.model')]);\n",
    },
    ['acme-70b'],
  ],
  [
    'a variable of a container',
    'models',
    {
      'compose.yaml':
        'services:\n  api:\n    image: x\n    environment:\n      CHAT_NAME: ${CHAT_NAME:-acme-70b}\n      OPENAI_API_KEY: ${OPENAI_API_KEY}\n',
      'a.py':
        'import os\nfrom openai import OpenAI\nOpenAI().chat.completions.create(model=os.environ["CHAT_NAME"], messages=[])\n',
    },
    ['acme-70b'],
  ],
  // Providers, stores, packages
  [
    'what is added to the services of .NET',
    'providers',
    {
      'P.cs':
        'using Microsoft.SemanticKernel;\nvar b = Kernel.CreateBuilder();\nb.AddAzureAIInferenceChatCompletion(name, key, uri);\nb.AddMistralChatCompletion(name, key);\n',
      'Old.cs':
        'using Microsoft.SemanticKernel;\nvar k = new KernelBuilder().WithAzureTextCompletionService(a, b, c).Build();\n',
    },
    ['azure-ai', 'azure-openai', 'mistral'],
  ],
  [
    'a client of Google that is pointed at Vertex',
    'providers',
    {
      'a.py':
        'from langchain_google_genai import GoogleGenerativeAIEmbeddings\ne = GoogleGenerativeAIEmbeddings(model="gemini-embedding-001", vertexai=True)\n',
    },
    ['google', 'google-vertex-ai'],
  ],
  [
    'an extension of Quarkus starts by itself',
    'vectorStores',
    {
      'pom.xml':
        '<project><dependencies><dependency>\n<groupId>io.quarkiverse.langchain4j</groupId>\n<artifactId>quarkus-langchain4j-pgvector</artifactId>\n</dependency></dependencies></project>\n',
    },
    ['pgvector'],
  ],
  [
    'vectors that a query compares',
    'vectorStores',
    {
      'a.rs':
        'use rig::providers::openai;\nfn q() -> String { format!("SELECT id FROM items ORDER BY vec <-> ARRAY[{}]::vector LIMIT 5", x) }\n',
    },
    ['pgvector'],
  ],
  [
    'an index of Redis with a field of vectors',
    'vectorStores',
    {
      'a.py':
        'from mcp.server.fastmcp import FastMCP\nfrom redis.commands.search.field import TextField, VectorField\nf = VectorField("v", "HNSW", {})\n',
      'b.py': 'from mcp.server.fastmcp import FastMCP\nfrom redis import Redis\nr = Redis()\n',
    },
    ['redis'],
  ],
  [
    'the store of Cosmos DB',
    'vectorStores',
    {
      'a.ts':
        'import { AzureCosmosDBNoSQLVectorStore } from "@langchain/azure-cosmosdb"\nimport { ChatOllama } from "@langchain/ollama"\nconst s = new AzureCosmosDBNoSQLVectorStore(e, {})\n',
    },
    ['azure-cosmos-db'],
  ],
  [
    'a knowledge base that is asked',
    'vectorStores',
    {
      'a.py':
        'import boto3\nc = boto3.client("bedrock-agent-runtime")\nr = c.retrieve(knowledgeBaseId=kb, retrievalQuery={"text": q})\n',
    },
    ['aws-bedrock-knowledge-base'],
  ],
  [
    'stores in the settings of Symfony',
    'vectorStores',
    {
      'config/packages/ai.yaml':
        'ai:\n  platform:\n    openai:\n      api_key: x\n  store:\n    chroma_db:\n      movies:\n        collection: movies\n',
    },
    ['chroma'],
  ],
  [
    'what setup.py asks for',
    'frameworks',
    {
      'setup.py':
        'from setuptools import setup\nREQUIRED = ["langchain>=0.3", "requests"]\nsetup(name="x", install_requires=REQUIRED, extras_require={"crew": ["crewai[tools]"]})\n',
    },
    ['crewai', 'langchain'],
  ],
]

for (const [title, kind, tree, expected] of rows) {
  test(title, async () => assert.deepEqual(await namesOf(tree, kind), expected))
}
