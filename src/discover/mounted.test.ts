// Servers in servers, servers and agents of clusters, tools that a handler stands for: a small tree each.
import { tryTrees } from './testing.ts'

const FAST = 'from fastmcp import FastMCP\n'
const DESK = `${FAST}desk = FastMCP("desk")\n@desk.tool\ndef close(id: int):\n    """Closes."""\n@desk.tool(name="open")\ndef open_one(id: int):\n    """Opens."""\n`

tryTrees([
  [
    'tools of a server that stands in another',
    'tools',
    {
      'desk.py': DESK,
      'main.py': `${FAST}from desk import desk\nmain = FastMCP("main")\nmain.mount(desk, namespace="help")\n@main.tool\ndef status():\n    """Says."""\n`,
    },
    ['help_close', 'help_open', 'status'],
  ],
  [
    'the place said first, as it once was, and a server within a server within a server',
    'tools',
    {
      'desk.py': DESK,
      'main.py': `${FAST}from desk import desk\nmain = FastMCP("main")\nhall = FastMCP("hall")\nhall.mount("front", desk)\nmain.mount(hall, prefix="house")\n`,
    },
    ['house_front_close', 'house_front_open'],
  ],
  [
    'a server that stands in another under no name, and a web application that is no server',
    'tools',
    {
      'desk.py': DESK,
      'main.py': `${FAST}from desk import desk\nfrom fastapi import FastAPI\nmain = FastMCP("main")\nmain.mount(desk)\nweb = FastAPI()\nweb.mount("/mcp", main.http_app())\n`,
    },
    ['close', 'open'],
  ],
  [
    'PHP: what answers a tool, with and without a name',
    'tools',
    {
      'server.php':
        '<?php\nuse PhpMcp\\Server\\Server;\nServer::make()->withServerInfo("desk", "1")->withTool([Desk::class, "close"], "close_ticket")->withTool([Desk::class, "reopen"])->withTool(Status::class);\n',
    },
    ['Status', 'close_ticket', 'reopen'],
  ],
  [
    'Ruby: a tool below the class that all of the folder are made from, of which another folder has one too',
    'tools',
    {
      'a/tools/application_tool.rb': 'class ApplicationTool < ActionTool::Base\nend\n',
      'b/tools/application_tool.rb': 'class ApplicationTool < ActionTool::Base\nend\n',
      'a/tools/greet_tool.rb':
        'class GreetTool < ApplicationTool\n  description "Greets"\n  def call(id:)\n    id\n  end\nend\n',
    },
    ['GreetTool'],
  ],
  [
    'Ruby: a server that is put in front of a web application',
    'mcpServers',
    {
      'config.ru': '',
      'app.rb': 'require "fast_mcp"\napp = FastMcp.rack_middleware(web, name: "desk", version: "1")\n',
    },
    ['desk'],
  ],
  [
    'tools that the page of a user runs',
    'tools',
    {
      'map.tsx':
        'import { useCopilotAction } from "@copilotkit/react-core"\nexport function Map() {\n  useCopilotAction({ name: "add_trip", description: "Adds.", parameters: [{ name: "to", type: "string" }], handler: add })\n  return null\n}\n',
    },
    ['add_trip'],
  ],
  [
    'a tool of a class that a library of agents has, whatever it is called',
    'tools',
    {
      'a.py':
        'from crewai_tools import RagTool\nclass ReportTool(RagTool):\n    name: str = "Search the report"\n    description: str = "Searches."\n',
    },
    ['Search the report'],
  ],
  [
    'Kotlin: a class that its annotation makes an agent',
    'agents',
    {
      'a.kt':
        'package a\nimport com.embabel.agent.api.annotation.*\n@Agent(description = "Plans trips")\nclass TripPlanner(private val config: Config) {\n  @Action fun plan(brief: Brief): Plan = make(brief)\n}\n',
    },
    ['TripPlanner'],
  ],
  [
    'agents that a cluster is told of, and one of another trade',
    'agents',
    {
      'agents.yaml':
        'apiVersion: kagent.dev/v1alpha2\nkind: Agent\nmetadata:\n  name: pods\nspec:\n  declarative:\n    systemMessage: You look after pods.\n---\napiVersion: agent.k8s.elastic.co/v1alpha1\nkind: Agent\nmetadata:\n  name: openai-logs\nspec:\n  version: 8.0.0\n',
    },
    ['pods'],
  ],
  [
    'servers that a cluster is told of',
    'mcpServers',
    {
      'servers.yaml':
        'apiVersion: kagent.dev/v1alpha2\nkind: RemoteMCPServer\nmetadata:\n  name: charts\nspec:\n  url: http://charts:8000/mcp\n',
    },
    ['charts'],
  ],
  [
    'an agent that asks through others of the project',
    'agents',
    {
      'engine.py':
        'from openai import OpenAI\nclass Engine:\n    def answer(self, m):\n        return OpenAI().chat.completions.create(model="gpt-4o", messages=m)\n',
      'agent_v2.py':
        'from engine import Engine\nclass Worker:\n    def __init__(self):\n        self.engine = Engine()\nclass Screen:\n    pass\nclass DeskAgentV2:\n    def __init__(self):\n        self.worker = Worker()\nclass UserAgent:\n    def __init__(self):\n        self.screen = Screen()\n',
      'run.py': 'import openai\nfrom engine import Engine\nfrom agent_v2 import DeskAgentV2\nDeskAgentV2()\n',
    },
    ['DeskAgentV2'],
  ],
  [
    'a class that asks a model it was given, which others are made from as well',
    'agents',
    {
      'models.py':
        'import litellm\nclass LitellmModel:\n    def query(self, m):\n        return litellm.completion(m)\n',
      'default.py':
        'class DefaultAgent:\n    def __init__(self, model):\n        self.model = model\n    def step(self):\n        return self.model.query([])\nclass BareAgent:\n    def step(self):\n        return self.model.query([])\nclass LoudAgent(BareAgent):\n    pass\n',
      'main.py':
        'from models import LitellmModel\nfrom default import DefaultAgent\nimport litellm\nDefaultAgent(LitellmModel())\n',
    },
    ['DefaultAgent', 'LoudAgent'],
  ],
  [
    'a file that is called agent and asks a model, and one beside which an agent is found',
    'agents',
    {
      'desk/src/agent.ts':
        'import { generateText } from "ai"\nexport async function answer(q: string) {\n  while (true) {\n    const step = await generateText({ model, prompt: q })\n    if (step.done) return step\n  }\n}\n',
      'graph/agent.py':
        'from langgraph.graph import StateGraph\nfrom openai import OpenAI\ndef ask(s):\n    return OpenAI().responses.create(model="gpt-4o")\nresearch = StateGraph(dict)\n',
    },
    ['desk', 'research'],
  ],
  [
    'an agent whose functions ask a model through a class that makes its client',
    'agents',
    {
      'provider.py':
        'from langchain_openai import ChatOpenAI\nclass Provider:\n    @classmethod\n    def of(cls, name):\n        return cls()\n    async def answer(self, m):\n        return await self.llm.ainvoke(m)\n',
      'call.py':
        'import openai\nfrom provider import Provider\nasync def call_model(m):\n    return await Provider.of("gpt-4o").answer(m)\n',
      'writer.py':
        'import openai\nfrom call import call_model\nclass WriterAgent:\n    async def run(self):\n        return await call_model([])\nclass PublisherAgent:\n    async def run(self):\n        return write([])\n',
    },
    ['WriterAgent'],
  ],
  [
    'an agent of a library that nobody knows, which is told its role and its goal',
    'agents',
    {
      'a.py':
        'import openai\nfrom someagents import LastingAgent, HttpAgent\nfirst = LastingAgent(name="Weather", role="Assistant", goal="Answers.")\nother = HttpAgent(name="Browser", role="viewer")\n',
    },
    ['Weather'],
  ],
  [
    'tools by the keys of what a function that is kept under a name gives back',
    'tools',
    {
      'registry.ts':
        '// mcp\nexport const registry = function (folder: string) {\n  const at = folder\n  return {\n    "get-type": { description: "Gets.", schema: { name: z.string() }, handler: async () => at },\n  }\n}\nexport const desk = () => {\n  return { close: { description: "Closes.", schema: { id: z.string() } } }\n}\n',
      'server.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { desk, registry } from "./registry.js"\nexport class Server extends McpServer {\n  constructor() {\n    super({ name: "things", version: "1" })\n    Object.entries(registry("/x")).forEach(([name, command]) => {\n      this.tool(`registry-${name}`, command.description, command.schema, command.handler)\n    })\n    Object.entries(desk()).forEach(([name, command]) => {\n      this.tool(name, command.description, command.schema, command.handler)\n    })\n  }\n}\n',
    },
    ['close', 'registry-get-type'],
  ],
  [
    'Go: an agent of a library whose folders are called like those of the project',
    'agents',
    {
      'go.mod': 'module example.org/me/eino-examples\nrequire github.com/cloudwego/eino v0.9.0\n',
      'flow/agent/react/tools.go': 'package react\n// openai\nfunc T() string { return "t" }\n',
      'cmd/main.go':
        'package main\nimport (\n\t"github.com/cloudwego/eino/adk"\n\t"github.com/cloudwego/eino/flow/agent/react"\n)\nfunc main() {\n\tdesk, err := react.NewAgent(ctx, &react.AgentConfig{Model: m})\n\ttyped, err := adk.NewTypedChatModelAgent[M](ctx, &adk.TypedChatModelAgentConfig[M]{Name: "research"})\n}\n',
    },
    ['desk', 'research'],
  ],
  [
    'agents that are drawn: nodes of flows, components of teams, and a node of another trade',
    'agents',
    {
      'flow.yaml':
        'graph:\n  nodes:\n    - id: Code Reviewer\n      type: agent\n      config:\n        name: gpt-4o\n        role: You review.\n    - id: Loop\n      type: loop_counter\n      config: { max: 5 }\n    - id: Estate\n      type: agent\n      config: { city: Rome }\n',
      'n8n.json':
        '{"nodes":[{"name":"Desk Agent","type":"@n8n/n8n-nodes-langchain.agent","parameters":{}},{"name":"Mail","type":"n8n-nodes-base.gmail","parameters":{}}]}',
      'dify.yml':
        'workflow:\n  graph:\n    nodes:\n      - id: "17"\n        type: custom\n        data:\n          type: agent\n          title: Finder\n          agent_parameters:\n            model: { value: { model: gpt-4o } }\n',
      'team.json':
        '{"provider":"autogen_agentchat.teams.RoundRobinGroupChat","component_type":"team","config":{"participants":[{"provider":"autogen_agentchat.agents.AssistantAgent","component_type":"agent","label":"AssistantAgent","config":{"name":"poet","model_client":{"config":{"model":"gpt-4o"}}}}]}}',
      'kept.yaml':
        'object: agent.version\nname: ApplyAgent\ndefinition:\n  kind: prompt\n  model: gpt-4.1-mini\n  instructions: You apply.\n',
    },
    ['ApplyAgent', 'Code Reviewer', 'Desk Agent', 'Finder', 'poet'],
  ],
  [
    'a store of vectors that nobody knows, by the class that a library of AI has for it',
    'vectorStores',
    {
      'A.java':
        'package a;\nimport dev.langchain4j.store.embedding.couchbase.CouchbaseEmbeddingStore;\nimport dev.langchain4j.store.embedding.EmbeddingStore;\nclass A { EmbeddingStore s = CouchbaseEmbeddingStore.builder().build(); }\n',
    },
    ['couchbase'],
  ],
  [
    'a store that a package has beside others',
    'vectorStores',
    { 'a.ts': 'import { LibSQLVector } from "@mastra/libsql"\nexport const vector = new LibSQLVector({ id: "v" })\n' },
    ['libsql'],
  ],
  [
    'Go: tools that a type of the project says all of',
    'tools',
    {
      'a.go':
        'package a\nimport "github.com/sashabaranov/go-openai"\nfunc (w *Wiki) Definition() types.ActionDefinition {\n\treturn types.ActionDefinition{Name: "wikipedia", Description: "Finds pages.", Properties: map[string]X{"q": {Type: "string"}}}\n}\nfunc (w *Wiki) Config() types.FieldDefinition {\n\treturn types.FieldDefinition{Name: "token", Description: "A token.", Properties: nil}\n}\n',
    },
    ['wikipedia'],
  ],
  [
    'Go: an agent whose methods stand outside of its type and ask a model',
    'agents',
    {
      'desk/agent.go':
        'package desk\n// openai\ntype DeskAgent struct { client Client }\ntype UserAgent struct { name string }\n',
      'desk/ask.go':
        'package desk\nimport "github.com/sashabaranov/go-openai"\nfunc (d *DeskAgent) Ask(q string) { d.client.CreateChatCompletion(ctx, openai.ChatCompletionRequest{}) }\nfunc (u *UserAgent) Name() string { return u.name }\n',
    },
    ['DeskAgent'],
  ],
  [
    'a folder of the project that is called like a library, with no file that says so',
    'frameworks',
    {
      'src/api/agents/researcher/researcher.py': 'from openai import OpenAI\ndef find():\n    return OpenAI()\n',
      'src/api/main.py': 'from agents.researcher import researcher\nresearcher.find()\n',
    },
    [],
  ],
])
