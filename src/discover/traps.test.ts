// The traps of the field, each as a small tree: what must be found through them, and what must not be taken for AI.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import { evidenceOf, namesOf } from './testing.ts'

interface Trap {
  title: string
  tree: Record<string, string>
  kind: DiscoveredKind
  expected: string[]
}

const OPENAI_PY = 'from openai import OpenAI\n'

const traps: Trap[] = [
  {
    title: 'a model that is a key of YAML',
    tree: {
      'config.yml':
        'apis:\n  groq:\n    api-key-env: GROQ_API_KEY\n    models:\n      gemma2-9b-it:\n        aliases: ["gemma"]\n        max-input-chars: 24500\n      llama3-70b-8192:\n        max-input-chars: 24500\n',
    },
    kind: 'models',
    expected: ['gemma2-9b-it', 'llama3-70b-8192'],
  },
  {
    title: 'a constant of a Java library',
    tree: {
      'A.java':
        'import static dev.langchain4j.model.openai.OpenAiChatModelName.GPT_4_O_MINI;\nimport dev.langchain4j.model.openai.OpenAiChatModel;\nclass A { Object m = OpenAiChatModel.builder().modelName(GPT_4_O_MINI).build(); }\n',
    },
    kind: 'models',
    expected: ['gpt-4o-mini'],
  },
  {
    title: 'a constant of a Java class of the project',
    tree: {
      'A.java':
        'import dev.langchain4j.model.openai.OpenAiChatModel;\nclass A { static final String NAME = "gpt-4.1"; Object m = OpenAiChatModel.builder().modelName(NAME).build(); }\n',
    },
    kind: 'models',
    expected: ['gpt-4.1'],
  },
  {
    title: 'an enum of a Python library',
    tree: {
      'a.py':
        'from llama_index.embeddings.openai import OpenAIEmbedding, OpenAIEmbeddingModelType\ne = OpenAIEmbedding(model=OpenAIEmbeddingModelType.TEXT_EMBED_3_SMALL)\n',
    },
    kind: 'models',
    expected: ['text-embedding-3-small'],
  },
  {
    title: 'an enum of another file of the project',
    tree: {
      'names.py': 'from enum import Enum\nclass Name(str, Enum):\n    FAST = "internal-7b-v2"\n',
      'a.py': `${OPENAI_PY}from names import Name\nOpenAI().chat.completions.create(model=Name.FAST.value, messages=[])\n`,
    },
    kind: 'models',
    expected: ['internal-7b-v2'],
  },
  {
    title: 'the default of an environment variable',
    tree: {
      'a.ts':
        'import OpenAI from "openai"\nconst model = process.env.MODEL ?? "gpt-4o"\nnew OpenAI().responses.create({ model })\n',
    },
    kind: 'models',
    expected: ['gpt-4o'],
  },
  {
    title: 'an environment variable that a sample of settings sets',
    tree: {
      '.env.example': 'LLM_MODEL=acme-chat-2\n',
      'a.py': `${OPENAI_PY}import os\nOpenAI().chat.completions.create(model=os.getenv("LLM_MODEL"), messages=[])\n`,
    },
    kind: 'models',
    expected: ['acme-chat-2'],
  },
  {
    title: 'a default inside a placeholder of settings',
    tree: {
      'application.yml':
        'spring:\n  ai:\n    openai:\n      chat:\n        options:\n          model: ${AI_MODEL:gpt-4o}\n',
    },
    kind: 'models',
    expected: ['gpt-4o'],
  },
  {
    title: 'either side of a condition',
    tree: { 'a.py': `${OPENAI_PY}m = "gpt-4o" if big else "gpt-4o-mini"\nOpenAI().responses.create(model=m)\n` },
    kind: 'models',
    expected: ['gpt-4o', 'gpt-4o-mini'],
  },
  {
    title: 'a provider in front of the model',
    tree: { 'a.py': 'from langchain.chat_models import init_chat_model\nm = init_chat_model("openai:gpt-4.1")\n' },
    kind: 'models',
    expected: ['gpt-4.1'],
  },
  {
    title: 'the model that a library takes when none is named',
    tree: { 'a.py': 'import chromadb\nc = chromadb.Client().create_collection("notes")\n' },
    kind: 'models',
    expected: ['all-MiniLM-L6-v2'],
  },
  {
    title: 'no default where the caller chose',
    tree: { 'a.py': 'import chromadb\nc = chromadb.Client().create_collection("notes", embedding_function=mine)\n' },
    kind: 'models',
    expected: [],
  },
  {
    title: 'a table of token limits names no model in use',
    tree: {
      'a.py': `${OPENAI_PY}LIMITS = {"openai:gpt-4o": 128000, "anthropic:claude-opus-4": 200000}\nOpenAI().responses.create(model="gpt-4.1")\n`,
    },
    kind: 'models',
    expected: ['gpt-4.1'],
  },
  {
    title: 'a table of prices names no model in use',
    tree: {
      'a.ts':
        'import OpenAI from "openai"\nconst PRICING = { "gpt-4o": { input: 2.5, output: 10 } }\nnew OpenAI().responses.create({ model: "gpt-4.1" })\n',
    },
    kind: 'models',
    expected: ['gpt-4.1'],
  },
  {
    title: 'a comparison names no model in use',
    tree: {
      'a.py': `${OPENAI_PY}def f(m):\n    if m == "gpt-4o" or m.startswith("o1") or m in ["gpt-3.5-turbo"]:\n        return 1\nOpenAI().responses.create(model="gpt-4.1")\n`,
    },
    kind: 'models',
    expected: ['gpt-4.1'],
  },
  {
    title: 'comments, descriptions and documents name no model in use',
    tree: {
      'a.py': `${OPENAI_PY}# gpt-4o would be better\nF = dict(description="gpt-4o", placeholder="claude-3-opus-20240229")\n`,
      'README.md': 'Use `gpt-4o`.',
      'docs/a.py': `${OPENAI_PY}m = "gpt-4"\n`,
    },
    kind: 'models',
    expected: [],
  },
  {
    title: 'tests and mocks name no model in use',
    tree: {
      'tests/test_a.py': `${OPENAI_PY}m = "gpt-4o"\n`,
      'src/a.test.ts': 'import OpenAI from "openai"\nconst model = "gpt-4o"\n',
      'lib/models.mock.ts': 'import OpenAI from "openai"\nconst model = "gpt-4"\n',
    },
    kind: 'models',
    expected: [],
  },
  {
    title: 'a client that is pointed at a server of one’s own asks no OpenAI',
    tree: {
      'a.py': `${OPENAI_PY}import os\nc = OpenAI(base_url="http://localhost:8000/v1", api_key=os.environ["OPENAI_API_KEY"])\nc.chat.completions.create(model="meta-llama/Llama-3.1-8B-Instruct", messages=[])\n`,
      'requirements.txt': 'openai==1.0\n',
    },
    kind: 'providers',
    expected: [],
  },
  {
    title: 'a client that is pointed at another provider asks that one',
    tree: {
      'a.ts': 'import OpenAI from "openai"\nconst c = new OpenAI({ baseURL: "https://openrouter.ai/api/v1" })\n',
    },
    kind: 'providers',
    expected: ['openrouter'],
  },
  {
    title: 'the client of Azure is not that of OpenAI',
    tree: { 'a.py': 'from openai import AzureOpenAI\nc = AzureOpenAI(azure_endpoint="https://x.openai.azure.com")\n' },
    kind: 'providers',
    expected: ['azure-openai'],
  },
  {
    title: 'hosts that only look like those of providers',
    tree: {
      'a.ts':
        'export const a = fetch("https://fonts.googleapis.com/css2?family=Gemini")\nexport const b = "https://openai.com.evil.test/v1"\nexport const c = "https://notopenai.com"\n',
    },
    kind: 'providers',
    expected: [],
  },
  {
    title: 'an MCP server that is commented out',
    tree: {
      'config.yml':
        '# mcp-servers:\n#   github:\n#     command: docker\n#     args: ["run", "mcp"]\nmcp-servers:\n  notes:\n    command: uvx\n    args: ["notes-mcp"]\n',
    },
    kind: 'mcpServers',
    expected: ['notes'],
  },
  {
    title: 'an MCP dependency that no manifest names',
    tree: { 'a.py': 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("Calculator")\n' },
    kind: 'sdks',
    expected: ['mcp'],
  },
  {
    title: 'an MCP server in a notebook',
    tree: {
      'demo.ipynb': JSON.stringify(
        {
          cells: [
            { cell_type: 'markdown', source: 'npx x' },
            {
              cell_type: 'code',
              source: [
                'from agents import Agent\n',
                'a = Agent(name="x", mcp_servers=[{"type": "stdio", "command": "npx", "args": ["-y", "@modelcontextprotocol/server-brave-search"]}])\n',
              ],
            },
          ],
        },
        null,
        1,
      ),
    },
    kind: 'mcpServers',
    expected: ['@modelcontextprotocol/server-brave-search'],
  },
  {
    title: 'the name of a tool from an enum',
    tree: {
      'server.py':
        'from enum import Enum\nfrom mcp.server import Server\nfrom mcp.types import Tool\nclass Tools(str, Enum):\n    STATUS = "git_status"\nserver = Server("mcp-git")\ndef all():\n    return [Tool(name=Tools.STATUS, description="Shows the state", inputSchema={})]\n',
    },
    kind: 'tools',
    expected: ['git_status'],
  },
  {
    title: 'the name of a tool from a constant of another file',
    tree: {
      'names.ts': 'export const SEARCH = "search_notes"\n',
      'server.ts':
        'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { SEARCH } from "./names.js"\nconst server = new McpServer({ name: "notes", version: "1" })\nserver.registerTool(SEARCH, { description: "d", inputSchema: {} }, async () => ({}))\n',
    },
    kind: 'tools',
    expected: ['search_notes'],
  },
  {
    title: 'a vector store that is only installed holds nothing',
    tree: { 'requirements.txt': 'qdrant-client\nopenai\n', 'a.py': OPENAI_PY },
    kind: 'vectorStores',
    expected: [],
  },
  {
    title: 'an agent with a type in brackets, in a file called like the package',
    tree: { 'agents.py': 'from agents import Agent\ntriage = Agent[Context](name="Triage Agent", instructions="x")\n' },
    kind: 'agents',
    expected: ['Triage Agent'],
  },
]

for (const { title, tree, kind, expected } of traps) {
  test(title, async () => assert.deepEqual(await namesOf(tree, kind), expected.toSorted()))
}

test('classes called Agent and Client in a library about HTTP are no AI', async () => {
  const { collector } = await evidenceOf({
    'package.json': '{"name": "http-lib", "dependencies": {"llhttp": "1.0.0"}}',
    'lib/agent.js':
      "const { Pool } = require('./pool')\nclass Agent extends Pool { dispatch() {} }\nconst agent = new Agent({ connections: 4 })\nmodule.exports = { Agent, name: 'agent', tools: [] }\n",
    'lib/client.js':
      "class Client { constructor() { this.prompt = 'embeddings tool( ' } }\nmodule.exports = new Client()\n",
    'test/mock-agent.js': "const { MockAgent } = require('..')\nnew MockAgent().get('https://api.openai.com')\n",
  })
  for (const kind of [
    'providers',
    'models',
    'agents',
    'tools',
    'frameworks',
    'mcpServers',
    'vectorStores',
    'sdks',
  ] as const) {
    assert.deepEqual(collector.of(kind), [], kind)
  }
})

describe('every client keeps its MCP servers where they are found', () => {
  const stdio = '{"command": "npx", "args": ["-y", "notes-mcp@1.0.0"]}'
  const files: [client: string, file: string, text: string][] = [
    ['Claude Desktop', 'claude_desktop_config.json', `{"mcpServers": {"notes": ${stdio}}}`],
    ['Claude Code', '.mcp.json', `{"mcpServers": {"notes": ${stdio}}}`],
    ['Cursor', '.cursor/mcp.json', `{"mcpServers": {"notes": ${stdio}}}`],
    ['VS Code', '.vscode/mcp.json', `{// with comments\n"servers": {"notes": ${stdio},}}`],
    [
      'Windsurf',
      '.codeium/windsurf/mcp_config.json',
      '{"mcpServers": {"notes": {"serverUrl": "https://notes.example.com/mcp"}}}',
    ],
    ['Cline', 'cline_mcp_settings.json', `{"mcpServers": {"notes": ${stdio}}}`],
    ['Roo Code', '.roo/mcp.json', `{"mcpServers": {"notes": ${stdio}}}`],
    ['Zed', '.zed/settings.json', `{"context_servers": {"notes": ${stdio}}}`],
    ['Gemini CLI', '.gemini/settings.json', '{"mcpServers": {"notes": {"httpUrl": "https://notes.example.com/mcp"}}}'],
    ['Codex', '.codex/config.toml', '[mcp_servers.notes]\ncommand = "npx"\nargs = ["-y", "notes-mcp"]\n'],
    [
      'OpenCode',
      'opencode.json',
      '{"mcp": {"notes": {"type": "local", "command": ["npx", "-y", "notes-mcp"], "enabled": true}}}',
    ],
    [
      'Goose',
      'goose-mcp.yaml',
      'extensions:\n  notes:\n    type: stdio\n    cmd: npx\n    args: ["-y", "notes-mcp"]\n',
    ],
    [
      'Continue',
      '.continue/mcp.yaml',
      'mcpServers:\n  - name: notes\n    command: npx\n    args: ["-y", "notes-mcp"]\n',
    ],
    ['LibreChat', 'librechat.yaml', 'mcpServers:\n  notes:\n    type: sse\n    url: https://notes.example.com/sse\n'],
    ['Kiro', '.kiro/settings/mcp.json', `{"mcpServers": {"notes": ${stdio}}}`],
    ['Amazon Q', '.amazonq/mcp.json', `{"mcpServers": {"notes": ${stdio}}}`],
  ]
  for (const [client, file, text] of files) {
    test(client, async () => assert.deepEqual(await namesOf({ [file]: text }, 'mcpServers'), ['notes']))
  }
})
