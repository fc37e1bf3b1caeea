// Agents, tools and servers that no word of a library names as such: what stands together tells them. Each row is a small
// tree of its own, most of them with something beside that looks alike and is none.
import { tryTrees } from './testing.ts'

tryTrees([
  [
    'Go: types that answer what a model must know of a tool, in a server that no library wrote',
    'tools',
    {
      'tools/close.go':
        'package tools\n// mcp\ntype CloseTool struct{}\nfunc (t *CloseTool) Name() string { return "close_ticket" }\nfunc (t *CloseTool) Description() string { return "Closes." }\nfunc (t *CloseTool) InputSchema() map[string]any { return nil }\nfunc (t *CloseTool) Execute(a map[string]any) (string, error) { return "", nil }\n',
      'jobs/sweep.go':
        'package jobs\n// mcp\ntype Sweep struct{}\nfunc (s *Sweep) Name() string { return "sweep_disk" }\nfunc (s *Sweep) Description() string { return "Sweeps." }\nfunc (s *Sweep) Execute() error { return nil }\n',
    },
    ['close_ticket'],
  ],
  [
    'a tool of Mastra that nothing makes, beside a step of a flow',
    'tools',
    {
      'a.ts':
        'import { createStep } from "@mastra/core/workflows"\nconst lookUp = { id: "look_up", description: "Looks.", inputSchema: z.object({}), execute: async () => 1 }\nconst step = createStep({ id: "sort_out", description: "Sorts.", inputSchema: z.object({}), execute: async () => 1 })\n',
    },
    ['look_up'],
  ],
  [
    'a server that Semantic Kernel makes of functions, and one of a kernel',
    'mcpServers',
    {
      'a.py':
        'from semantic_kernel.connectors.mcp import create_mcp_server_from_functions\nserver = create_mcp_server_from_functions(plugin, server_name="Desk", plugin_name="desk")\n',
      'b.py':
        'from semantic_kernel import Kernel\nkernel = Kernel()\nserver = kernel.as_mcp_server(server_name="Shop")\n',
    },
    ['Desk', 'Shop'],
  ],
  [
    'a chat client of Spring that is told who it is and given tools',
    'agents',
    {
      'Reader.java':
        'import org.springframework.ai.chat.client.ChatClient;\nclass Reader { ChatClient c; Reader(ChatClient.Builder b) { this.c = b.build().mutate().defaultSystem("You read.").defaultTools(crawler).build(); } }\n',
      'Writer.java':
        'import org.springframework.ai.chat.client.ChatClient;\nclass Writer { ChatClient c; Writer(ChatClient.Builder b) { this.c = b.defaultSystem("You write.").build(); } }\n',
      'Clients.java':
        'import org.springframework.ai.chat.client.ChatClient;\n@Configuration class Clients { @Bean ChatClient desk(ChatClient.Builder b) { return b.defaultSystem("You help.").defaultTools(t).build(); } }\n',
    },
    ['Reader', 'desk'],
  ],
  [
    'Rust: definitions of tools as JSON, in a server that no library wrote',
    'tools',
    {
      'Cargo.toml': '[package]\nname = "desk-mcp"\nversion = "1.0.0"\n',
      'src/mcp.rs':
        '// mcp\nconst SERVER_NAME: &str = env!("CARGO_PKG_NAME");\nfn hello() -> Value { json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": { "name": SERVER_NAME } }) }\n',
      'src/tools.rs':
        '// mcp\npub fn definitions() -> Vec<Value> { vec![json!({ "name": "list_notes", "description": "Lists.", "inputSchema": { "type": "object" } })] }\n',
    },
    ['list_notes'],
  ],
  [
    'and the server, called like what is built',
    'mcpServers',
    {
      'Cargo.toml': '[package]\nname = "desk-mcp"\nversion = "1.0.0"\n',
      'src/mcp.rs':
        '// mcp\nconst SERVER_NAME: &str = env!("CARGO_PKG_NAME");\nfn hello() -> Value { json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": { "name": SERVER_NAME } }) }\n',
    },
    ['desk-mcp'],
  ],
  [
    'data in the words of a tool, where nobody serves',
    'tools',
    {
      'forms.js':
        '// mcp\nexport const form = { name: "signup", description: "Signs up.", inputSchema: { type: "object" } }\n',
    },
    [],
  ],
  [
    'PHP: the name of a tool stands first in its attribute',
    'tools',
    {
      'Desk.php':
        '<?php\nuse Mcp\\Capability\\Attribute\\McpTool;\nclass Desk { #[McpTool("close_ticket", "Closes.")] public function handle(): string { return ""; } }\n',
    },
    ['close_ticket'],
  ],
  [
    'PHP: a server whose name the environment says, and where it listens',
    'mcpServers',
    {
      'composer.json': '{"name": "me/desk-server", "require": {"mcp/sdk": "^0.1"}}',
      'Make.php':
        '<?php\nuse Mcp\\Server;\nfunction make() { return Server::builder()->setServerInfo(Config::name(), "1")->build(); }\n',
      'run.php': '<?php\nuse Mcp\\Server\\Transport\\StdioTransport;\nmake()->run(new StdioTransport());\n',
    },
    ['me/desk-server'],
  ],
  [
    'a server that starts a script of the project, which is named before',
    'mcpServers',
    {
      'main.py':
        'import sys\nfrom pathlib import Path\nfrom pydantic_ai.mcp import MCPServerStdio\nSCRIPT = Path(__file__).with_name("desk_server.py")\ndesk = MCPServerStdio(sys.executable, args=[str(SCRIPT)])\n',
      'desk_server.py': 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("desk")\n',
    },
    ['desk'],
  ],
  [
    'agents of Rig, under the names that they are kept in',
    'agents',
    {
      'a.rs':
        'use rig::providers::openai;\nfn run(client: openai::Client) { let planner = client.agent("gpt-4o").preamble("Plan.").build(); let model = client.completion_model("gpt-4o").build(); }\n',
    },
    ['planner'],
  ],
  [
    'an agent that a function gives back, which says no more',
    'agents',
    {
      'shop/main.py': 'from pydantic_ai import Agent\ndef build_agent(m):\n    return Agent(m, instructions="Help.")\n',
      'desk/main.py': 'from pydantic_ai import Agent\nagent = Agent("openai:gpt-4o")\n',
    },
    ['agent (desk/main.py)', 'agent (shop/main.py)'],
  ],
  [
    'a class that is called an agent and made from one of a library of models',
    'agents',
    {
      'react.py': 'import dspy\nclass ReactAgent(dspy.Module):\n    def forward(self, q): return self.step(q)\n',
      'games.py': 'import torch.nn as nn\nclass PongAgent(nn.Module):\n    def forward(self, x): return x\n',
      'Desk.cs': 'using Microsoft.SemanticKernel;\npublic class DeskAgent : IDesk { public string Name => ""; }\n',
    },
    ['ReactAgent'],
  ],
  [
    'Ruby: a tool by a name, a description and a schema, told in this order to a class of the project',
    'tools',
    {
      'lib/mcp.rb':
        '# mcp\nmodule MCP\n  class Server\n    def hello\n      { protocolVersion: "2025-06-18", serverInfo: { name: @name }, capabilities: {} }\n    end\n  end\nend\n',
      'app.rb':
        '# mcp\nserver = MCP::Server.new("dice", "1.0.0")\nroll = MCP::Tool.new("roll_dice", "Rolls.", { type: "object", properties: {} }) do |args|\n  4\nend\nchart = Chart.new("sales", "Draws.", { type: "object" })\n',
    },
    ['roll_dice'],
  ],
  [
    'a server whose class says its name where it is made is not named again where it answers',
    'mcpServers',
    {
      'lib/mcp.rb':
        '# mcp\nmodule MCP\n  class Server\n    def hello\n      { protocolVersion: "2025-06-18", serverInfo: { name: @name }, capabilities: {} }\n    end\n  end\nend\n',
      'app.rb': '# mcp\nserver = MCP::Server.new("dice", "1.0.0")\n',
    },
    ['dice'],
  ],
  [
    'Java: names that are handed to a function of the project, which makes tools of them',
    'tools',
    {
      'Tools.java':
        'import io.modelcontextprotocol.spec.McpSchema.Tool;\nclass Tools {\n  Tool top() { return plain("top_questions", "Lists."); }\n  Tool last() { return plain("last_questions", "Lists."); }\n  private Tool plain(String called, String text) { return Tool.builder().name(called).description(text).build(); }\n}\n',
    },
    ['last_questions', 'top_questions'],
  ],
  [
    'functions in a list that another is added to',
    'tools',
    {
      'a.py':
        'from langgraph.prebuilt import create_react_agent\ndef share_of(a: float, b: float) -> float:\n    return a / b\nown = [share_of]\nagent = create_react_agent(llm, remote + own)\n',
    },
    ['share_of'],
  ],
  [
    'the graph of a class that is called an agent',
    'agents',
    {
      'flow.py':
        'from langgraph.graph import StateGraph\nclass DeskAgent:\n    def setup(self):\n        workflow = StateGraph(State)\n        workflow.add_node("agent", self.ask)\n        self.workflow = workflow.compile()\n    async def ask(self, state):\n        return await self.llm.ainvoke(state["messages"])\n',
    },
    ['DeskAgent'],
  ],
  [
    'Rust: a tool that keeps what is said of it in another, below a trait of the project',
    'tools',
    {
      'find.rs':
        '// openai\npub struct FindTool { pub tool: BaseTool }\nimpl FindTool { pub fn new() -> Self { FindTool { tool: BaseTool { name: "find_page", description: "Finds." } } } }\nimpl Tool for FindTool { fn name(&self) -> &str { self.tool.name } fn description(&self) -> &str { self.tool.description } }\n',
    },
    ['find_page'],
  ],
  [
    'a class that is called an agent, and no more, around a graph: what is made of it',
    'agents',
    {
      'team.py':
        'from langgraph.graph import StateGraph\nclass Agent:\n    def __init__(self, model, tools):\n        graph = StateGraph(State)\n        graph.add_node("llm", self.ask)\n        self.graph = graph.compile()\nreader = Agent(model, [search])\nwriter = Agent(model, [])\n',
      'other.py':
        'from langgraph.graph import StateGraph\nclass Agent:\n    def __init__(self, model):\n        graph = StateGraph(State)\n        self.graph = graph.compile()\nplanner = Agent(model)\n',
    },
    ['planner', 'reader', 'writer'],
  ],
  [
    '.NET: methods that somebody described, where all of a class are made tools',
    'tools',
    {
      'Make.cs':
        'using Microsoft.Extensions.AI;\npublic static class Make { public static IList<AITool> Of<T>(T one) { return typeof(T).GetMethods().Select(m => (AITool)AIFunctionFactory.Create(m, one)).ToList(); } }\n',
      'Lights.cs':
        'using System.ComponentModel;\n// openai\npublic class Lights { [Description("Lists the lights.")] public string ListLights() => ""; public string Kept() => ""; }\n',
    },
    ['ListLights'],
  ],
  [
    '.NET: an agent whose class says its name',
    'agents',
    {
      'Desk.cs':
        'using Microsoft.Agents.AI;\npublic static class DeskAgent { public const string Name = "FrontDesk"; public static AIAgent Make(IChatClient c, object record) { return c.AsAIAgent(record); } }\n',
      'Setup.cs':
        'using Microsoft.Agents.AI;\npublic static class Setup { public static AIAgent CreateAgent(IChatClient c) { return c.AsAIAgent(options); } }\n',
    },
    ['FrontDesk', 'agent'],
  ],
  [
    'a flow and a step are told what they take, and are no tools',
    'tools',
    {
      'a.ts':
        'import { genkit } from "genkit"\nconst ai = genkit({})\nexport const search = ai.defineFlow({ name: "searchFlow", inputSchema: z.string(), outputSchema: z.string() }, run)\nexport const roll = ai.defineTool({ name: "rollDice", description: "Rolls.", inputSchema: z.string() }, run)\n',
    },
    ['rollDice'],
  ],
  [
    'a name, a description and the schema of what is taken, though nothing about AI is imported anywhere',
    'tools',
    {
      'desk/functions.py':
        'def find_guest(params):\n    return {}\nFUNCTIONS = [{"name": "find_guest", "description": "Finds.", "parameters": {"type": "object", "properties": {"name": {"type": "string"}}}}]\n',
      'desk/routes.py':
        'ROUTES = [{"name": "list_guests", "description": "Lists.", "parameters": [{"in": "query", "name": "page"}]}]\nJOBS = [{"name": "sweep", "description": "Sweeps.", "parameters": {"type": "object"}}]\n',
    },
    ['find_guest'],
  ],
  [
    'Rust: the same in a type of the project, within another',
    'tools',
    {
      'src/llm.rs':
        '// openai\npub fn look_up() -> ToolDef { ToolDef { kind: "function", function: FunctionDef { name: "look_up".into(), description: "Looks.".into(), parameters: serde_json::json!({"type": "object", "properties": {"word": {"type": "string"}}}) } } }\n',
    },
    ['look_up'],
  ],
  [
    'Ruby: a function that is called like its class, which a class above says',
    'tools',
    {
      'lib/functions/base.rb':
        'module Llm\n  module Functions\n    class Base\n      def self.function_name\n        self.name.split("::").last.underscore\n      end\n      def self.label\n        "base"\n      end\n    end\n  end\nend\n',
      'lib/functions/read_page.rb':
        'module Llm\n  module Functions\n    class ReadPage < Base\n      def self.definition\n        { name: self.function_name, description: "Reads.", parameters: { type: :object, properties: { page: { type: :string } } } }\n      end\n    end\n  end\nend\n',
    },
    ['read_page'],
  ],
  [
    'a file that says at its outermost what a model must know, and what runs',
    'tools',
    {
      'get-weather/app.go':
        'package main\nimport "github.com/yomorun/yomo/serverless"\nfunc Description() string { return "Tells the weather." }\nfunc InputSchema() any { return &Parameter{} }\nfunc Handler(ctx serverless.Context) { ctx.WriteLLMResult("sunny") }\n',
      'tools/look-up.ts':
        'export const name = "look_up"\nexport const description = "Looks."\nexport const inputSchema = { word: z.string() }\nexport async function execute(input) { return input.word }\n',
      'pages/look.ts':
        '// mcp\nexport const description = "A page."\nexport const inputSchema = z.object({})\nexport function render(input) { return input }\n',
    },
    ['get-weather', 'look_up'],
  ],
  [
    '.NET: a chat client that is told who it is and given tools, beside one that is only asked',
    'agents',
    {
      'desk/Program.cs':
        'using Microsoft.Extensions.AI;\nChatOptions options = new() { Tools = [AIFunctionFactory.Create(Find, "find")] };\nList<ChatMessage> messages = [ new ChatMessage(ChatRole.System, "You are the desk.") ];\nvar answer = await client.GetResponseAsync(messages, options);\n',
      'plain/Program.cs':
        'using Microsoft.Extensions.AI;\nChatOptions options = new() { Temperature = 0.1f };\nList<ChatMessage> messages = [ new ChatMessage(ChatRole.System, "You write.") ];\nvar answer = await client.GetResponseAsync(messages, options);\n',
    },
    ['desk'],
  ],
])
