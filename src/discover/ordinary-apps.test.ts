// What ordinary applications say of their models and of whom they ask, and what only looks like it.
import { tryTrees } from './testing.ts'

tryTrees([
  [
    'a table of aliases in a class: what the shorter names stand for, and not those names',
    'models',
    {
      'providers.py':
        'import os\nfrom .base import Base\nclass Mistral(Base):\n    base_url = "https://api.mistral.ai/v1"\n    aliases = {"mistral": "mistral-large-latest", "claude-3-opus-20240229": "opus"}\nclass Other(Base):\n    base_url = "https://openrouter.ai/api/v1"\n    aliases = {"qwen-2.5-vl": "qwen/qwen2.5-vl-72b-instruct:free"}\n',
    },
    ['mistral-large-latest', 'qwen/qwen2.5-vl-72b-instruct:free'],
  ],
  [
    'data about models, which calls most of them by words, chooses none',
    'models',
    {
      'data/models.json':
        '[{"company":"OpenAI","model":"GPT-4o mini","context_window_size":1},{"company":"OpenAI","model":"o1-preview","context_window_size":1},{"company":"Google","model":"Gemini 2.5 Pro","context_window_size":1}]',
      'data/offered.json':
        '[{"company":"OpenAI","model":"gpt-4o-mini"},{"company":"Google","model":"gemini-2.5-pro"},{"company":"Acme","model":"Acme One"}]',
    },
    ['gemini-2.5-pro', 'gpt-4o-mini'],
  ],
  [
    'what a sample of settings leaves to fill in is no name',
    'models',
    {
      '.env.example': 'AZURE_OPENAI_DEPLOYMENT_NAME=placeholder\nOPENAI_MODEL=changeme\n',
      'a.py':
        'import os\nfrom langchain_openai import AzureChatOpenAI\nllm = AzureChatOpenAI(deployment_name=os.environ["AZURE_OPENAI_DEPLOYMENT_NAME"])\n',
    },
    [],
  ],
  [
    'a project that is called after its model',
    'models',
    {
      'pyproject.toml':
        '[project]\nname = "deepseek_vl"\nversion = "1.0.0"\ndependencies = ["torch", "transformers"]\n',
      'run.py':
        'from transformers import AutoModelForCausalLM\nAutoModelForCausalLM.from_pretrained("deepseek-ai/deepseek-vl-7b-chat")\n',
    },
    ['deepseek-ai/deepseek-vl-7b-chat'],
  ],
  [
    'a server that is told its model by one word in its environment',
    'models',
    { 'serve.yml': 'type: service\nimage: acme/embeddings\nenv:\n  - MODEL_ID=thenlper/gte-base\n  - PORT=80\n' },
    ['thenlper/gte-base'],
  ],
  [
    'constants of Go, by what they begin with',
    'models',
    {
      'embed.go':
        'package embed\n\nconst baseURL = "https://api.mixedbread.ai"\n\nconst (\n\tEmbeddingModelAcmeLarge Model = "gte-large"\n\tDefaultSize = "gte-small"\n)\n',
    },
    ['gte-large'],
  ],
  [
    'who a class for each provider asks, by its address',
    'providers',
    {
      'a.go': 'package a\n\nconst baseURL = "https://api.mixedbread.ai"\n',
      'a.py': 'class Llama:\n    base_url = "https://api.llama-api.com"\n    model = "llama-3.3-70b"\n',
    },
    ['llama-api', 'mixedbread'],
  ],
  [
    'the library of .NET for Azure lends the types of another',
    'providers',
    {
      'Program.cs':
        'using Azure.AI.OpenAI;\nusing OpenAI.Chat;\nAzureOpenAIClient azure = new(new Uri(endpoint), new DefaultAzureCredential());\nChatClient chat = azure.GetChatClient(model);\n',
    },
    ['azure-openai'],
  ],
  [
    'a program of .NET that asks both',
    'providers',
    {
      'Azure.cs':
        'using Azure.AI.OpenAI;\nusing OpenAI.Chat;\nvar azure = new AzureOpenAIClient(new Uri(endpoint), new DefaultAzureCredential());\n',
      'Own.cs': 'using OpenAI.Chat;\nvar chat = new ChatClient("gpt-4o", key);\n',
    },
    ['azure-openai', 'openai'],
  ],
  [
    'a name with its maker in front, which the AI SDK is handed as it is, goes through the gateway',
    'providers',
    {
      'a.ts':
        'import { generateObject } from "ai"\nexport const f = () => generateObject({ model: "openai/gpt-5.4-mini", prompt: "a" })\n',
    },
    ['openai', 'vercel-ai-gateway'],
  ],
  [
    'one client of Go for two clouds',
    'providers',
    {
      'a.go':
        'package a\n\nimport "google.golang.org/genai"\n\nfunc f() {\n\tcc := &genai.ClientConfig{Backend: genai.BackendVertexAI}\n\tgenai.NewClient(ctx, cc)\n}\n',
    },
    ['google', 'google-vertex-ai'],
  ],
  [
    'tools of LangChain that are asked for by whom they ask',
    'providers',
    { 'a.py': 'from langchain.agents import load_tools\ntools = load_tools(["serpapi", "llm-math"], llm=llm)\n' },
    ['serpapi'],
  ],
  [
    'stores that settings of Spring and a crate for pipelines name',
    'vectorStores',
    {
      'src/main/resources/application.properties':
        'spring.ai.vectorstore.cosmosdb.endpoint = https://acme.documents.azure.com:443/\nspring.ai.vectorstore.cosmosdb.databaseName = acme\n',
      'src/index.rs': 'use swiftide::integrations::duckdb::Duckdb;\n\npub fn f() -> Duckdb {\n    todo!()\n}\n',
    },
    ['azure-cosmos-db', 'duckdb'],
  ],
  [
    'what a hub calls a model, asked through a client that another file makes',
    'models',
    {
      'lib/ai.ts': 'import Together from "together-ai"\nexport const base = new Together()\n',
      'route.ts':
        'import { base } from "@/lib/ai"\nexport const POST = () => base.images.create({ model: "black-forest-labs/FLUX.1-dev", steps: 4 })\n',
    },
    ['black-forest-labs/FLUX.1-dev'],
  ],
  [
    'the address of a socket names the model that it is asked for',
    'models',
    {
      'a.ts':
        'const s = new WebSocket("wss://api.openai.com/v1/realtime?model=gpt-4o-realtime-preview-2024-12-17", { headers })\n',
    },
    ['gpt-4o-realtime-preview-2024-12-17'],
  ],
  [
    'a body that a program writes out, and a text that only speaks of one',
    'models',
    {
      'a.go':
        'package a\n\nconst url = "https://api.openai.com/v1"\n\nfunc f() string {\n\treturn fmt.Sprintf(`{\n  "action": "next",\n  "messages": [{"id": "%s", "role": "user", "content": {"content_type": "text", "parts": %s}}],\n  "model": "text-davinci-002-render",\n  "parent_message_id": "%s"\n}`, a, b, c)\n}\n',
      'b.go':
        'package a\n\n// openai\nconst help = `You may write {"name": "a", "model": "gpt-4-turbo"} there, and whatever else you would like to have in that file, line by line, until nothing is left that you would want to be in it.`\n',
    },
    ['text-davinci-002-render'],
  ],
  [
    'an indented line of a message is no command',
    'models',
    {
      'a.ts':
        'import { ollama } from "ollama-ai-provider"\nthrow new Error("Use a model with tools:\\n" +\n  "  ollama pull qwen3\\n" +\n  "  ollama pull gpt-oss\\n")\n',
      'b.ts': 'import { execSync } from "node:child_process"\nexecSync("ollama pull llama3.2:3b")\n',
    },
    ['llama3.2:3b'],
  ],
  [
    'the path of a deployment, which is put behind an address',
    'providers',
    { 'a.php': "<?php\nclass A {\n  protected $url = 'openai/deployments/{deployment-id}/chat/completions';\n}\n" },
    ['azure-openai'],
  ],
  [
    'connectors of .NET by their former names',
    'vectorStores',
    {
      'a.cs':
        'using Microsoft.SemanticKernel.Connectors.Memory.AzureCognitiveSearch;\nvar s = new AzureCognitiveSearchMemoryStore(a, b);\n',
      'b.cs':
        'using Microsoft.SemanticKernel.Connectors.Memory.Qdrant;\nvar s = new QdrantMemoryStore("http://localhost", 6333, 1536);\n',
    },
    ['azure-ai-search', 'qdrant'],
  ],
])
