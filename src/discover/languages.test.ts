// What each language has ways of its own to say: where a value stands in its grammar, and where a name of another file is.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DiscoveredKind } from '../model/discovered.ts'
import { namesOf } from './testing.ts'

const rows: [title: string, tree: Record<string, string>, kind: DiscoveredKind, expected: string[]][] = [
  [
    'PHP: the value of a property',
    {
      'a.php':
        "<?php\nuse OpenAI\\Client;\nclass A {\n  protected string $model = 'acme-7b-chat';\n  function f($c) { return $c->chat()->create(['model' => $this->model]); }\n}\n",
    },
    'models',
    ['acme-7b-chat'],
  ],
  [
    'PHP: tools of Neuron and of Prism are named in the first argument',
    {
      'a.php':
        "<?php\nuse NeuronAI\\Tools\\Tool;\nclass A { static function make() { return Tool::make('look_up', 'Looks things up')->setCallable(fn () => 1); } }\n",
      'b.php':
        "<?php\nuse Prism\\Prism\\Facades\\Tool;\n$tool = Tool::as('weather')->for('Says the weather')->using(fn () => 'sun');\n",
    },
    'tools',
    ['look_up', 'weather'],
  ],
  [
    'PHP: stores that settings choose from; a cache is none',
    {
      'config/rag.php':
        "<?php\nuse NeuronAI\\RAG;\nreturn ['store' => ['default' => 'file', 'pinecone' => ['key' => 1], 'meilisearch' => ['host' => 2]]];\n",
      'config/cache.php': "<?php\n// openai\nreturn ['stores' => ['redis' => ['driver' => 'redis'], 'file' => []]];\n",
    },
    'vectorStores',
    ['meilisearch', 'pinecone'],
  ],
  [
    'PHP: a model that a variable chooses, beside its key',
    {
      'config/ai.php':
        "<?php\nuse NeuronAI\\Agent;\nreturn ['acme' => ['key' => env('ACME_KEY'), 'model' => env('ACME_MODEL', 'acme-speech-2')]];\n",
    },
    'models',
    ['acme-speech-2'],
  ],
  [
    'Ruby: words in a list, quoted symbols, and what a method comes to',
    {
      'a.rb':
        'require "openai"\nMODELS = %w[gpt-4.1 gpt-4.1-mini]\nOpenAI::Client.new.chat.completions.create(model: :"gpt-4o-mini", messages: [])\n',
      'b.rb':
        'require "openai"\nclass B\n  def ask\n    OpenAI::Client.new.chat(parameters: { model: own_model })\n  end\n  def own_model\n    "acme-7b-chat"\n  end\nend\n',
    },
    'models',
    ['acme-7b-chat', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o-mini'],
  ],
  [
    'Ruby: a branch of case',
    {
      'a.rb':
        'require "openai"\nmodel = case size\n  when :big then "o3"\n  else "o4-mini"\nend\nOpenAI::Client.new.chat(parameters: { model: model })\n',
    },
    'models',
    ['o3', 'o4-mini'],
  ],
  [
    'a class that says its name, and what it takes through a class above it',
    {
      'functions/base.rb':
        '# openai\nclass Ai::Function\n  def name\n    raise NotImplementedError\n  end\n  def params_schema\n    {}\n  end\nend\n',
      'functions/accounts.rb':
        '# openai\nclass Ai::Function::Accounts < Ai::Function\n  def name\n    "get_accounts"\n  end\n  def description\n    "Lists the accounts"\n  end\nend\n',
      'functions/plain.rb':
        '# openai\nclass Plain < Widget\n  def name\n    "plain"\n  end\n  def description\n    "A plain thing"\n  end\nend\n',
    },
    'tools',
    ['get_accounts'],
  ],
  [
    'Kotlin: what is tried, taken lazily, chosen by when, or taken when nothing is said',
    {
      'a.kt':
        'import ai.koog.agents.core.agent.AIAgent\nimport ai.koog.prompt.executor.clients.openai.OpenAIModels\nclass C(val first: String = "gpt-4o") {\n  fun f() = flow {\n    try {\n      ask(AIAgent(model = OpenAIModels.Chat.GPT4_1Mini))\n    } catch (e: Exception) { log(e) }\n  }\n  val llm by lazy { client(model = "gpt-4.1-nano") }\n  val m = when (x) { 1 -> "gpt-4o-mini"; else -> "o4-mini" }\n}\n',
    },
    'models',
    ['gpt-4.1-mini', 'gpt-4.1-nano', 'gpt-4o', 'gpt-4o-mini', 'o4-mini'],
  ],
  [
    'Kotlin: an agent without a name of its own is called like the class that makes it',
    {
      'a.kt':
        'import ai.koog.agents.core.agent.AIAgent\nclass ElfAgent {\n  fun f() {\n    val agent = AIAgent(promptExecutor = x, systemPrompt = "Help")\n  }\n}\n',
    },
    'agents',
    ['ElfAgent'],
  ],
  [
    'Rust: lists and documents in macros, with and without a conversion',
    {
      'a.rs':
        'use async_openai::Client;\nfn f() {\n  let all = vec!["gpt-4o".to_string(), "o3".into()];\n  let body = json!({ "model": "o4-mini", "tools": [{ "type": "function", "function": { "name": "x", "description": "d", "parameters": {} } }] });\n}\n',
    },
    'models',
    ['gpt-4o', 'o3', 'o4-mini'],
  ],
  [
    'Rust: a tool in a document',
    {
      'a.rs':
        'use async_openai::Client;\nfn f(key: &str) {\n  let tools = json!([{ "type": "function", "function": { "name": "look_up", "description": format!("for {}", key), "parameters": { "type": "object" } } }]);\n}\n',
    },
    'tools',
    ['look_up'],
  ],
  [
    'Rust: arms of match, names of variants, a constant of another module',
    {
      'src/main.rs':
        'use async_openai::Client;\nuse crate::config::MODEL;\nfn f(t: Tier) {\n  let chat = CreateChatCompletionRequestArgs::default().model(MODEL).build();\n  let model = match t { Tier::A => "o3", Tier::B => { log(); "o4-mini" } };\n}\n#[derive(Serialize)]\nenum ModelName {\n  #[serde(rename = "gpt-4.1")]\n  Big,\n}\n',
      'src/config.rs': '// gpt-\npub const MODEL: &str = "acme-7b-chat";\n',
    },
    'models',
    ['acme-7b-chat', 'gpt-4.1', 'o3', 'o4-mini'],
  ],
  [
    'Rust: a file that asks a provider by its address alone',
    {
      'src/backends/backend.rs':
        'fn url() -> String { "https://api.anthropic.com/v1/messages".to_string() }\nfn all() -> Vec<String> { vec!["claude-3-haiku-20240307".to_string()] }\n',
    },
    'models',
    ['claude-3-haiku-20240307'],
  ],
  [
    'Java: a constant of another class, by a static import',
    {
      'src/main/java/com/acme/A.java':
        'package com.acme;\nimport dev.langchain4j.model.openai.OpenAiChatModel;\nimport static com.acme.cfg.Names.CHOSEN;\nclass A { Object m = OpenAiChatModel.builder().modelName(CHOSEN).build(); }\n',
      'src/main/java/com/acme/cfg/Names.java':
        'package com.acme.cfg;\nclass Names { static final String CHOSEN = "acme-7b-chat"; }\n',
    },
    'models',
    ['acme-7b-chat'],
  ],
  [
    'settings that say what a model can do are no price list, and a short name beside it is no model',
    {
      'models.yml':
        '- api_name: gpt-4o-mini\n  name: GPT-4o mini\n  supports_images: true\n  supports_tools: true\n  supports_pdf: true\n',
      'assistants.yml': '- slug: claude-sonnet\n  language_model: claude-sonnet-4-5\n',
    },
    'models',
    ['claude-sonnet-4-5', 'gpt-4o-mini'],
  ],
  [
    'settings say beside a model who serves it',
    { 'models.yml': 'models:\n  - model: mixtral-8x7b-32768\n    service_name: Groq\n' },
    'providers',
    ['groq'],
  ],
  [
    'a configuration of evaluations says what is asked of a provider',
    { 'promptfooconfig.yaml': 'providers:\n  - openai:chat:gpt-4o\n  - openai:embeddings:text-embedding-3-small\n' },
    'models',
    ['gpt-4o', 'text-embedding-3-small'],
  ],
  [
    'CDK: constructs of Bedrock',
    {
      'a.ts':
        "import * as cdk from 'aws-cdk-lib/aws-bedrock'\nimport { bedrock } from '@cdklabs/generative-ai-cdk-constructs'\nnew cdk.CfnGuardrail(this, 'rail', {})\nnew bedrock.VectorKnowledgeBase(this, 'kb', { embeddingsModel: bedrock.BedrockFoundationModel.TITAN_EMBED_TEXT_V2_1024 })\n",
      'b.py': "from aws_cdk import aws_sagemaker as sm\nsm.CfnEndpoint(self, 'e')\n",
    },
    'cloudAi',
    ['AWS::Bedrock::Guardrail', 'AWS::Bedrock::KnowledgeBase', 'AWS::SageMaker::Endpoint'],
  ],
  [
    'CDK: the constants of Bedrock are names of models',
    {
      'a.ts':
        "import { bedrock } from '@cdklabs/generative-ai-cdk-constructs'\nconst one = bedrock.BedrockFoundationModel.TITAN_EMBED_TEXT_V2_1024\nconst two = bedrock.BedrockFoundationModel.ANTHROPIC_CLAUDE_3_SONNET_20240229_V1_0\n",
    },
    'models',
    ['amazon.titan-embed-text-v2:0', 'anthropic.claude-3-sonnet-20240229-v1:0'],
  ],
  [
    'Ruby: stores by their class, and by a migration',
    {
      'a.rb': 'require "langchain"\nLangchain::Vectorsearch::Qdrant.new(url: 1)\n',
      'db/migrate/1_vector.rb':
        'class V < ActiveRecord::Migration[7.1]\n  def change\n    enable_extension "vector"\n  end\nend\n',
    },
    'vectorStores',
    ['pgvector', 'qdrant'],
  ],
  [
    'PHP: a tool that hands its name to the class above',
    {
      'a.php':
        "<?php\nuse NeuronAI\\Tools\\Tool;\nclass Places extends Tool { function __construct() { parent::__construct('find_place', 'Finds'); } }\n",
    },
    'tools',
    ['find_place'],
  ],
  [
    "Rust: a name that is everybody's, converted on its way into a request",
    {
      'a.rs':
        'use ollama_rs::Ollama;\nfn f(o: Ollama) { o.send(ChatMessageRequest::new(OTHER, vec![])); let c = Chat::new("llama3.2".to_string()); }\n',
    },
    'models',
    ['llama3.2'],
  ],
  [
    'Helm: what a chart brings along',
    {
      'Chart.yaml':
        'name: app\ndependencies:\n  - name: ollama\n    repository: https://otwld.github.io/ollama-helm/\n    version: 1.0.0\n  - name: redis\n    repository: https://charts.example.com\n',
    },
    'serving',
    ['ollama'],
  ],
  [
    'Terraform: the name of a module says nothing about a provider',
    {
      'main.tf':
        'resource "azurerm_cognitive_account" "a" {\n  kind = "OpenAI"\n}\nmodule "openai" {\n  deployment = {\n    chat = { model_name = "gpt-4o" }\n  }\n}\n',
    },
    'providers',
    ['azure-openai'],
  ],
]

for (const [title, tree, kind, expected] of rows)
  test(title, async () => assert.deepEqual(await namesOf(tree, kind), expected.toSorted()))
