// How libraries let a program say a tool, a server or an agent: Python. One small tree for each shape.
import { tryTrees } from '../testing.ts'

tryTrees([
  [
    'the decorator of a server, called by hand',
    'tools',
    {
      'a.py':
        'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\ndef ask(q): ...\ndef tell(q): ...\nmcp.tool()(ask)\nmcp.tool(name="say")(tell)\n',
    },
    ['ask', 'say'],
  ],
  [
    'functions that a loop hands over',
    'tools',
    {
      'a.py':
        'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\ndef ask(q): ...\ndef tell(q): ...\nfor fn in [ask, tell]:\n    mcp.tool()(fn)\n',
    },
    ['ask', 'tell'],
  ],
  [
    'functions of another file, that a loop hands over',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nfrom tools import ask, tell\nmcp = FastMCP("x")\nTOOLS = (ask, tell)\nfor t in TOOLS:\n    mcp.add_tool(t)\n',
      'tools.py': '# mcp\ndef ask(q): ...\ndef tell(q): ...\n',
    },
    ['ask', 'tell'],
  ],
  [
    'methods of the object around',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nclass S:\n    def __init__(self):\n        self.mcp = FastMCP("x")\n        self.mcp.tool(self.ask)\n        self.mcp.tool()(self.tell)\n        self.mcp.add_tool(self.go)\n    def ask(self, q): ...\n    def tell(self, q): ...\n    def go(self): ...\n',
    },
    ['ask', 'go', 'tell'],
  ],
  [
    'a tool made of a function, under its name or another',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nfrom fastmcp.tools import Tool\nmcp = FastMCP("x")\ndef ask(q): ...\nmcp.add_tool(Tool.from_function(ask, name="ask_it"))\nmcp.add_tool(Tool.from_function(fn=ask))\n',
    },
    ['ask', 'ask_it'],
  ],
  [
    'methods of a class that is mixed in',
    'tools',
    {
      'a.py':
        'from fastmcp.contrib.mcp_mixin import MCPMixin, mcp_tool\nclass A(MCPMixin):\n    @mcp_tool(name="ask_it")\n    def ask(self): ...\n    @mcp_tool()\n    def tell(self): ...\n',
    },
    ['ask_it', 'tell'],
  ],
  [
    'a server made of an interface',
    'mcpServers',
    { 'a.py': 'from fastmcp import FastMCP\nmcp = FastMCP.from_openapi(openapi_spec=s, client=c, name="desk-api")\n' },
    ['desk-api'],
  ],
  [
    'a server made of an application',
    'mcpServers',
    { 'a.py': 'from fastapi_mcp import FastApiMCP\nmcp = FastApiMCP(app, name="desk-api", description="x")\n' },
    ['desk-api'],
  ],
  [
    'a list that is given back, with names from an enumeration',
    'tools',
    {
      'a.py':
        'from mcp.server import Server\nimport mcp.types as types\napp = Server("desk")\n@app.list_tools()\nasync def l():\n    return [types.Tool(name=Names.ASK, description="d", inputSchema={"type":"object"}), types.Tool(name=Names.TELL.value, description="d", inputSchema=X.model_json_schema())]\nclass Names(str, Enum):\n    ASK = "ask"\n    TELL = "tell"\n',
    },
    ['ask', 'tell'],
  ],
  [
    'handlers that hand their name up',
    'tools',
    {
      'a.py':
        'from mcp.types import Tool\nclass Handler:\n    name = "?"\nclass ToolHandler():\n    def __init__(self, tool_name: str):\n        self.name = tool_name\nclass ListFiles(ToolHandler):\n    def __init__(self):\n        super().__init__("list_files")\n    def get_tool_description(self):\n        return Tool(name=self.name, description="Lists.", inputSchema={"type": "object"})\nclass ReadFile(ToolHandler):\n    def __init__(self):\n        super().__init__("read_file")\n    def get_tool_description(self):\n        return Tool(name=self.name, description="Reads.", inputSchema={"type": "object"})\n',
    },
    ['list_files', 'read_file'],
  ],
  [
    'AutoGen: a function that one agent calls and another runs',
    'tools',
    {
      'a.py':
        'from autogen import ConversableAgent, register_function\ndef calc(a): ...\nregister_function(calc, caller=a, executor=b, name="calculator", description="A")\ndef other(a): ...\nregister_function(other, caller=a, executor=b, description="A")\n',
    },
    ['calculator', 'other'],
  ],
  [
    'AutoGen: a function that a model is told of',
    'tools',
    {
      'a.py':
        'from autogen import ConversableAgent\na = ConversableAgent("a")\n@u.register_for_execution()\n@a.register_for_llm(name="calc", description="A")\ndef f(a): ...\n@a.register_for_llm(description="B")\ndef g(a): ...\n',
    },
    ['calc', 'g'],
  ],
  [
    'AutoGen: tools of functions',
    'tools',
    {
      'a.py':
        'from autogen_core.tools import FunctionTool\ndef f(a): ...\nt = FunctionTool(f, description="x")\nu = FunctionTool(f, name="go", description="x")\n',
    },
    ['f', 'go'],
  ],
  [
    'Google ADK: functions, wrapped or as they are',
    'tools',
    {
      'a.py':
        'from google.adk.agents import Agent\nfrom google.adk.tools import FunctionTool, LongRunningFunctionTool, google_search\nfrom google.adk.tools.agent_tool import AgentTool\ndef f(a): ...\ndef g(a): ...\ndef h(a): ...\na = Agent(name="desk", model="gemini-2.0-flash", tools=[f, FunctionTool(func=g), LongRunningFunctionTool(func=h), google_search])\n',
    },
    ['f', 'g', 'google_search', 'h'],
  ],
  [
    'Google ADK: a set of tools from a server',
    'mcpServers',
    {
      'a.py':
        'from google.adk.agents import LlmAgent\nfrom google.adk.tools.mcp_tool.mcp_toolset import MCPToolset, StdioServerParameters, StdioConnectionParams\na = LlmAgent(name="d", tools=[MCPToolset(connection_params=StdioConnectionParams(server_params=StdioServerParameters(command="npx", args=["-y", "@modelcontextprotocol/server-filesystem", "/x"])))])\n',
    },
    ['@modelcontextprotocol/server-filesystem'],
  ],
  [
    'Pydantic AI: every way to hand over a function',
    'tools',
    {
      'a.py':
        'from pydantic_ai import Agent, Tool, FunctionToolset\na = Agent("openai:gpt-4o", tools=[f, Tool(g, name="go"), Tool(h)])\ndef f(x): ...\ndef g(x): ...\ndef h(x): ...\nts = FunctionToolset(tools=[k])\ndef k(x): ...\n@ts.tool\ndef m(x): ...\nts.add_function(n, name="enn")\ndef n(x): ...\n@a.tool(name="oo")\ndef o(c): ...\n',
    },
    ['enn', 'f', 'go', 'h', 'k', 'm', 'oo'],
  ],
  [
    'Pydantic AI: servers by command, by position and by address',
    'mcpServers',
    {
      'a.py':
        'from pydantic_ai import Agent\nfrom pydantic_ai.mcp import MCPServerStdio, MCPServerStreamableHTTP\ns = MCPServerStdio("uvx", args=["mcp-run-python", "stdio"])\nt = MCPServerStreamableHTTP("https://mcp.example.org/mcp")\nu = MCPServerStdio("npx", ["-y", "@playwright/mcp@latest"])\n',
    },
    ['@playwright/mcp', 'mcp-run-python', 'mcp.example.org'],
  ],
  [
    'Strands: a description in data, a decorator, a package of tools',
    'tools',
    {
      'a.py':
        'from strands import Agent, tool\nfrom strands_tools import calculator\nTOOL_SPEC = {"name": "desk", "description": "d", "inputSchema": {"json": {"type": "object"}}}\n@tool\ndef f(): ...\n@tool(name="gee", description="d")\ndef g(): ...\na = Agent(tools=[f, g, calculator])\n',
    },
    ['calculator', 'desk', 'f', 'gee'],
  ],
  [
    'Strands: servers that a client starts or reaches',
    'mcpServers',
    {
      'a.py':
        'from strands.tools.mcp import MCPClient\nfrom mcp import stdio_client, StdioServerParameters\nfrom mcp.client.streamable_http import streamablehttp_client\nc = MCPClient(lambda: stdio_client(StdioServerParameters(command="uvx", args=["awslabs.aws-documentation-mcp-server@latest"])))\nd = MCPClient(lambda: streamablehttp_client("https://docs.example.com/mcp"))\n',
    },
    ['awslabs.aws-documentation-mcp-server', 'docs.example.com'],
  ],
  [
    'Agno: methods that a toolkit registers',
    'tools',
    {
      'a.py':
        'from agno.tools import Toolkit\nfrom agno.agent import Agent\nfrom agno.tools.yfinance import YFinanceTools\nclass Desk(Toolkit):\n    def __init__(self):\n        super().__init__(name="desk", tools=[self.ask])\n        self.register(self.tell)\n    def ask(self): ...\n    def tell(self): ...\na = Agent(name="Boss", tools=[YFinanceTools(stock_price=True), Desk()])\n',
    },
    ['YFinanceTools', 'ask', 'tell'],
  ],
  [
    'Haystack: tools of functions and components',
    'tools',
    {
      'a.py':
        'from haystack.tools import Tool, tool, create_tool_from_function, ComponentTool\ndef f(a): ...\nt = Tool(name="weather", description="d", parameters={}, function=f)\nu = create_tool_from_function(f)\nv = ComponentTool(component=c, name="search", description="x")\n@tool\ndef g(a): ...\n',
    },
    ['f', 'g', 'search', 'weather'],
  ],
  [
    'Haystack: servers by what starts or reaches them',
    'mcpServers',
    {
      'a.py':
        'from haystack_integrations.tools.mcp import MCPToolset, StdioServerInfo, StreamableHttpServerInfo\nt = MCPToolset(server_info=StdioServerInfo(command="uvx", args=["mcp-server-time", "--local-timezone=Europe/Berlin"]))\nu = MCPToolset(server_info=StreamableHttpServerInfo(url="https://mcp.example.org/x"))\n',
    },
    ['mcp-server-time', 'mcp.example.org'],
  ],
  [
    'DSPy: functions of a module that reasons and acts',
    'tools',
    {
      'a.py':
        'import dspy\ndef f(a): ...\ndef g(a): ...\ndef h(a): ...\nr = dspy.ReAct("q->a", tools=[f, g])\nt = dspy.Tool(h)\n',
    },
    ['f', 'g', 'h'],
  ],
  [
    'Letta: functions that are sent to the server',
    'tools',
    {
      'a.py':
        'from letta_client import Letta\nclient = Letta()\ndef f(a): ...\ndef g(a): ...\nclient.tools.upsert_from_function(func=f)\nclient.tools.create_from_function(func=g)\n',
    },
    ['f', 'g'],
  ],
  [
    'Semantic Kernel: plugins that are servers',
    'mcpServers',
    {
      'a.py':
        'from semantic_kernel.connectors.mcp import MCPStdioPlugin, MCPStreamableHttpPlugin\nasync with MCPStdioPlugin(name="Github", command="npx", args=["-y","x-mcp"]) as p: ...\nq = MCPStreamableHttpPlugin(name="Learn", url="https://learn.microsoft.com/api/mcp")\n',
    },
    ['Github', 'Learn'],
  ],
  [
    "Claude's agent: a tool by its decorator",
    'tools',
    {
      'a.py':
        'from claude_agent_sdk import tool, create_sdk_mcp_server\n@tool("add", "Adds", {"a": float})\nasync def add_numbers(args): ...\ns = create_sdk_mcp_server(name="calc", version="1", tools=[add_numbers])\n',
    },
    ['add'],
  ],
  [
    "Claude's agent: a server within the program",
    'mcpServers',
    {
      'a.py':
        'from claude_agent_sdk import tool, create_sdk_mcp_server\ns = create_sdk_mcp_server(name="calc", version="1", tools=[add_numbers])\n',
    },
    ['calc'],
  ],
  [
    'Bedrock: a tool by its specification',
    'tools',
    {
      'a.py':
        'import boto3\nb = boto3.client("bedrock-runtime")\nb.converse(modelId="anthropic.claude-3-haiku-20240307-v1:0", toolConfig={"tools": [{"toolSpec": {"name": "top_song", "description": "d", "inputSchema": {"json": {}}}}]})\n',
    },
    ['top_song'],
  ],
  [
    'Gemini: functions as they are',
    'tools',
    {
      'a.py':
        'from google import genai\nfrom google.genai import types\ndef f(x): ...\nc = types.GenerateContentConfig(tools=[f])\nd = types.FunctionDeclaration(name="go", description="d", parameters={})\n',
    },
    ['f', 'go'],
  ],
  [
    'a list that grows',
    'tools',
    {
      'a.py':
        'from langchain_openai import ChatOpenAI\nfrom pydantic import BaseModel\nclass A(BaseModel): ...\nclass B(BaseModel): ...\ndef f():\n    tools = [A]\n    if x:\n        tools.append(B)\n    return llm.bind_tools(tools)\n',
    },
    ['A', 'B'],
  ],
  [
    'lists that are put together',
    'tools',
    {
      'a.py':
        'from langgraph.prebuilt import create_react_agent\ndef a(): ...\ndef b(): ...\nX = [a]\nY = [b]\ng = create_react_agent(m, tools=X + Y)\nh = create_react_agent(m, [*X, *Y])\n',
    },
    ['a', 'b'],
  ],
  [
    'Pipecat: the schema of a function',
    'tools',
    {
      'a.py':
        'from pipecat.adapters.schemas.function_schema import FunctionSchema\nf = FunctionSchema(name="get_weather", description="d", properties={}, required=[])\n',
    },
    ['get_weather'],
  ],
  [
    'a server of a class of the project, with another class between',
    'mcpServers',
    {
      'b.py': 'from fastmcp import FastMCP\nclass Base(FastMCP[int]):\n    pass\n',
      'a.py':
        '# mcp\nfrom b import Base\nclass Mine(Base[int]):\n    pass\nm = Mine(name="My Desk")\nn = Base(name="Other Desk")\n',
    },
    ['My Desk', 'Other Desk'],
  ],
  [
    'an agent as a tool',
    'tools',
    {
      'a.py':
        'from agents import Agent\na = Agent(name="a")\nb = Agent(name="b", tools=[a.as_tool(tool_name="ask_a", tool_description="d")])\n',
    },
    ['ask_a'],
  ],
  [
    'LlamaIndex: servers by address and by command',
    'mcpServers',
    {
      'a.py':
        'from llama_index.tools.mcp import BasicMCPClient, McpToolSpec\nc = BasicMCPClient("https://mcp.example.org/sse")\nd = BasicMCPClient("npx", args=["-y", "some-mcp"])\n',
    },
    ['mcp.example.org', 'some-mcp'],
  ],
  [
    'AutoGen: servers by command and by address',
    'mcpServers',
    {
      'a.py':
        'from autogen_ext.tools.mcp import StdioServerParams, McpWorkbench, SseServerParams\np = StdioServerParams(command="uvx", args=["mcp-server-fetch"])\nw = McpWorkbench(SseServerParams(url="https://x.example.org/sse"))\n',
    },
    ['mcp-server-fetch', 'x.example.org'],
  ],
  [
    'a name in the decorator, and none',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nm = FastMCP("x")\n@m.tool("named_it", description="x")\ndef f(): ...\n@m.tool\ndef g(): ...\n',
    },
    ['g', 'named_it'],
  ],
  [
    'a tool within a function that registers',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nm = FastMCP("x")\ndef register(server):\n    @server.tool(description="x")\n    async def f(): ...\n',
    },
    ['f'],
  ],
  [
    'a class that a decorator makes a tool',
    'tools',
    {
      'a.py':
        'from langchain_core.tools import tool\nfrom pydantic import BaseModel\n@tool\nclass Query(BaseModel):\n    """Asks."""\n    query: str\n',
    },
    ['Query'],
  ],
  [
    'a server that is imported under another name',
    'mcpServers',
    { 'a.py': 'from mcp.server.lowlevel import Server as LowLevelServer\napp = LowLevelServer("desk")\n' },
    ['desk'],
  ],
  [
    'what a tool gives back is none',
    'tools',
    {
      'a.py':
        'from fastmcp import FastMCP\nfrom fastmcp.tools.tool import TextContent, ToolResult\nm = FastMCP("x")\n@m.tool\ndef ask():\n    return ToolResult(content=[TextContent(type="text", text="x")])\n',
    },
    ['ask'],
  ],
  [
    'a method that is told the name',
    'tools',
    {
      'a.py':
        'from mcp.server.fastmcp import FastMCP\nclass Desk:\n    def __init__(self):\n        self.mcp = FastMCP("x")\n        self._add_tool("ask_it", self.ask)\n        self._add_tool("tell_it", self.tell)\n    def _add_tool(self, name, fn):\n        self.mcp.add_tool(fn, name=name)\n    def ask(self): ...\n    def tell(self): ...\n',
    },
    ['ask_it', 'tell_it'],
  ],
  [
    'a model whose tokens are only counted',
    'models',
    {
      'a.py':
        'import tiktoken\ndef cut(text: str, model: str = "gpt-4"):\n    return tiktoken.encoding_for_model(model).encode(text)\n',
    },
    [],
  ],
])
