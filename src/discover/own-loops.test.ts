// Agents that no library makes: who asks a model, reads what it chose and runs that. Each row is a small tree of its own,
// most of them with something beside that does one of these alone and is none.
import { tryTrees } from './testing.ts'

const TOOLS =
  'TOOLS = [{"name": "close_ticket", "description": "Closes.", "input_schema": {"type": "object", "properties": {}}}]\n'

/** What may be chosen: without any of it, a loop waits for tools that its users bring. */
const DECLARED = '{"tools": [{"name": "close_ticket", "description": "Closes.", "input_schema": {"type": "object"}}]}'

tryTrees([
  [
    'Python: a function over an SDK; who only starts it, and who only asks, are none',
    'agents',
    {
      'desk.py': `from anthropic import Anthropic\n${TOOLS}def ask(client, messages):\n    return client.messages.create(model="m", tools=TOOLS, messages=messages)\ndef run_tool(name, given): return HANDLERS[name](**given)\ndef help_desk(messages, client):\n    while True:\n        response = ask(client, messages)\n        if response.stop_reason != "tool_use": return response\n        for block in response.content:\n            messages.append({"type": "tool_result", "content": run_tool(block.name, block.input)})\n`,
      'main.py':
        'from anthropic import Anthropic\nfrom desk import help_desk\ndef main():\n    while True:\n        help_desk([{"role": "user", "content": input()}], Anthropic())\n',
      'sum_up.py':
        'from anthropic import Anthropic\ndef sum_up(text):\n    return Anthropic().messages.create(model="m", messages=[{"role": "user", "content": text}])\n',
    },
    ['help_desk'],
  ],
  [
    'PHP: a loop at the top of a file, over HTTP and a map of functions; the file is called like its folder',
    'agents',
    {
      'tools.json': DECLARED,
      'support/index.php':
        '<?php\n$HANDLERS = ["find" => function ($p) { return 1; }];\nfunction ask_model($messages) {\n  $ch = curl_init("http://127.0.0.1:8080/v1/chat/completions");\n  return json_decode(curl_exec($ch), true);\n}\nwhile (true) {\n  $answer = ask_model($history);\n  foreach ($answer["tool_calls"] ?? [] as $call) {\n    $name = $call["function"]["name"];\n    $history[] = ["role" => "tool", "content" => $HANDLERS[$name]($call)];\n  }\n}\n',
    },
    ['support'],
  ],
  [
    'Go: methods of a type that stand beside it',
    'agents',
    {
      'tools.json': DECLARED,
      'go.mod': 'module example.com/desk\n',
      'agent.go':
        'package main\nimport "github.com/anthropics/anthropic-sdk-go"\ntype Clerk struct{ client *anthropic.Client }\nfunc (c *Clerk) run() {\n\tfor {\n\t\tanswer := c.infer()\n\t\tfor _, block := range answer.Content {\n\t\t\tc.executeTool(block.Name, block.Input)\n\t\t}\n\t}\n}\n',
      'infer.go':
        'package main\nimport "github.com/anthropics/anthropic-sdk-go"\nfunc (c *Clerk) infer() *anthropic.Message {\n\tanswer, _ := c.client.Messages.New(ctx, anthropic.MessageNewParams{Model: m})\n\treturn answer\n}\nfunc (c *Clerk) executeTool(name string, input json.RawMessage) string { return tools[name](input) }\n',
    },
    ['Clerk'],
  ],
  [
    'C#: what to do is read from the text of the answer; the client and the parser are none',
    'agents',
    {
      'tools.json': DECLARED,
      'Desk.cs':
        'class Desk {\n  readonly IModelClient _modelClient;\n  public string Ask(string text) {\n    while (true) {\n      var raw = _modelClient.Complete(text, 100);\n      var parsed = AnswerParser.Parse(raw);\n      if (parsed.Kind == Kind.Tool) { RunTool(parsed.ToolName, parsed.ToolArgs); continue; }\n      return raw;\n    }\n  }\n  string RunTool(string name, object given) => _tools.Get(name).Run(given);\n}\n',
      'OllamaModelClient.cs':
        'class OllamaModelClient : IModelClient {\n  public string Complete(string prompt, int most) {\n    var payload = new OllamaRequest { Model = "llama3", Prompt = prompt, Stream = false };\n    return _http.PostAsJsonAsync("http://localhost:11434/api/generate", payload).Result;\n  }\n}\n',
    },
    ['Desk'],
  ],
  [
    'Java: a loop in one class, a gateway in another that only turns what it hears into its own words',
    'agents',
    {
      'tools.json': DECLARED,
      'TaskService.java':
        'class TaskService {\n  LlmGateway llmGateway; ToolExecutor toolExecutor;\n  String run(String text) {\n    for (int i = 0; i < 8; i++) {\n      LlmResponse response = llmGateway.complete(text);\n      if (!response.hasToolCalls()) return response.text();\n      for (ToolCall call : response.getToolCalls()) toolExecutor.execute(call.getName(), call.getArguments());\n    }\n    return "";\n  }\n}\n',
      'HttpLlmGateway.java':
        'class HttpLlmGateway implements LlmGateway {\n  public LlmResponse complete(String text) {\n    payload.put("model", "gpt-4o"); payload.put("messages", messages); payload.put("tools", tools);\n    return parse(post(payload).path("tool_calls"));\n  }\n}\n',
      'Shell.java':
        'class Shell {\n  TaskService taskService; ToolExecutor toolExecutor;\n  void run() { taskService.run("hello"); toolExecutor.execute("run_shell", "ls"); }\n}\n',
    },
    ['TaskService'],
  ],
  [
    'TypeScript: a name is compared with that of a tool, and the function asks itself again',
    'agents',
    {
      'a.ts':
        'import OpenAI from "openai"\nconst TOOLS = [{ type: "function", function: { name: "research", description: "Looks.", parameters: { type: "object", properties: {} } } }]\nasync function ask(messages) { return new OpenAI().chat.completions.create({ model: "m", messages, tools: TOOLS }) }\nexport async function research(topic) {\n  const message = await ask([{ role: "user", content: topic }])\n  for (const call of message.tool_calls) if (call.function.name === "research") await research(call.function.arguments)\n}\n',
      'sms.ts':
        'import OpenAI from "openai"\nexport const tell = (text) => twilio.messages.create({ to: "1", from: "2", body: text })\n',
    },
    ['research'],
  ],
  [
    'Ruby: who hands a loop its role and its functions is the agent, and the loop is what runs it',
    'agents',
    {
      'tools.json': DECLARED,
      'llm_client.rb':
        'require "openai"\nclass LlmClient\n  def talk(messages:, functions:)\n    while true\n      message = OpenAI::Client.new.chat(parameters: { model: "gpt-4", messages: messages, functions: functions })\n      function = functions.detect { |f| f.name == message["function_call"]["name"] }\n      messages << { role: "function", content: function.execute(message["function_call"]["arguments"]) }\n    end\n  end\nend\n',
      'writer.rb':
        'class Writer\n  def work\n    llm_client = LlmClient.new\n    llm_client.talk(messages: [{ role: "system", content: "You write." }], functions: [ReadFile.new])\n  end\nend\n',
    },
    ['Writer'],
  ],
  [
    'a class of the project that is never made leaves the name to those below it',
    'agents',
    {
      'tools.json': DECLARED,
      'a.py':
        'import requests\nclass Worker:\n    def run(self, text):\n        reply = requests.post("https://api.example.com/v1/chat/completions", json={"model": "m", "messages": [], "tools": self.tools}).json()\n        for call in reply["tool_calls"]: self.execute_tool(call["function"]["name"])\n    def execute_tool(self, name): return self.table[name]()\nclass Sorter(Worker):\n    tools = ["sort"]\nsorter = Sorter()\n',
    },
    ['Sorter'],
  ],
  [
    'a client whose tools its users bring is no agent yet',
    'agents',
    {
      'client.py':
        'import requests\ndef serve(messages, tools):\n    reply = requests.post("https://api.example.com/v1/chat/completions", json={"model": "m", "messages": messages, "tools": tools}).json()\n    for call in reply["tool_calls"]: tools[call["function"]["name"]].run(call)\n',
    },
    [],
  ],
  [
    'a template of CloudFormation takes the name of its agent from a parameter',
    'agents',
    {
      'agent.yaml':
        'Parameters:\n  AgentName:\n    Type: String\n    Default: "Helper"\nResources:\n  TheAgent:\n    Type: AWS::Bedrock::Agent\n    Properties:\n      AgentName: !Ref AgentName\n      FoundationModel: anthropic.claude-3-haiku-20240307-v1:0\n',
    },
    ['Helper'],
  ],
  [
    'what runs a RAG of Neuron is one of its agents; the same word of a project is none',
    'agents',
    {
      'Bot.php': '<?php\nuse NeuronAI\\RAG\\RAG;\nclass KnowledgeBot extends RAG {}\n',
      'b.py': 'from openai import OpenAI\nclass RAG: pass\nclass Notes(RAG): pass\n',
    },
    ['KnowledgeBot'],
  ],
  [
    'tools as one text of JSON, as a module of OpenAI hears them, beside a text of settings',
    'tools',
    {
      'Tools.java':
        'import com.openai.client.OpenAIClient;\nclass Tools {\n  String all() { return "[" + "{\\"type\\":\\"function\\",\\"function\\":{\\"name\\":\\"read_file\\",\\"description\\":\\"Reads.\\",\\"parameters\\":{\\"type\\":\\"object\\",\\"properties\\":{}}}}" + "]"; }\n  String other() { return "{\\"name\\":\\"settings\\",\\"parameters\\":{\\"type\\":\\"object\\"}}"; }\n}\n',
    },
    ['read_file'],
  ],
  [
    'Rust: a function makes definitions of the names that it is told',
    'tools',
    {
      'src/server.rs':
        '// mcp\nfn all() -> Vec<Value> { vec![define::<StatusInput>("git_status", "Shows."), define::<repo::AddInput>("git_add", "Adds.")] }\nfn define<T: JsonSchema>(name: &str, description: &str) -> Value { serde_json::json!({ "name": name, "description": description, "inputSchema": schema }) }\nfn hello() -> Value { json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": { "name": "git" } }) }\n',
    },
    ['git_add', 'git_status'],
  ],
  [
    'Gemini says the type of a schema by a constant',
    'tools',
    {
      'a.ts':
        'import { type FunctionDeclaration, Type } from "@google/genai"\nexport const Schema: FunctionDeclaration = { name: "get_files", description: "Lists.", parameters: { type: Type.OBJECT, properties: {} } }\n',
    },
    ['get_files'],
  ],
  [
    'Kotlin and Java: marks of Embabel, on a method and on a goal that others may ask for',
    'tools',
    {
      'Tools.kt':
        'import com.embabel.agent.api.annotation.LlmTool\nclass Tools {\n  @LlmTool(name = "current_date", description = "Says.") fun currentDate(): String = "x"\n}\n',
      'Desk.java':
        'import com.embabel.agent.api.annotation.*;\n@Agent(name = "desk", description = "Helps.") class Desk {\n  @AchievesGoal(description = "Done.", export = @Export(name = "inquiry", remote = true)) public String answer(String x) { return x; }\n  @AchievesGoal(description = "Done.", export = @Export(name = "inside", remote = false)) public String keep(String x) { return x; }\n}\n',
    },
    ['current_date', 'inquiry'],
  ],
  [
    'Ruby: a class of RubyLLM in a module is a tool by its name',
    'tools',
    {
      'tools/read_file.rb':
        'require "ruby_llm/tool"\nmodule Tools\n  class ReadFile < RubyLLM::Tool\n    description "Reads."\n    def execute(path:) = File.read(path)\n  end\nend\n',
    },
    ['ReadFile'],
  ],
  [
    'Java: a client of its own is told a command and its words; another program is no server',
    'mcpServers',
    {
      'Main.java':
        'class Main {\n  void go() {\n    MCPClient files = new MCPClient("files", "npx", new String[]{"-y", "@modelcontextprotocol/server-filesystem", dir});\n    Shell shell = new Shell("npx", new String[]{"-y", "prettier"});\n  }\n}\n',
    },
    ['files'],
  ],
  [
    'JavaScript: a function within the one that made the client asks, over a client of its own',
    'agents',
    {
      'api.js':
        'export async function ChatApi({ tools = [] } = {}) {\n  async function complete(messages) {\n    const answer = await fetch("http://localhost:11434/api/chat", { method: "POST", body: JSON.stringify({ model: "mistral-small", tools, messages }) })\n    return (await answer.json()).message\n  }\n  return { complete }\n}\n',
      'heating.js':
        'import { ChatApi } from "./api.js"\nconst tools = [{ type: "function", function: { name: "heat", description: "Heats.", parameters: { type: "object", properties: {} } } }]\nconst api = await ChatApi({ tools })\nasync function handler(line) {\n  const said = [{ role: "user", content: line }]\n  for (;;) {\n    const answer = await api.complete(said)\n    if (!answer.tool_calls?.length) return answer.content\n    said.push({ role: "tool", content: call_tool(answer.tool_calls[0].function) })\n  }\n}\n',
    },
    ['heating'],
  ],
])
