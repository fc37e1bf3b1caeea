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
