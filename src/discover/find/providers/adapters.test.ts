// Providers that only names tell, in company, and names in company that tell of none. One small tree for each.
import { tryTrees } from '../../testing.ts'

tryTrees([
  [
    'a folder with a part for each, whatever they are called beside their names',
    'providers',
    {
      'src/llm/providers/openai_provider.py': 'class A: ...  # llm\n',
      'src/llm/providers/cohereClient.py': 'class B: ...  # llm\n',
      'src/llm/providers/text2vec-mistral/main.py': 'class C: ...  # llm\n',
      'src/llm/providers/azure.py': 'class D: ...  # llm\n',
      'src/llm/providers/base.py': 'class E: ...  # llm\n',
      'src/icons/providers/groq.ts': 'export const a = "llm"\n',
    },
    ['azure-openai', 'cohere', 'mistral', 'openai'],
  ],
  [
    'whom the one that a file is for asks in turn, and whose models carry their publishers in front',
    'providers',
    {
      'providers/openrouter_provider.py':
        'import requests\nURL = "https://openrouter.ai/api/v1"\nMODEL = config.get("generation_model", "anthropic/claude-3-haiku")\nINFO = {"supported_providers": ["OpenAI", "Anthropic", "Mistral", "Cohere"]}\n',
    },
    ['openrouter'],
  ],
  [
    'two of them, and clouds beside them, are a folder of clients like any other',
    'providers',
    {
      'src/clients/openai.py': 'llm = 1\n',
      'src/clients/azure.py': 'llm = 1\n',
      'src/clients/aws.py': 'llm = 1\n',
      'src/clients/cloudflare.py': 'llm = 1\n',
    },
    [],
  ],
  [
    'an enumeration, a table of what makes them, and choices of the command line',
    'providers',
    {
      'a.go':
        'package a // llm\ntype Provider string\nconst (\n A Provider = "openai"\n B Provider = "groq"\n C Provider = "cohere"\n)\n',
      'a.rs': '// llm\nenum LlmBackend { DeepSeek, Mistral, XAI }\n',
      'a.ts': 'const clients = { anthropic: makeA, ollama: makeB, openrouter: makeC } // llm\n',
      'a.py': '# llm\np.add_argument("--provider", choices=["cerebras", "perplexity", "sambanova"])\n',
    },
    [
      'anthropic',
      'cerebras',
      'cohere',
      'deepseek',
      'groq',
      'mistral',
      'ollama',
      'openai',
      'openrouter',
      'perplexity',
      'sambanova',
      'xai',
    ],
  ],
  [
    'prices, words for people, and whom a hub asks in turn are no such table',
    'providers',
    {
      'a.ts':
        'const providerPrices = { openai: f, groq: g, cohere: h } // llm\nconst providers = { openai: "OpenAI", groq: "Groq", cohere: "Cohere" }\nif (["openai", "groq", "cohere"].includes(provider)) stop()\n',
      'src/Bridge/HuggingFace/Provider.php':
        '<?php // llm\ninterface Provider { const A = "openai"; const B = "groq"; const C = "cohere"; }\n',
    },
    [],
  ],
  [
    'a folder that is called for providers alone',
    'providers',
    {
      'src/providers/openai/index.ts': 'export const llm = 1\n',
      'src/providers/google/index.ts': 'export const llm = 1\n',
      'src/providers/replicate/index.ts': 'export const llm = 1\n',
      'src/providers/azure/index.ts': 'export const llm = 1\n',
    },
    ['azure-openai', 'google', 'openai', 'replicate'],
  ],
  [
    'keys of several in one file, of which a person fills in some',
    'providers',
    {
      'a.py': 'import litellm\n',
      '.env.example': 'COHERE_API_KEY=\nALEPH_ALPHA_API_KEY=\nAI21_API_KEY=\n',
      'b/.env.example': 'GROQ_API_KEY=\nSTRIPE_API_KEY=\n',
    },
    ['ai21', 'aleph-alpha', 'cohere'],
  ],
])
