// What small programs say in ways of their own: a request written out by hand, settings in a hash, a module of others.
import { tryTrees } from './testing.ts'

tryTrees([
  [
    'the body of a request names its model, whatever it is called',
    'models',
    {
      'a.rb':
        'uri = URI("http://localhost:11434/api/generate")\nbody = { model: "nous-hermes2", prompt: "Q: #{q}", stream: false }.to_json\nNet::HTTP.post(uri, body)\n',
      'b.js':
        'const r = await fetch("https://api.acme.example/v1/chat/completions", { body: JSON.stringify({ model: "house-blend", messages: [{ role: "user", content: text }] }) })\n',
      'car.js': 'const car = { model: "golf-gti", stream: 3 }\nconst form = { model: "civic", messages: ["sold"] }\n',
    },
    ['house-blend', 'nous-hermes2'],
  ],
  [
    'constants of a library that are turned into texts',
    'models',
    {
      'a.go':
        'package ai\nimport "github.com/anthropics/anthropic-sdk-go"\nvar names = []string{string(anthropic.ModelClaude3_7SonnetLatest), string(anthropic.ModelClaude3OpusLatest)}\n',
    },
    ['claude-3-7-sonnet-latest', 'claude-3-opus-latest'],
  ],
  [
    'a list that is called models, of which most are known',
    'models',
    {
      'a.go':
        'package ai\nimport perplexity "github.com/sgaunet/perplexity-go/v2"\nvar models = []string{"r1-1776", "sonar", "sonar-pro", "sonar-reasoning-pro"}\n',
    },
    ['r1-1776', 'sonar', 'sonar-pro', 'sonar-reasoning-pro'],
  ],
  [
    'a variable that is called for a kind of model, in a program that asks models',
    'models',
    {
      'config.rb': 'TEXT_MODEL = "zai-org-glm-4.7-flash"\nIMAGE_MODEL = "venice-sd35"\nCAR_MODEL = "golf-7"\n',
      'bot.rb': 'client = OpenAI::Client.new\nclient.chat(parameters: { model: TEXT_MODEL, messages: [] })\n',
    },
    ['venice-sd35', 'zai-org-glm-4.7-flash'],
  ],
  [
    'what runs of an evaluation wrote down',
    'tools',
    {
      'agent/eval_history/a_123.evalset_result.json':
        '{"eval_set_result_id":"a","x":[{"function_declarations":[{"name":"helper","description":"d","parameters":{"type":"OBJECT"}}],"model":"gemini-2.0-flash"}]}',
    },
    [],
  ],
  [
    'rows that a seed fills in for a demonstration are no tools',
    'tools',
    {
      'supabase/seed.sql':
        "INSERT INTO assistants (model) VALUES ('gpt-4');\nINSERT INTO tools (user_id, description, name, schema) VALUES\n('1', 'This is a description for Tool 1', 'Tool 1', '{}');\n",
    },
    [],
  ],
  [
    'a module of Terraform that makes an agent',
    'agents',
    {
      'main.tf':
        'module "support" {\n  source = "aws-ia/bedrock/aws"\n  create_agent = true\n  agent_name = "FrontDesk"\n  foundation_model = "anthropic.claude-3-haiku-20240307-v1:0"\n}\nmodule "books" {\n  source = "aws-ia/bedrock/aws"\n  create_agent = true\n}\nmodule "guard" {\n  source = "aws-ia/bedrock/aws"\n  create_agent = false\n  create_guardrail = true\n}\n',
    },
    ['FrontDesk', 'books'],
  ],
  [
    'a module of Terraform that makes a store',
    'vectorStores',
    {
      'main.tf':
        'module "bedrock" {\n  source = "aws-ia/bedrock/aws"\n  create_default_kb = true\n  create_agent = false\n}\n',
    },
    ['opensearch-serverless'],
  ],
  [
    'Go: agents of Eino that are handed others',
    'agents',
    {
      'a.go':
        'package main\nimport "github.com/cloudwego/eino/flow/agent/multiagent/host"\nfunc main() {\n  h, err := host.NewMultiAgent(ctx, &host.MultiAgentConfig{Name: "journal host", Host: host.Host{ChatModel: m}, Specialists: []*host.Specialist{w}})\n}\nfunc newWriter() (*host.Specialist, error) {\n  return &host.Specialist{AgentMeta: host.AgentMeta{Name: "write_journal", IntendedUse: "d"}, Invokable: f}, nil\n}\n',
    },
    ['journal host', 'write_journal'],
  ],
  [
    'agents of a plugin for the client of a developer',
    'agents',
    {
      'plugins/review/agents/code-reviewer.md':
        '---\nname: code-reviewer\ndescription: Reviews what changed\nmodel: opus\ntools: Read, Grep\n---\nYou are a reviewer.\n',
      'plugins/review/agents/README.md': '# Agents\n',
    },
    ['code-reviewer'],
  ],
  [
    'a package that is fetched from an address',
    'mcpServers',
    {
      'a.py':
        'from mcp import StdioServerParameters, stdio_client\np = stdio_client(StdioServerParameters(command="uvx", args=["https://example.com/releases/v1/memory_mcp_server-0.0.9-py3-none-any.whl"]))\n',
    },
    ['memory_mcp_server'],
  ],
])

tryTrees([
  [
    'a path that Azure alone has, whoever the key is called for',
    'providers',
    {
      'main.rs':
        'fn url(&self) -> String { format!("{}/openai/deployments/{}/chat/completions?api-version={}", self.endpoint, self.model, self.version) }\nfn main() { let key = std::env::var("OPENAI_API_KEY"); }\n',
    },
    ['azure-openai'],
  ],
  [
    'who asks Azure by such a path may ask OpenAI as well',
    'providers',
    {
      'a.ts':
        'const key = process.env.OPENAI_API_KEY\nconst azure = `${base}/openai/deployments/${name}/chat/completions`\nconst plain = "https://api.openai.com/v1/chat/completions"\n',
    },
    ['azure-openai', 'openai'],
  ],
  [
    'Android reads its keys from what the build leaves',
    'providers',
    {
      'Main.java':
        'class Main { private static final String URL = BuildConfig.API_URL + BuildConfig.GEMINI_API_KEY; }\n',
    },
    ['google'],
  ],
  [
    'Foundry by the variables that say where it is',
    'providers',
    { 'a.py': 'import os\nfrom agent_framework import tool\nendpoint = os.environ["AZURE_AI_PROJECT_ENDPOINT"]\n' },
    ['azure-ai'],
  ],
  [
    'a function that makes an agent is called for what it makes',
    'agents',
    {
      'a.py':
        'from pydantic_ai import Agent\ndef initialize_agent():\n    return Agent("openai:gpt-4o")\ndef initialize_sales_agent():\n    return Agent("openai:gpt-4o")\n',
    },
    ['sales_agent'],
  ],
  [
    'an agent and what runs it are one',
    'agents',
    {
      'a.py':
        'from langchain.agents import AgentExecutor, create_tool_calling_agent\nagent = create_tool_calling_agent(llm, tools, prompt)\nagent_executor = AgentExecutor(agent=agent, tools=tools)\n',
    },
    ['agent_executor'],
  ],
  [
    'a module of the project that makes an agent gives it the name that it is told',
    'agents',
    {
      'modules/bedrock-agent/main.tf':
        'variable "agent_name" {}\nresource "aws_bedrockagent_agent" "this" {\n  agent_name = var.agent_name\n  foundation_model = "anthropic.claude-v2"\n}\n',
      'main.tf':
        'module "help" {\n  source = "./modules/bedrock-agent"\n  agent_name = "help-desk"\n}\nmodule "sales" {\n  source = "./modules/bedrock-agent"\n  agent_name = each.value.name\n}\n',
    },
    ['help-desk', 'sales'],
  ],
  [
    'agents of a class of the project that is called no more than that',
    'agents',
    {
      'lib/agent.py':
        'from openai import OpenAI\nclass Agent:\n    def __init__(self, prompt, tools): self.client = OpenAI()\n    def run(self, text): return self.client.chat.completions.create(model="gpt-4o", messages=[])\n',
      'main.py':
        'from lib.agent import Agent\nmail_agent = Agent(prompt="p", tools=[])\nagent = Agent(prompt="q", tools=[])\ndates = Agent("r", [])\n',
    },
    ['dates', 'mail_agent'],
  ],
  [
    'a class that is called Agent and made under no name stays what it is',
    'agents',
    {
      'agent.py':
        'from openai import OpenAI\nclass Agent:\n    def run(self, text): return OpenAI().chat.completions.create(model="gpt-4o", messages=[])\nagent = Agent()\n',
    },
    ['Agent'],
  ],
  [
    'a server whose name its settings are given beside them',
    'mcpServers',
    {
      'a.py':
        'from fastmcp import Client\ndef servers():\n    return FastMCPServerConfig("google_calendar", "productivity", {"transport": "stdio", "command": "uv", "args": ["run", "python", "main.py"]})\n',
    },
    ['google_calendar'],
  ],
  [
    'what a list asks of names is no name',
    'models',
    {
      'a.py':
        'import boto3\nc = boto3.client("bedrock-runtime")\nACTIVE_MODEL_SUBSTRINGS = ("anthropic.claude-sonnet-4-6", "deepseek.r1")\nKNOWN = ["meta.llama4-", "openai.gpt-oss-"]\nMODEL_ID = "anthropic.claude-haiku-4-5"\n',
    },
    ['anthropic.claude-haiku-4-5'],
  ],
  [
    'tools whose classes keep what they say of themselves in another file',
    'tools',
    {
      'tools/find.metadata.ts':
        "import { buildToolName } from '@acme/mcp-core'\nimport { PREFIX } from '#constants'\nexport const FIND: Metadata = { name: buildToolName('find_issues', PREFIX), description: 'Finds issues' } as const\n",
      'tools/find.tool.ts':
        "import { BaseTool } from '@acme/mcp-core'\nimport { FIND } from './find.metadata.js'\nexport class FindTool extends BaseTool<Facade> {\n  static override readonly METADATA = FIND\n  protected override getParamsSchema() { return Schema }\n  async execute(params) { return this.run(params) }\n}\n",
      'server.ts':
        "import { Server } from '@modelcontextprotocol/sdk/server/index.js'\nconst s = new Server({ name: 'x', version: '1' })\n",
    },
    ['find_issues'],
  ],
])
