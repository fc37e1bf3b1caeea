// Classes of code that an eighth look at unseen repositories had shown to be missed, each by an example of its own.
import { tryTrees } from './testing.ts'

const CLOSE = '{"tools": [{"name": "close_ticket", "description": "Closes.", "input_schema": {"type": "object"}}]}'

tryTrees([
  [
    'Java: what a builder is told before it builds is the name, wherever in the chain',
    'agents',
    {
      'Desk.java':
        'import com.google.adk.agents.LlmAgent;\nimport com.google.adk.agents.LoopAgent;\nclass Desk {\n  public static LlmAgent ROOT_AGENT = LlmAgent.builder().model("gemini-2.0-flash").name("front-desk").instruction("Help.").build();\n  static LoopAgent again() { return LoopAgent.builder().name("again").subAgents(ROOT_AGENT).build(); }\n}\n',
    },
    ['again', 'front-desk'],
  ],
  [
    'Kotlin: the settings that an agent is made with say its name',
    'agents',
    {
      'Desk.kt':
        'import ai.koog.agents.core.agent.AIAgent\nimport ai.koog.agents.core.agent.config.AIAgentConfig\nfun main() {\n  val agent = AIAgent(promptExecutor = executor, agentConfig = AIAgentConfig.withSystemPrompt(prompt = "Help.", id = "ticket-desk"))\n}\n',
    },
    ['ticket-desk'],
  ],
  [
    'Python: a further kind of agent of a library that is known; what says no more than its name is none',
    'agents',
    {
      'desk.py':
        'from autogen.agentchat.contrib.math_agent import MathTutorAgent\nfrom autogen import ProxyOfAgent\ntutor = MathTutorAgent(name="tutor", system_message="Teach.", llm_config=config)\nproxy = ProxyOfAgent(name="proxy")\n',
    },
    ['tutor'],
  ],
  [
    'Python: made and asked in one breath, an agent is called like the function around',
    'agents',
    {
      'steps.py':
        'from langgraph.prebuilt import create_react_agent\ndef look_up(state):\n    answer = create_react_agent(model="openai:gpt-4.1", tools=[find]).invoke(state)\n    return answer\ndef sum_up(state):\n    return create_react_agent(model="openai:gpt-4.1", tools=[]).ainvoke(state)\n',
    },
    ['look_up', 'sum_up'],
  ],
  [
    'Python: a letter is no name, and a function that makes one for itself is',
    'agents',
    {
      'a/desk.py': 'from strands import Agent\ndef open_desk():\n    a = Agent(**settings)\n    return run(a)\n',
      'b/clerk.py':
        'from strands import Agent\ndef _build_night_clerk():\n    return Agent(tools=[], system_prompt="Watch.")\n',
    },
    ['agent (a/desk.py)', 'night_clerk'],
  ],
  [
    'TypeScript: an agent of a library that nobody knows is called like what keeps it',
    'agents',
    {
      'package.json': '{"dependencies": {"ai": "5", "desk-agents": "1"}}',
      'desk.ts':
        "import { openai } from '@ai-sdk/openai'\nimport { agent } from 'desk-agents'\nexport const clerk = agent({ model: openai('gpt-4o'), system: 'Help.' })\nexport const browser = userAgent({ model: 'x' })\n",
    },
    ['clerk'],
  ],
  [
    'TypeScript: a step in a file called agent is part of the graph that takes it',
    'agents',
    {
      'desk/graph.ts':
        "import { StateGraph } from '@langchain/langgraph'\nimport { ask } from '../steps/agent'\nconst workflow = new StateGraph(State).addNode('ask', ask)\nexport const graph = workflow.compile({ name: 'Desk' })\n",
      'steps/agent.ts':
        "import { ChatOpenAI } from '@langchain/openai'\nconst llm = new ChatOpenAI({ model: 'gpt-4o' })\nexport const ask = async (state) => {\n  const said = await llm.invoke(state.messages)\n  return { messages: [said] }\n}\n",
    },
    ['Desk'],
  ],
  [
    'Python: Semantic Kernel that may choose functions itself, asked in a class and in a function and its streaming twin',
    'agents',
    {
      'tools.json': CLOSE,
      'runtime.py':
        'from semantic_kernel.connectors.ai import FunctionChoiceBehavior, PromptExecutionSettings\nclass Dispatcher:\n    async def answer(self, text):\n        settings = PromptExecutionSettings(function_choice_behavior=FunctionChoiceBehavior.Auto())\n        return await self.chat.get_chat_message_contents(chat_history=history, settings=settings, kernel=self.kernel)\n',
      'sums.py':
        'from semantic_kernel.connectors.ai import FunctionChoiceBehavior, PromptExecutionSettings\nasync def reckon(text):\n    settings = PromptExecutionSettings(function_choice_behavior=FunctionChoiceBehavior.Auto())\n    return await service.get_chat_message_content(history, settings, kernel=kernel)\nasync def reckon_stream(text):\n    settings = PromptExecutionSettings(function_choice_behavior=FunctionChoiceBehavior.Auto())\n    async for part in service.get_streaming_chat_message_content(history, settings, kernel=kernel):\n        yield part\n',
      'plain.py':
        'from semantic_kernel import Kernel\nasync def title(text):\n    return await kernel.invoke_prompt("Name this: " + text)\n',
    },
    ['Dispatcher', 'reckon'],
  ],
  [
    'Kotlin: a loop over a streaming model, which another class asks',
    'agents',
    {
      'tools.json': CLOSE,
      'Desk.kt':
        'import dev.langchain4j.model.chat.request.ChatRequest\nclass Desk(private val line: ModelLine, private val toolRegistry: ToolRegistry) {\n  suspend fun answer() {\n    do {\n      var again = false\n      line.listen(request()).collect { event ->\n        when (event) {\n          is Event.ToolCall -> { val result = toolRegistry.execute(event.toolExecutionRequest); again = true }\n        }\n      }\n    } while (again)\n  }\n}\n',
      'ModelLine.kt':
        'import dev.langchain4j.model.chat.StreamingChatModel\nclass ModelLine(private val currentChatModel: StreamingChatModel) {\n  fun listen(request: ChatRequest) = callbackFlow { currentChatModel.chat(request, handler) }\n}\n',
    },
    ['Desk'],
  ],
  [
    'TypeScript: a map of functions with a capital, looked into by what was chosen',
    'agents',
    {
      'tools.json': CLOSE,
      'desk.ts':
        "import OpenAI from 'openai'\nimport { Actions } from './actions'\nexport async function serve(messages: any[]) {\n  for (;;) {\n    const { choices } = await new OpenAI().chat.completions.create({ model: 'm', messages, tools })\n    for (const one of choices[0].message.tool_calls ?? []) {\n      const said = await Actions[one.function.name as keyof typeof Actions](one.function.arguments)\n      messages.push({ role: 'tool', tool_call_id: one.id, content: said })\n    }\n  }\n}\n",
      'actions.ts': 'export const Actions = { close_ticket: async () => 1 }\n',
    },
    ['serve'],
  ],
  [
    'Kotlin and C#: what a class hands to the one above it at its head; a constant of the companion is the own',
    'tools',
    {
      'Find.kt':
        'import ai.koog.agents.core.tools.SimpleTool\nclass FindTicketTool(private val desk: Desk) : SimpleTool<FindTicketTool.Args>(argsSerializer = Args.serializer(), name = NAME, description = "Finds.") {\n  companion object {\n    const val NAME = "find_ticket"\n  }\n}\nclass CloseTicketTool : SimpleTool<CloseTicketTool.Args>(name = NAME, description = "Closes.") {\n  companion object {\n    const val NAME = "close_ticket"\n  }\n}\n',
      'Open.cs':
        'using ModelContextProtocol.Server;\npublic abstract class DeskTool(string name) : McpServerTool { public abstract JsonElement InputSchema { get; } }\npublic class OpenTicket(IDesk desk) : DeskTool("open_ticket") { public override JsonElement InputSchema => schema; }\n',
    },
    ['close_ticket', 'find_ticket', 'open_ticket'],
  ],
  [
    'Java: methods by their names, and an agent that is handed over is no tool',
    'tools',
    {
      'Desk.java':
        'import com.google.adk.agents.LlmAgent;\nimport com.google.adk.tools.*;\nimport com.google.adk.tools.FunctionTool;\nimport com.google.adk.tools.LongRunningFunctionTool;\nimport com.google.adk.tools.AgentTool;\nclass Desk {\n  static LlmAgent DESK = LlmAgent.builder().name("desk").tools(FunctionTool.create(Desk.class, "closeTicket"), LongRunningFunctionTool.create(hours, "askOwner"), AgentTool.create(CLERK)).build();\n  public static String closeTicket(String id) { return id; }\n}\n',
    },
    ['askOwner', 'closeTicket'],
  ],
  [
    'functions that take nothing: by the form around them, or by their type',
    'tools',
    {
      'a.py':
        'from openai import OpenAI\nTOOLS = [{"type": "function", "function": {"name": "list_desks", "description": "Lists."}}]\nOpenAI().chat.completions.create(model="m", tools=TOOLS)\n',
      'b.ts':
        "import { GoogleGenerativeAI, type FunctionDeclaration } from '@google/generative-ai'\nconst hours: FunctionDeclaration = { name: 'get_hours', description: 'Says when.' }\nexport const tools = [{ functionDeclarations: [hours, { name: 'get_place', description: 'Says where.' }] }]\n",
    },
    ['get_hours', 'get_place', 'list_desks'],
  ],
  [
    'TypeScript: the key is what a model is told, wherever the map goes; what keeps a tool is no second name',
    'tools',
    {
      'package.json': '{"dependencies": {"ai": "5"}}',
      'a.ts':
        "import { streamText, tool } from 'ai'\nconst closeTool = tool({ description: 'Closes.', inputSchema: z.object({}), execute: async () => 1 })\nconst open = tool({ description: 'Opens.', inputSchema: z.object({}), execute: async () => 1 })\nexport const answer = streamText({ model, tools: { close: closeTool, open } })\n",
      'b.ts':
        "import { tool } from 'ai'\nexport function withHelp(options) {\n  const helpTool = tool({ description: 'Helps.', inputSchema: z.object({}), execute: async () => 1 })\n  return { ...options, tools: { ...options.tools, ask_for_help: helpTool } }\n}\n",
    },
    ['ask_for_help', 'close', 'open'],
  ],
  [
    'Python: an agent that says what it takes is no tool',
    'tools',
    {
      'desk.py':
        'from google.adk.agents import LlmAgent\nfrom pydantic import BaseModel\nclass Ask(BaseModel):\n    text: str\ndesk = LlmAgent(name="desk", description="Helps.", input_schema=Ask, instruction="Help.")\n',
    },
    [],
  ],
  [
    'Python: functions that are handed to a class of the project which asks a model; to another, they are none',
    'tools',
    {
      'clerk.py':
        'from openai import OpenAI\nclass Clerk:\n    def __init__(self, functions): self.functions = functions\n    def ask(self, messages):\n        return OpenAI().chat.completions.create(model="m", messages=messages, functions=self.describe())\n',
      'desk/tickets.py': 'def close_ticket(number: int) -> str:\n    """Closes a ticket."""\n    return "closed"\n',
      'main.py':
        'from clerk import Clerk\nfrom pipeline import Pipeline\nimport desk.tickets as tickets\ndef wash(): ...\nclerk = Clerk(model="gpt-4o", functions=[tickets.close_ticket])\nother = Pipeline(functions=[wash])\n',
      'pipeline.py': 'class Pipeline:\n    def __init__(self, functions): self.functions = functions\n',
    },
    ['close_ticket'],
  ],
  [
    'Kotlin: the name stands in what is said of a server',
    'mcpServers',
    {
      'settings.gradle.kts': 'rootProject.name = "some-project"\n',
      'Server.kt':
        'import io.modelcontextprotocol.kotlin.sdk.server.Server\nimport io.modelcontextprotocol.kotlin.sdk.Implementation\nfun make() = Server(serverInfo = Implementation(name = "desk", version = "1.0.0"), options = ServerOptions())\n',
    },
    ['desk'],
  ],
  [
    'Ruby: a script with tools is a server that says its name first; what stands in a resource says that of itself',
    'mcpServers',
    {
      'server.rb':
        'require "mcp"\nname "desk"\nversion "1.0.0"\nresource "desk://hours" do\n  name "Hours"\n  call { "nine" }\nend\ntool "close_ticket" do\n  description "Closes."\n  call { |given| given }\nend\n',
    },
    ['desk'],
  ],
  [
    'Python: settings that are kept under a name start the same server, which is the own',
    'mcpServers',
    {
      'client.py':
        'from mcp import ClientSession, StdioServerParameters\nfrom mcp.client.stdio import stdio_client\nasync def reach():\n    desk = StdioServerParameters(command="python", args=["desk.py"])\n    async with stdio_client(desk) as (read, write): ...\n',
      'desk.py': 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("desk")\n',
    },
    ['desk'],
  ],
  [
    'settings that a step of a pipeline or a script writes, with a template in quotes',
    'mcpServers',
    {
      '.github/workflows/review.yml':
        'on: push\njobs:\n  review:\n    runs-on: ubuntu-latest\n    steps:\n      - run: |\n          cat > /tmp/mcp.json << EOF\n          {\n            "mcpServers": {\n              "tickets": {"command": "docker", "args": ["run", "-i", "acme/tickets-mcp"], "env": {"KEY": "${{ secrets.KEY }}"}}\n            }\n          }\n          EOF\n',
      'setup.sh':
        '#!/bin/sh\ncat > ~/.cursor/mcp.json << EOF\n{\n  "mcpServers": {\n    "hours": { "url": "https://hours.example/mcp" }\n  }\n}\nEOF\n',
    },
    ['hours', 'tickets'],
  ],
  [
    'TypeScript: a list of agents that says what each is called and how it speaks; a list of people is none',
    'agents',
    {
      'desk.ts':
        "import { streamText } from 'ai'\nexport const agents: Clerk[] = [\n  { id: 'a', name: 'Ticket Clerk', systemPrompt: 'Close tickets.' },\n  { id: 'b', name: 'Night Clerk', systemPrompt: 'Watch.' },\n]\n",
      'sales.ts':
        "import { generateText } from 'ai'\nexport const agents = [{ name: 'Smith', phone: '1' }, { name: 'Jones', phone: '2' }]\n",
    },
    ['Night Clerk', 'Ticket Clerk'],
  ],
  [
    'Java: Semantic Kernel that calls what the model chose',
    'agents',
    {
      'Clerk.java':
        'import com.microsoft.semantickernel.orchestration.*;\nimport com.microsoft.semantickernel.semanticfunctions.annotations.DefineKernelFunction;\nclass Clerk {\n  @DefineKernelFunction(name = "close_ticket", description = "Closes.")\n  public String close(String id) { return id; }\n  String ask(String text) {\n    InvocationContext context = InvocationContext.builder().withToolCallBehavior(ToolCallBehavior.allowAllKernelFunctions(true)).build();\n    return chat.getChatMessageContentsAsync(history, kernel, context).block();\n  }\n}\n',
    },
    ['Clerk'],
  ],
  [
    'Python: methods of an object are called like themselves, not like what keeps them',
    'tools',
    {
      'main.py':
        'from autogen_agentchat.agents import AssistantAgent\nfrom autogen_core.tools import FunctionTool\nfrom desk import Desk\ndesk = Desk()\nclose_tool = FunctionTool(desk.close_ticket, description="Closes.")\nclerk = AssistantAgent(name="clerk", tools=[close_tool, FunctionTool(desk.open_ticket, description="Opens.")])\n',
      'desk.py':
        'class Desk:\n    def close_ticket(self, number: int): ...\n    def open_ticket(self, number: int): ...\n    def wash(self): ...\n',
    },
    ['close_ticket', 'open_ticket'],
  ],
  [
    'a function that takes nothing, in the flat form, and named in a builder of the SDKs',
    'tools',
    {
      'a.py':
        'from openai import OpenAI\ntools = [{"type": "function", "name": "list_desks", "description": "Lists."}]\nOpenAI().responses.create(model="m", tools=tools)\n',
      'B.java':
        'import com.openai.models.FunctionDefinition;\nclass B { FunctionDefinition f = FunctionDefinition.builder().name("list_cars").description("Lists.").build(); }\n',
      'c.rs':
        'use async_openai::types::FunctionObjectArgs;\nfn c() { let f = FunctionObjectArgs::default().name("list_doors").description("Lists.").build(); }\n',
    },
    ['list_cars', 'list_desks', 'list_doors'],
  ],
  [
    'Python: a server that a function starts when it is wanted, at an address of which a part is not known',
    'mcpServers',
    {
      'reach.py':
        'from strands.tools.mcp.mcp_client import MCPClient\nfrom acme_proxy import signed_streamablehttp_client\ndef tools(region):\n    endpoint = f"https://tickets.{region}.example/mcp"\n    factory = lambda: signed_streamablehttp_client(endpoint=endpoint)\n    client = MCPClient(factory)\n    return client.list_tools_sync()\n',
    },
    ['tickets.*.example'],
  ],
  [
    'Ruby: a class of the project that is called like one of a library says its name itself',
    'mcpServers',
    {
      'mcp/server.rb':
        'module MCP\n  class Server\n    def answer(request)\n      case request[:method]\n      when "initialize"\n        { jsonrpc: "2.0", result: { protocolVersion: "2025-03-26", serverInfo: { name: "desk", version: "1.0.0" } } }\n      when "tools/list"\n        { jsonrpc: "2.0", result: { tools: [] } }\n      end\n    end\n  end\nend\n',
      'mcp/bin/start.rb': 'require_relative "../server"\nserver = MCP::Server.new\nserver.run\n',
    },
    ['desk'],
  ],
  [
    'C#: the options that a server is made with say its name',
    'mcpServers',
    {
      'Program.cs':
        'using ModelContextProtocol.Server;\nvar options = new McpServerOptions { ServerInfo = new Implementation { Name = "desk", Version = "1.0" } };\n',
    },
    ['desk'],
  ],
  [
    'Python: what is made of a class under a name is the agent; a class that nobody names is one itself',
    'agents',
    {
      'desk.py':
        'from google.adk.agents import BaseAgent\nclass StopCheckAgent(BaseAgent):\n    async def _run_async_impl(self, ctx): ...\nclass NightAgent(BaseAgent):\n    async def _run_async_impl(self, ctx): ...\n',
      'main.py':
        'from google.adk.agents import LoopAgent\nfrom desk import NightAgent, StopCheckAgent\nstop = StopCheckAgent(name="stop_check_of_desk")\nnight = NightAgent()\n',
    },
    ['NightAgent', 'stop_check_of_desk'],
  ],
  [
    'Go: a transport that is told nothing is the end of a server, in a file of its own too',
    'mcpServers',
    {
      'go.mod': 'module example.com/desk\n',
      'main.go':
        'package main\nimport (\n\t"example.com/desk/server"\n\t"github.com/modelcontextprotocol/go-sdk/mcp"\n)\nfunc main() { server.New().Run(ctx, &mcp.StdioTransport{}) }\n',
      'server/server.go':
        'package server\nimport "github.com/modelcontextprotocol/go-sdk/mcp"\nfunc New() *mcp.Server { return mcp.NewServer(&mcp.Implementation{Name: "desk", Version: "1"}, nil) }\n',
    },
    ['desk'],
  ],
])
