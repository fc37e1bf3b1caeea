// What settings, seeds and scripts choose: models, those who serve them, and the keys that open them.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isCredential } from './knowledge/providers.ts'
import { tryTrees } from './testing.ts'

describe('models', () => {
  tryTrees([
    [
      'what a migration puts into tables and changes there',
      'models',
      {
        'db/1_providers.sql':
          "-- openai\nINSERT INTO providers (name, note, default_model, base_url) VALUES\n  ('A', 'It''s (fast); and new', 'gpt-4o-mini', 'https://api.openai.com/v1'),\n  ('B', NULL, 'claude-sonnet-4-0', lower('X'));\nUPDATE providers SET embedding_model = 'text-embedding-3-small', note = 'gpt-4o' WHERE name = 'A';\n",
      },
      ['claude-sonnet-4-0', 'gpt-4o-mini', 'text-embedding-3-small'],
    ],
    [
      'what a script keeps and pulls',
      'models',
      {
        'setup.sh':
          '#!/bin/sh\nEMBED_MODEL="mxbai-embed-large"\nollama pull qwen2.5:7b && ollama pull gemma3:4b\n# ollama pull llama3\n',
      },
      ['gemma3:4b', 'mxbai-embed-large', 'qwen2.5:7b'],
    ],
    [
      'every model that one command pulls',
      'models',
      {
        'docker-compose.yml':
          'services:\n  a:\n    image: ollama/ollama\n    command: "ollama pull qwen2.5:7b && ollama pull nomic-embed-text"\n',
      },
      ['nomic-embed-text', 'qwen2.5:7b'],
    ],
    [
      'a word of everyday life among names of models',
      'models',
      { 'A.kt': 'object A {\n  val models = linkedSetOf("gpt-4o", "gpt-4")\n}\n' },
      ['gpt-4', 'gpt-4o'],
    ],
    [
      'short names of settings are none, wherever they stand',
      'models',
      {
        'gateway.yaml':
          'models:\n  - key: claude-3-haiku\n    type: claude-3-haiku-20240307\n    provider: anthropic\npipelines:\n  - model: claude-3-haiku\n',
      },
      ['claude-3-haiku-20240307'],
    ],
    [
      'short names of LiteLLM, and those that are the only name there is',
      'models',
      {
        'a.yaml':
          'model_list:\n  - model_name: bedrock-haiku-3\n    litellm_params:\n      model: bedrock/anthropic.claude-3-haiku-20240307-v1:0\n  - model_name: gpt-4o\n    litellm_params:\n      model: azure/ours\nrouter:\n  fallbacks: [{"gpt-4o": ["bedrock-haiku-3"]}]\n',
      },
      ['anthropic.claude-3-haiku-20240307-v1:0', 'gpt-4o'],
    ],
    [
      'settings as JSON in a variable, and what stands among them as a hub would call it',
      'models',
      {
        'values.yaml':
          'env:\n  MODELS: >\n    [{"id": "Qwen/Qwen3-8B"}, {"id": "acme/ling-9"},\n    {"id": "google/gemma-3-4b-it"}, {"id": "other"}]\n  LINKS: \'["a/b", "c/d", "e/f"]\'\n  BROKEN: "[1, 2"\n',
      },
      ['Qwen/Qwen3-8B', 'acme/ling-9', 'google/gemma-3-4b-it'],
    ],
    [
      'a file within a ConfigMap',
      'models',
      {
        'cm.yaml':
          'kind: ConfigMap\ndata:\n  config.yaml: |\n    llm:\n      provider: openai\n      model: gpt-4o-mini\n  notes.txt: |\n    model: gpt-4o\n',
      },
      ['gpt-4o-mini'],
    ],
    [
      'folders that only begin like those of words for people',
      'models',
      {
        'LangGraph/a.py': 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4o")\n',
        'lang/en/a.php': '<?php return ["model" => "gpt-4o-mini"];\n',
      },
      ['gpt-4o'],
    ],
    [
      'a publisher that nobody knows, where a library loads it',
      'models',
      {
        'a.py':
          'from ragatouille import RAGPretrainedModel\nr = RAGPretrainedModel.from_pretrained("acme/colbertv2.0")\n',
      },
      ['acme/colbertv2.0'],
    ],
    ['files are no models', 'models', { 'a.py': 'from openai import OpenAI\nmodel = "gpt-4o-results.jsonl"\n' }, []],
    [
      'what people read below the name of a model',
      'models',
      {
        'a.py':
          'from groq import Groq\nMODELS = {"mixtral-8x7b-32768": {"name": "Mixtral-8x7b-Instruct-v0.1", "tokens": 32768, "developer": "Mistral"}}\n',
      },
      ['mixtral-8x7b-32768'],
    ],
    [
      'versions and the numbers of rows are none',
      'models',
      {
        'a.yaml':
          'llm:\n  temperature: 1\n  model_version: "v2:0"\n  model_id: 66f423426eb563fa213a3531\n  model: acme-2\n',
      },
      ['acme-2'],
    ],
    [
      'tests of Rust',
      'models',
      {
        'src/openai/tests.rs': 'fn a() { let model = "gpt-4o"; }\n',
        'src/openai/test.rs': 'fn a() { let model = "gpt-4o"; }\n',
      },
      [],
    ],
  ])
})

describe('providers', () => {
  tryTrees([
    [
      'a word of everyday life behind services; what runs on the machine is nobody',
      'providers',
      {
        'bot.py': 'from pipecat.services.cartesia.tts import CartesiaTTSService\n',
        'b.py': 'from langchain.embeddings.huggingface import HuggingFaceEmbeddings\n',
      },
      ['cartesia'],
    ],
    [
      'who serves a list of models serves each of them, and whoever continues a client asks its provider',
      'providers',
      {
        'llm.rb':
          'PRESETS = [{ id: "open_router", models: [{ name: "x-ai/grok-3-beta", tokens: 64000 }], endpoint: "https://openrouter.ai/api/v1/chat/completions", provider: "open_router" }]\n',
        'lm.py': 'import dspy\nclass Local(dspy.OllamaLocal):\n    pass\n',
      },
      ['ollama', 'openrouter'],
    ],
    [
      'open weights behind another address are not served by their maker',
      'providers',
      {
        'a.py':
          'from openai import OpenAI\nc = OpenAI(base_url="https://api.groq.com/openai/v1")\nc.chat.completions.create(model="qwen/qwen3-32b")\nc.chat.completions.create(model="openai/gpt-oss-120b")\n',
      },
      ['groq'],
    ],
    [
      'nor are those of a hub, whoever they are from',
      'providers',
      {
        'a.py':
          'from together import Together\nc = Together()\nfor m in ["mistralai/Mistral-Small-24B-Instruct-2501", "moonshotai/Kimi-K2-Instruct", "black-forest-labs/FLUX.1-dev-lora"]:\n    c.chat.completions.create(model=m)\n',
      },
      ['together'],
    ],
    [
      'closed models behind a gateway are',
      'providers',
      {
        'a.py':
          'from openai import OpenAI\nc = OpenAI(base_url="https://openrouter.ai/api/v1")\nc.chat.completions.create(model="anthropic/claude-sonnet-4.5")\n',
      },
      ['anthropic', 'openrouter'],
    ],
    [
      'a framework of agents that asks another',
      'providers',
      {
        'requirements.txt': 'google-adk\nlitellm\n',
        'a.py':
          'from google.adk.agents import Agent\nfrom google.adk.models.lite_llm import LiteLlm\nroot = Agent(name="a", model=LiteLlm(model="bedrock/anthropic.claude-3-haiku-20240307-v1:0"))\n',
      },
      ['aws-bedrock'],
    ],
    [
      'a framework of agents that is told no model',
      'providers',
      { 'requirements.txt': 'google-adk\n', 'a.py': 'from google.adk.agents import Agent\nroot = Agent(name="a")\n' },
      ['google'],
    ],
    [
      'the name that an adapter gives its provider',
      'providers',
      {
        'pkg/azureopenai/client.go': 'package azureopenai\nconst providerName = "azureopenai"\n',
        'auth/google.go': 'package auth // llm\nconst providerName = "google"\n',
      },
      ['azure-openai'],
    ],
    [
      'who is configured in Ruby, listed by a library, or reached through a configuration for Azure',
      'providers',
      {
        'a.rb':
          "require 'ruby_llm'\nRubyLLM.configure do |config|\n  config.anthropic_api_key = keys[:anthropic]\nend\n",
        'a.php': '<?php\nuse Laravel\\Ai\\Enums\\Lab;\n$a = Lab::DeepSeek;\n',
        'a.go': 'package a\nimport "github.com/sashabaranov/go-openai"\nvar c = openai.DefaultAzureConfig(key, url)\n',
      },
      ['anthropic', 'azure-openai', 'deepseek', 'openai'],
    ],
    [
      'whom LiteLLM asks, though the model is not named',
      'providers',
      { 'a.yaml': 'model_list:\n  - model_name: ours\n    litellm_params:\n      model: sagemaker/$ENDPOINT\n' },
      ['aws-sagemaker'],
    ],
    [
      'an address in SQL of which a part is left open',
      'providers',
      {
        'a.sql':
          "create external model M with (location = 'https://<OURS>.openai.azure.com/openai/deployments/<NAME>/embeddings');\n",
      },
      ['azure-openai'],
    ],
    [
      'whom a vector store has turn texts into vectors',
      'providers',
      {
        'a.ts':
          'import weaviate from "weaviate-client"\nconst c = { vectorizers: [weaviate.configure.vectors.text2VecGoogle({})], generative: weaviate.configure.generative.mistral({}) }\n',
        'b.ts': 'import { y } from "chromadb"\nconst x = lib.generative.cohere({})\n',
      },
      ['google', 'mistral'],
    ],
    [
      'a model whose weights are open, on a host of models',
      'providers',
      { 'a.py': 'from groq import Groq\nGroq().chat.completions.create(model="mixtral-8x7b-32768")\n' },
      ['groq'],
    ],
    [
      'the class of a library for more than one',
      'providers',
      { 'a.py': 'from pinecone_text.dense import JinaEncoder\nimport pinecone\n' },
      ['jina'],
    ],
    [
      'an account of Azure whose kind a module hands over',
      'providers',
      {
        'infra/main.bicep':
          "module a 'core/account.bicep' = {\n  name: 'openai'\n  params: {\n    kind: 'OpenAI'\n  }\n}\n",
        'infra/core/account.bicep':
          "param kind string\nresource a 'Microsoft.CognitiveServices/accounts@2023-05-01' = {\n  name: 'a'\n  kind: kind\n}\n",
        'infra/core/role.bicep':
          "resource a 'Microsoft.CognitiveServices/accounts@2023-05-01' existing = {\n  name: 'a'\n}\n",
      },
      ['azure-openai'],
    ],
    [
      'an address that a function comes to, where nothing else in the file tells of AI',
      'providers',
      { 'a.ts': 'export const config = { getBaseURL: () => "https://api.bytez.com/v1" }\n' },
      ['bytez'],
    ],
    [
      'a client that is told of Azure, and what is called after OpenAI and is not theirs',
      'providers',
      {
        'a.ts': 'import { OpenAI } from "@llamaindex/openai"\nconst a = new OpenAI({ azure: { deployment: d } })\n',
        'b.ts':
          'import { AzureAISearchVectorStore } from "@langchain/community/vectorstores/azure_aisearch"\nimport { OpenAIStream } from "ai"\nimport { OpenAIClient } from "@azure/openai"\n',
      },
      ['azure-openai'],
    ],
    [
      'open weights that anybody may serve',
      'providers',
      { 'a.py': 'import diffusers\nMODEL = "stable-diffusion-2-1"\n' },
      [],
    ],
    [
      'a section of OpenAI that names deployments',
      'providers',
      { 'appsettings.json': '{"OpenAi": {"Endpoint": "<here>", "ChatDeploymentName": "<name>"}}\n' },
      ['azure-openai'],
    ],
  ])
})

describe('frameworks', () => {
  tryTrees([
    [
      'what only measures is none',
      'frameworks',
      {
        'requirements.txt': 'scikit-learn\nopenai\n',
        'a.py': 'from sklearn.metrics.pairwise import cosine_similarity\n',
        'A.cs': 'using Microsoft.ML.Tokenizers;\nclass A {}\n',
      },
      [],
    ],
    [
      'what learns is one',
      'frameworks',
      { 'a.py': 'from sklearn.ensemble import RandomForestClassifier\n' },
      ['scikit-learn'],
    ],
  ])
})

test('what opens a part of an AI system, and what does not', () => {
  for (const name of [
    'OPENAI_API_KEY',
    'HF_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'LANGSMITH_API_KEY',
    'ACME_API_KEY',
    'GITHUB_TOKEN',
  ])
    assert(isCredential(name, true), name)
  for (const name of [
    'APP_KEY',
    'MAIL_PASSWORD',
    'PGADMIN_DEFAULT_PASSWORD',
    'GOOGLE_CLIENT_SECRET',
    'STRIPE_API_KEY',
    'MY_STRIPE_SECRET_KEY',
    'SENDGRID_API_KEY',
    'JWT_SECRET',
    'SECRET_KEY',
    'PUSHER_APP_KEY',
    'RAILS_MASTER_KEY',
    'REDIS_PASSWORD',
    'NEXTAUTH_SECRET',
    'AZURE_OPENAI_ENDPOINT',
    'AZURE_OPENAI_CHATGPT_DEPLOYMENT',
  ])
    assert(!isCredential(name, true), name)
  assert(isCredential('PINECONE_API_KEY', false))
  assert(!isCredential('ACME_API_KEY', false))
})
