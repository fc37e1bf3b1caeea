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
])
