// How libraries let a program say an agent. One small tree for each shape.
import { tryTrees } from '../testing.ts'

tryTrees([
  [
    'Letta: an agent that the server keeps',
    'agents',
    {
      'a.py':
        'from letta_client import Letta\nclient = Letta()\na = client.agents.create(name="desk", model="openai/gpt-4o")\n',
    },
    ['desk'],
  ],
  [
    "Claude's agent: agents that it hands work to",
    'agents',
    {
      'a.py':
        'from claude_agent_sdk import ClaudeAgentOptions, AgentDefinition\no = ClaudeAgentOptions(agents={"reviewer": AgentDefinition(description="d", prompt="p", tools=["Read"])})\n',
    },
    ['reviewer'],
  ],
  [
    'CrewAI: an agent by its role',
    'agents',
    { 'a.py': 'from crewai import Agent\nr = Agent(role="Senior Researcher", goal="g", backstory="b")\n' },
    ['Senior Researcher'],
  ],
  [
    'an agent that a function gives back',
    'agents',
    {
      'a.py':
        'from langchain.agents import create_agent\ndef make():\n    return create_agent(model="openai:gpt-4o", tools=[], name="desk")\n',
    },
    ['desk'],
  ],
  [
    'Agent Framework: an agent of a client',
    'agents',
    {
      'a.py':
        'from agent_framework.openai import OpenAIChatClient\nclient = OpenAIChatClient()\ndef make():\n    return client.as_agent(name="Writer", instructions="Write.")\n',
    },
    ['Writer'],
  ],
  [
    'Agno: a team',
    'agents',
    {
      'a.py':
        'from agno.team import Team\nfrom agno.agent import Agent\nt = Team(name="Coordinator", members=[Agent(name="Reader")])\n',
    },
    ['Coordinator', 'Reader'],
  ],
  [
    'agents and teams in a file of settings',
    'agents',
    {
      'agents.yaml':
        '# mcp\nagents:\n  reader:\n    name: Reader\n    instructions: Read.\nteams:\n  all:\n    name: Coordinator\n    instructions: Coordinate.\n    members: [reader]\n',
    },
    ['Coordinator', 'Reader'],
  ],
  [
    'a class that gives an agent back',
    'agents',
    {
      'a.py':
        'from langgraph.prebuilt import create_react_agent\nclass WebAgent:\n    def build(self, llm):\n        return create_react_agent(model=llm, tools=[])\ndef make(llm):\n    return create_react_agent(model=llm, tools=[])\n',
    },
    ['WebAgent'],
  ],
  [
    'Mastra: an agent with a name and an id',
    'agents',
    {
      'a.ts':
        'import { Agent } from "@mastra/core/agent"\nexport const w = new Agent({ id: "weather-agent", name: "Weather Agent", instructions: "x", model: openai("gpt-4o") })\n',
    },
    ['Weather Agent'],
  ],
  [
    'VoltAgent: an agent',
    'agents',
    {
      'a.ts':
        'import { Agent, createTool } from "@voltagent/core"\nconst a = new Agent({ name: "desk", instructions: "x", llm: p, model: "gpt-4o-mini" })\n',
    },
    ['desk'],
  ],
  [
    "Claude's agent: agents that it hands work to",
    'agents',
    {
      'a.ts':
        'import { query } from "@anthropic-ai/claude-agent-sdk"\nfor await (const m of query({ prompt: "p", options: { agents: { "code-reviewer": { description: "d", prompt: "p", tools: ["Read"] } } } })) {}\n',
    },
    ['code-reviewer'],
  ],
  [
    'fast-agent: agents by decorators, several of one function',
    'agents',
    {
      'a.py':
        'from fast_agent import FastAgent\nfast = FastAgent("app")\nNAME = "desk"\n@fast.agent("finder", "Find what is asked for.")\n@fast.agent(name=NAME, instruction="Answer.")\n@fast.chain(name="both", sequence=["finder", "desk"])\nasync def main(): ...\n',
      'b.py':
        'from fast_agent import FastAgent\nfast = FastAgent("b")\n@fast.agent(instruction="Help.")\nasync def main(): ...\n',
      'c.py': 'from openai import OpenAI\nfrom shop import fast\n@fast.chain(name="links")\ndef links(): ...\n',
    },
    ['both', 'default', 'desk', 'finder'],
  ],
  [
    'mcp-agent: agents of code, and those that its settings define',
    'agents',
    {
      'a.py':
        'from mcp_agent.agents.agent import Agent\nfinder = Agent(name="finder", instruction="Find.", server_names=["fetch"])\n',
      'mcp_agent.config.yaml':
        'mcp: {}\nagents:\n  enabled: true\n  definitions:\n    - name: inline-coder\n      instruction: Modify files.\n      servers: [filesystem]\n',
    },
    ['finder', 'inline-coder'],
  ],
  [
    'A2A: what runs an agent for others is not the agent',
    'agents',
    {
      'a.py':
        'from a2a.server.agent_execution import AgentExecutor\nfrom a2a.types import AgentCard\nclass DeskExecutor(AgentExecutor): ...\ncard = AgentCard(name="Desk", url="http://x")\n',
    },
    ['Desk'],
  ],
  [
    'agents of a class of the project called Agent, by what they ask',
    'agents',
    {
      'agents.py':
        '# openai\nclass Agent:\n    def get_llm(self): ...\nclass PlannerAgent(Agent):\n    def invoke(self, question):\n        llm = self.get_llm()\n        return llm.invoke(question)\nclass EndAgent(Agent):\n    def invoke(self):\n        return "end"\n',
      'models.py': 'from openai import OpenAI\nclient = OpenAI()\n',
    },
    ['PlannerAgent'],
  ],
  [
    'ElizaOS: a character',
    'agents',
    {
      'characters/desk.character.json':
        '{"name": "Desk", "plugins": [], "modelProvider": "openrouter", "system": "Answer.", "bio": ["Knows tickets."], "style": {"all": []}}',
      'person.json': '{"name": "Ann", "bio": "Writes about gpt-4o.", "plugins": []}',
    },
    ['Desk'],
  ],
  [
    'a library that nobody here knows: a name, how it speaks, and what it may use or which model',
    'agents',
    {
      'a.py':
        'from acme_swarm import Agent, HttpAgent\nimport openai\ndesk = Agent(name="Desk", instructions="Help.", tools=[find])\nboss = Agent(name="Boss", instructions="Lead.", model=chosen)\nwire = HttpAgent(name="Wire", tools=[find])\nbare = Agent(name="Bare", instructions="Help.")\n',
    },
    ['Boss', 'Desk'],
  ],
  [
    'Agency Swarm: an agent of the examples that lie beside the library',
    'agents',
    {
      'src/agency_swarm/__init__.py': 'from .agent import Agent\n',
      'src/agency_swarm/agent.py': 'import openai\nclass Agent:\n    pass\n',
      'examples/a.py': 'from agency_swarm import Agent\nceo = Agent(name="CEO")\n',
    },
    ['CEO'],
  ],
  [
    "classes of the project's own: what an agent calls itself, and not what kinds of agents do",
    'agents',
    {
      'base.py': 'import openai\nclass BaseAgent:\n    name: str = Field(...)\n',
      'tools.py':
        'from base import BaseAgent\nclass ToolAgent(BaseAgent):\n    name: str = "tools"\n    system_prompt: str = PROMPT\n',
      'desk.py':
        'from tools import ToolAgent\nclass Desk(ToolAgent):\n    name: str = "front-desk"\n    system_prompt: str = PROMPT\nclass Served(Desk):\n    pass\nclass Quiet(ToolAgent):\n    name: str = "quiet"\n',
    },
    ['front-desk'],
  ],
  [
    'agents that only a variable names: by the function, by what they are registered under, by their files',
    'agents',
    {
      'a.py':
        'from langchain.agents import create_agent\ndef create_sales_agent():\n    agent = create_agent(model="openai:gpt-4o", tools=[])\n    return agent\ndef build_report_writer():\n    return create_agent(model="openai:gpt-4o", tools=[])\n',
      'desk/langgraph.json': '{"graphs": {"desk": "./graph.py:agent"}}',
      'desk/graph.py':
        'from deepagents import create_deep_agent\nhelper = {"name": "looker", "description": "d", "system_prompt": "p"}\nagent = create_deep_agent(tools=[], subagents=[helper])\n',
      'one/main.py': 'from pydantic_ai import Agent\nagent = Agent("openai:gpt-4o")\n',
      'two/main.py': 'from pydantic_ai import Agent\nagent = Agent("openai:gpt-4o")\n',
      'agent.json': '{"name": "deployed", "runtime": {"model": {"model_id": "openai:gpt-4o"}}}',
    },
    ['agent (one/main.py)', 'agent (two/main.py)', 'deployed', 'desk', 'looker', 'report_writer', 'sales_agent'],
  ],
  [
    'Atomic Agents: what is made of a class with its types',
    'agents',
    {
      'a.py':
        'from atomic_agents import AtomicAgent, AgentConfig\nplanner = AtomicAgent[In, Out](config=AgentConfig(client=c))\n',
    },
    ['planner'],
  ],
  [
    'a graph that is kept under the name by which a file registers it',
    'agents',
    {
      'langgraph.json': '{"graphs": {"24h Desk": "./desk.py:graph"}}',
      'desk.py':
        'from langgraph.graph import StateGraph\ninner_builder = StateGraph(S)\ninner = inner_builder.compile()\noverall_workflow = StateGraph(S)\ngraph = overall_workflow.compile()\n',
    },
    ['24h Desk', 'inner'],
  ],
  [
    "agents of the project's class below one of a library, which is none itself",
    'agents',
    {
      'base.py':
        'from abc import ABC\nfrom semantic_kernel.agents import Agent\nclass TeamBase(Agent, ABC):\n    pass\n',
      'team.py': 'from base import TeamBase\nclass Team(TeamBase):\n    pass\n',
      'a.py': '# openai\nfrom team import Team\nsupport = Team(name="support", agents=[])\n',
    },
    ['support'],
  ],
  [
    'Swarm: agents by their functions, and the functions',
    'agents',
    { 'a.py': 'from swarm import Agent\ndesk = Agent(name="Desk", instructions="Help.", functions=[find])\n' },
    ['Desk'],
  ],
  [
    'functions that an agent of an unknown library is told',
    'tools',
    {
      'a.py':
        '# openai\nfrom acme_swarm import Agent\ndef find_ticket(id):\n    """Finds."""\ndesk = Agent(name="Desk", instructions="Help.", functions=[find_ticket])\n',
      'b.py': 'import openai\n',
    },
    ['find_ticket'],
  ],
])
