// Things that are put together before they have a name: by builders, by those who call a function, by a class around. One
// small tree for each shape.
import { tryTrees } from '../testing.ts'

tryTrees([
  [
    'LangChain4j: an agent is called like its interface, or as that says itself',
    'agents',
    {
      'Reader.java':
        'package a;\nimport dev.langchain4j.agentic.Agent;\ninterface Reader {\n  @Agent("reads")\n  String read(String a);\n}\n',
      'Judge.java':
        'package a;\nimport dev.langchain4j.agentic.Agent;\ninterface Judge {\n  @Agent(name = "judge-of-all", description = "judges")\n  String judge(String a);\n}\n',
      'Config.java':
        'package a;\nimport dev.langchain4j.agentic.AgenticServices;\nclass Config {\n  void make() {\n    Reader one = AgenticServices.agentBuilder(Reader.class).chatModel(m).build();\n    Judge two = AgenticServices.agentBuilder(Judge.class).chatModel(m).build();\n    SupervisorAgent boss = AgenticServices.supervisorBuilder().chatModel(m).subAgents(one, two).build();\n  }\n}\n',
    },
    ['Reader', 'boss', 'judge-of-all'],
  ],
  [
    'LangChain4j: a service that is given tools is an agent, another one is not',
    'agents',
    {
      'Config.java':
        'package a;\nimport dev.langchain4j.service.AiServices;\nclass Config {\n  Desk desk() { return AiServices.builder(Desk.class).chatModel(m).tools(new Finder()).build(); }\n  Summary summary() { return AiServices.builder(Summary.class).chatModel(m).build(); }\n}\n',
    },
    ['Desk'],
  ],
  [
    'Spring: a class called an agent that asks a model through its client',
    'agents',
    {
      'WriterAgent.java':
        'package a;\nimport org.springframework.ai.chat.client.ChatClient;\nclass WriterAgent {\n  String write(String q) { return this.client.prompt(q).user(q).call().content(); }\n}\nclass HouseAgent {\n  String sell() { return this.house.price(); }\n}\n',
    },
    ['WriterAgent'],
  ],
  [
    'an agent is called as those who make it say',
    'agents',
    {
      'a.py':
        'from semantic_kernel.agents import ChatCompletionAgent\ndef make(topic):\n    specialist = ChatCompletionAgent(name=f"{topic}_reader", instructions="Read.")\n    return specialist\nlaw = make("law")\nart = make("art")\n',
    },
    ['art_reader', 'law_reader'],
  ],
  [
    'a variable with a number says no more than the word',
    'agents',
    {
      'one.py': 'from pydantic_ai import Agent\nagent1 = Agent("openai:gpt-4o")\n',
      'two.py': 'from pydantic_ai import Agent\nagent1 = Agent("openai:gpt-4o")\n',
    },
    ['agent1 (one.py)', 'agent1 (two.py)'],
  ],
  [
    'a loop that hands tools to a model is an agent by its file as well, and what helps it is none',
    'agents',
    {
      'desk/loop.py':
        'from openai import AsyncOpenAI\nasync def answer(question):\n    client = AsyncOpenAI()\n    given = {"model": "gpt-4o", "tools": TOOLS}\n    while True:\n        reply = await client.chat.completions.create(**given)\nasync def tell(text):\n    return await AsyncOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n',
      'desk/page.py':
        'from openai import OpenAI\ndef answer(question):\n    return OpenAI().chat.completions.create(model="gpt-4o", tools=TOOLS)\n',
    },
    ['answer'],
  ],
  [
    'agents that code keeps in a map, by their keys or as they say, and a map of other things',
    'agents',
    {
      'a.ts':
        'import OpenAI from "openai"\nconst base = { model: "gpt-4o", systemPrompt: "Help." }\nexport const app = start({ agents: { one: { ...base, name: "Front Desk" }, two: { ...base } } })\nconst agents = { http: { keepAlive: true }, https: { keepAlive: true } }\n',
      'b.go':
        'package b\nimport "github.com/openai/openai-go"\nconst AgentCoder string = "coder"\nfunc setUp() { agents := map[string]Agent{ AgentCoder: { ID: AgentCoder, AllowedTools: all } } }\n',
    },
    ['Front Desk', 'coder', 'two'],
  ],
  [
    'Haystack: a tool made of a component is called like its class',
    'tools',
    {
      'a.py':
        'from haystack.components.agents import Agent\nfrom haystack.tools import ComponentTool\nfrom haystack.components.websearch import SerperDevWebSearch\nsearch = ComponentTool(component=SerperDevWebSearch())\nagent = Agent(chat_generator=g, tools=[search])\n',
    },
    ['serper_dev_web_search'],
  ],
  [
    'a tool that a function is made into under another name is called like the function',
    'tools',
    {
      'a.py':
        'from autogen_core.tools import FunctionTool\ndef look_up(q: str) -> str:\n    return q\nlook_up_tool = FunctionTool(func=look_up, description="Looks up.")\n',
    },
    ['look_up'],
  ],
  [
    'tools that an agent is given after it was made',
    'tools',
    {
      'a.py':
        'from swarm import Agent\ndef find(): ...\ndef hand_over(): ...\ndef other(): ...\ndesk = Agent(name="Desk")\ndesk.functions = [find]\ndesk.functions.append(hand_over)\nqueue = []\nqueue.functions.append(other)\n',
    },
    ['find', 'hand_over'],
  ],
  [
    'Go: each library has a word of its own for a tool',
    'tools',
    {
      'a.go':
        'package a\nimport "charm.land/fantasy"\nconst ViewToolName = "view"\nfunc f() { fantasy.NewAgentTool(ViewToolName, "shows", run); fantasy.NewParallelAgentTool("search", "looks", run); other.NewHandTool("saw", "cuts", run) }\n',
    },
    ['search', 'view'],
  ],
  [
    'tools in the words of the protocol, of a server that is written without a library',
    'tools',
    {
      'main.go':
        'package main\nfunc answer() { resp.Result = map[string]interface{}{ "protocolVersion": "2024-11-05", "serverInfo": ServerInfo{Name: "mcp-mail", Version: "1"}, "tools": []Tool{ {Name: "get_mail", Description: "Gets it.", InputSchema: map[string]interface{}{"type": "object"}} } } }\n',
    },
    ['get_mail'],
  ],
  [
    'a class that registers tools is none itself',
    'tools',
    {
      'base.py':
        'from fastmcp import FastMCP\nclass MCPToolBase:\n    def __init__(self, domain):\n        self.domain = domain\n',
      'hr.py':
        'from base import MCPToolBase\nclass HrService(MCPToolBase):\n    """Tools of the office."""\n    def __init__(self):\n        super().__init__("hr")\n    def register_tools(self, mcp):\n        @mcp.tool(tags={"hr"})\n        def pay(name: str) -> str:\n            """Pays."""\n            return name\n',
    },
    ['pay'],
  ],
  [
    'a server of Laravel says its name in a member or in an attribute',
    'mcpServers',
    {
      'composer.json': '{"name": "acme/app", "require": {"laravel/mcp": "^0.1"}}',
      'app/Desk.php':
        '<?php\nnamespace App;\nuse Laravel\\Mcp\\Server;\nclass Desk extends Server { protected string $name = "Front Desk"; }\n',
      'app/Door.php':
        '<?php\nnamespace App;\nuse Laravel\\Mcp\\Server;\nuse Laravel\\Mcp\\Server\\Attributes\\Name;\n#[Name("Back Door")]\nclass Door extends Server { }\n',
    },
    ['Back Door', 'Front Desk'],
  ],
  [
    'a server that Go builds beside its tools',
    'mcpServers',
    {
      'main.go':
        'package main\nimport ("github.com/strowk/foxy-contexts/pkg/app"; "github.com/strowk/foxy-contexts/pkg/mcp")\nfunc main() { app.NewBuilder().WithTool(tools.NewFind).WithName("desk-go").WithVersion("1"); other.NewBuilder().WithName("no-server") }\n',
    },
    ['desk-go'],
  ],
  [
    'what the method of an object is told that makes a server is not its name',
    'mcpServers',
    {
      'a.ts':
        'import { Server } from "@modelcontextprotocol/sdk/server/index.js"\nclass Desk {\n  private createMcpServer(suffix = "") {\n    return new Server({ name: "desk" + suffix, version: "1" }, {})\n  }\n  run() { const http = this.createMcpServer("-http") }\n}\n',
    },
    ['desk'],
  ],
  [
    'a server that the JVM starts by its parameters',
    'mcpServers',
    {
      'A.java':
        'package a;\nimport io.modelcontextprotocol.client.transport.ServerParameters;\nclass A { void f() { var p = ServerParameters.builder("uvx").args("mcp-server-sqlite", "--db-path", "x").build(); var q = ServerParameters.builder("npx").args(List.of("-y", "@acme/mcp-server-desk")).build(); } }\n',
    },
    ['@acme/mcp-server-desk', 'mcp-server-sqlite'],
  ],
  [
    'a manifest for a host names a server that its code does not',
    'mcpServers',
    {
      'smithery.yaml':
        '# how to start the MCP server\nstartCommand:\n  type: stdio\n  commandFunction:\n    (config) => ({ command: "node", args: ["dist/index.js"] })\n',
      'package.json': '{"name": "desk-mcp", "dependencies": {"@modelcontextprotocol/sdk": "1"}}',
    },
    ['desk-mcp'],
  ],
])
