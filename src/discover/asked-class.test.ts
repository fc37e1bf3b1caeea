// Models and providers where a class says whom it asks. Each row is a small tree of its own.
import { tryTrees } from './testing.ts'

const ENGINES = {
  'engines.rb':
    'class Engines\n  DEPRECATED_MODEL_ALIASES = { "anthropic" => { to: "a" }, "deepseek" => { to: "b" }, "mistral" => { to: "c" } }\n  def pick\n    Acme::Groq.new(model: "mistral-saba-24b")\n    Acme::Perplexity.new(model: "sonar")\n    Acme::Table.new(model: "ticket")\n  end\nend\n',
  'groq.rb': 'class Groq\n  URL = "https://api.groq.com/openai/v1"\nend\n',
}

tryTrees([
  ['a class called after a provider is told of a model by one word', 'models', ENGINES, ['mistral-saba-24b', 'sonar']],
  ['whose class is told serves it, whoever made it, and aliases name nobody', 'providers', ENGINES, ['groq']],
  [
    'a class of a library is told of a model as a hub calls it',
    'models',
    {
      'a.py':
        'from haystack_integrations.components.routers.transformers import TransformersTextRouter\nrouter = TransformersTextRouter(model="acme/question-or-not", labels=["a/b"])\nown = Router(model="acme/no-model")\n',
    },
    ['acme/question-or-not'],
  ],
  [
    'a search by its class',
    'providers',
    {
      'a.py':
        'from haystack_integrations.components.websearch.serperdev import SerperDevWebSearch\nsearch = SerperDevWebSearch()\n',
    },
    ['serper'],
  ],
  [
    'a client of Azure that is given a key alone',
    'providers',
    { 'A.cs': 'using Azure.AI.OpenAI;\nclass A { object f(C c) { return new OpenAIClient(c.Key); } }\n' },
    ['azure-openai', 'openai'],
  ],
  [
    'boxes of a flow',
    'providers',
    {
      'n8n.json':
        '{"nodes": [{"type": "@n8n/n8n-nodes-langchain.lmChatGoogleGemini"}, {"type": "@n8n/n8n-nodes-langchain.embeddingsMistralCloud"}, {"type": "n8n-nodes-base.openAi"}]}',
      'flowise.json':
        '{"nodes": [{"data": {"type": "ChatOllama", "category": "Chat Models"}}, {"data": {"type": "ChatAnthropic", "category": "Tools"}}]}',
    },
    ['google', 'mistral', 'ollama'],
  ],
  [
    'a notebook of C#',
    'providers',
    {
      'a.ipynb': JSON.stringify({
        metadata: { kernelspec: { language: 'C#' } },
        cells: [
          '#r "nuget: Azure.AI.OpenAI, 1.0.0-beta.5"',
          'using Azure.AI.OpenAI;',
          '#!csharp\nvar a = new OpenAIClient(b, c);',
        ].map((source) => ({ cell_type: 'code', source })),
      }),
    },
    ['azure-openai'],
  ],
  [
    'constants of Java, as their text',
    'models',
    {
      'A.java':
        'import org.springframework.ai.ollama.api.OllamaModel;\nclass A { Object m = O.builder().model(OllamaModel.LLAMA3_2.getName()); Object n = P.builder().model(com.openai.models.ChatModel.GPT_4O_AUDIO_PREVIEW.asString()); Object e = O.builder().model(OllamaModel.NOMIC_EMBED_TEXT.getName()); }\n',
    },
    ['gpt-4o-audio-preview', 'llama3.2', 'nomic-embed-text'],
  ],
  [
    'what several models share says something about them',
    'models',
    {
      'a.py':
        'from openai import OpenAI\nROLES = {"o1": "user", "o3": "user", "gpt-4.1": "user"}\nSETTINGS = {"gpt-5": lambda p: {}, "gpt-5-mini": lambda p: {"a": 1}}\nSERVED = {"gpt-4o": "openai", "gpt-4o-mini": "openai", "o4-mini": "openai"}\n',
    },
    ['gpt-4o', 'gpt-4o-mini', 'o4-mini'],
  ],
])
