// Names of models and providers that a hub, a connection, an image or a container says. Each row is a small tree of its own.
import { tryTrees } from './testing.ts'

const HASH = '0123456789abcdef'.repeat(4)

tryTrees([
  [
    'the address at which a hub answers for a model',
    'models',
    {
      'flow.json':
        '{"nodes":[{"parameters":{"url":"https://api-inference.huggingface.co/models/acme/PAINT.1-dev"}},{"parameters":{"url":"https://huggingface.co/models/acme/page-1"}}]}',
      'a.ts':
        "import { fal } from '@fal-ai/client'\nconst RUNS = { runtime_url: 'https://fal.run/acme/draw/large', documentation_url: 'https://fal.ai/models/acme/sketch-1/api' }\nawait fetch('https://api.replicate.com/v1/models/acme/song-2/predictions')\n",
    },
    ['acme/PAINT.1-dev', 'acme/draw/large', 'acme/song-2'],
  ],
  [
    'a version of Replicate by its hash, beside what it is given',
    'models',
    {
      'restore.ts': `await fetch('https://api.replicate.com/v1/predictions', { body: JSON.stringify({ version: '${HASH}', input: { img } }) })\nconst build = { version: '${HASH.replace('0', '1')}' }\n`,
      'lock.json': `{"openai":{"version":"${HASH}","input":1}}`,
    },
    [HASH],
  ],
  [
    'who serves it stands before the word for what it is',
    'models',
    {
      'registry.py':
        'import replicate\nPAINT = Model(alias="paint", replicate_model="acme/paint-4.5")\nSONG = Model(provider_model="acme/song/edit-2")\nNONE = Model(data_model="acme/rows-2", google_model="plain")\n',
    },
    ['acme/paint-4.5', 'acme/song/edit-2'],
  ],
  [
    'a connection as .NET writes it',
    'models',
    {
      'appsettings.json':
        '{"ConnectionStrings":{"chat":"Source=OpenAI;ChatModelId=gpt-4o-2024-08-06;ApiKey=none","embed":"Endpoint=https://acme.openai.azure.com;Deployment=text-embedding-3-small","sql":"Server=a;Database=gpt-4o"}}',
    },
    ['gpt-4o-2024-08-06', 'text-embedding-3-small'],
  ],
  [
    'what an image fetches while it is built',
    'models',
    {
      Dockerfile:
        'FROM python:3.12\nRUN pip install fastembed\nRUN python -c \'from fastembed import TextEmbedding; TextEmbedding("acme/small-words-2")\'\nRUN python -c "print(\'acme/other-2\')"\n',
    },
    ['acme/small-words-2'],
  ],
  [
    'a file that Ruby requires is no model, though its folder is called like a provider',
    'models',
    {
      'lib/ollama_chat.rb':
        "require 'ollama'\nrequire 'ollama_chat/message_list'\nrequire_relative 'ollama_chat/history'\nOllama::Client.new.chat(model: 'qwen3:8b')\n",
    },
    ['qwen3:8b'],
  ],
  [
    'constants of classes that hold nothing but names of models, with their publisher too',
    'models',
    {
      'Draw.java':
        'import dev.langchain4j.model.openai.OpenAiImageModel;\nimport dev.langchain4j.model.openai.OpenAiImageModelName;\nimport static dev.langchain4j.model.huggingface.HuggingFaceModelName.TII_UAE_FALCON_7B_INSTRUCT;\nclass Draw { Object m = OpenAiImageModel.builder().modelName(OpenAiImageModelName.DALL_E_3).build(); Object n = HuggingFaceChatModel.builder().modelId(TII_UAE_FALCON_7B_INSTRUCT).build(); }\n',
    },
    ['dall-e-3', 'tiiuae/falcon-7b-instruct'],
  ],
  [
    'one word that the builder of a model is told',
    'models',
    {
      'Ask.java':
        'import dev.langchain4j.model.openai.OpenAiChatModel;\nclass Ask { static final String WORD = "sonar"; Object m = OpenAiChatModel.builder().baseUrl("https://api.perplexity.ai").modelName(WORD).build(); Object car = Car.builder().modelName("estate").build(); }\n',
    },
    ['sonar'],
  ],
  [
    'what a parameter of Java is given when nothing is set',
    'models',
    {
      'Kernel.java':
        'import com.microsoft.semantickernel.Kernel;\nclass Answers { Answers(@ConfigProperty(name = "chat.model", defaultValue = "gpt-4o") String model, @Value("${words.model:text-embedding-3-large}") String words, @Described("gpt-4.1 is better") String other) { } }\n',
    },
    ['gpt-4o', 'text-embedding-3-large'],
  ],
  [
    'an enumeration called for one kind of them',
    'models',
    {
      'Models.kt':
        'package acme\nenum class GPTModel(val model: String, val most: Int) {\n    first("gpt-4", 8192),\n    second("gpt-4o", 4096),\n}\nenum class Label(val text: String) { gpt("gpt-4") }\n',
    },
    ['gpt-4', 'gpt-4o'],
  ],
  [
    'where containers are all that there is, their keys say whom they ask',
    'providers',
    {
      'compose.yml':
        "services:\n  flows:\n    image: n8nio/n8n\n    environment:\n      OPENAI_API_KEY: '${OPENAI_API_KEY:-}'\n      SMTP_API_KEY: x\n  other:\n    environment:\n      - GROQ_API_KEY=${GROQ_API_KEY}\n",
    },
    ['groq', 'openai'],
  ],
  [
    'where code speaks, the keys of containers say nothing more',
    'providers',
    {
      'compose.yml': 'services:\n  app:\n    environment:\n      - OPENAI_API_KEY=x\n      - ELEVENLABS_API_KEY=y\n',
      'a.py': 'from openai import OpenAI\nOpenAI()\n',
    },
    ['openai'],
  ],
  [
    'a module of a crate that is called like a library of others',
    'frameworks',
    { 'src/lib.rs': 'mod llm;\npub use llm::Turn;\n', 'src/llm.rs': 'pub struct Turn { pub gpt: String }\n' },
    [],
  ],
  [
    'the library itself, beside a module of that name in another crate',
    'frameworks',
    {
      'src/llm.rs': 'pub struct Turn { pub gpt: String }\n',
      'other/src/main.rs': 'use llm::builder::LLMBuilder;\nfn main() { LLMBuilder::new(); }\n',
    },
    ['llm-rust'],
  ],
  [
    'a store that the project reaches by a class of its own',
    'vectorStores',
    {
      'QdrantVectorStore.cs':
        'namespace Acme;\npublic sealed class QdrantVectorStore : IVectorStore { HttpClient http = factory.CreateClient("qdrant"); }\n',
      'LuceneEmbeddingStore.java':
        'import dev.langchain4j.store.embedding.EmbeddingStore;\nclass LuceneEmbeddingStore<T> implements EmbeddingStore<T> { }\n',
      'ChromaService.ts': "export class ChromaService { hue = 'qdrant' }\n",
    },
    ['lucene', 'qdrant'],
  ],
  [
    'functions of an extension of SQLite, which MariaDB has by the same name',
    'vectorStores',
    {
      'lite.py': 'import openai\nimport sqlite3\nfind = "SELECT vec_distance_cosine(v.embedding, ?) FROM v"\n',
      'maria.py': 'import openai\nimport mariadb\nfind = "SELECT VEC_DISTANCE_COSINE(v.embedding, ?) FROM v"\n',
    },
    ['mariadb', 'sqlite-vec'],
  ],
  [
    'what a price is said of is not asked',
    'models',
    {
      'Cost.cs':
        'using OpenAI;\nclass Cost { static readonly Dictionary<string, ModelPricing> All = new() { ["gpt-4o"] = new ModelPricing { Model = "gpt-4o", Input = 2.5m } };\n  static string Model = "gpt-4o-mini"; }\n',
    },
    ['gpt-4o-mini'],
  ],
  [
    'an owner and a name, as a hub keeps them',
    'models',
    {
      'models.ts':
        "import Replicate from 'replicate'\nexport const A = { id: 'cut', owner: 'bria', model: 'remove-background' }\nexport const B = { owner: 'somebody', model: 'corolla' }\n",
    },
    ['bria/remove-background'],
  ],
  [
    'constants of GigaChat',
    'models',
    {
      'Ask.java':
        'import chat.giga.model.ModelName;\nclass Ask { Object m = Chat.builder().modelName(ModelName.GIGA_CHAT_PRO_2).build(); }\n',
    },
    ['gigachat-2-pro'],
  ],
  [
    'what is asked of a list, and patterns that names are compared with',
    'models',
    {
      'a.rb':
        'require "ollama"\nSEES_PATTERNS = %w[gemma4 qwen3-vl kimi-k2.5].freeze\ndef asks(n) = ["qwen3:8b", "qwen3:14b"].include?(n)\ndef chosen = ENV.fetch("ACME_MODEL", "llama3.2")\ndef label = ENV.fetch("ACME_LABEL", "llama3.1")\n',
      'b.ts':
        "import OpenAI from 'openai'\nconst thinks = (model: string) => ['o3-mini', 'gpt-5-mini'].some((one) => model.startsWith(one)) || new Set(['gpt-4.1']).has(model)\nconst ALL = ['gpt-4o'].map((id) => ({ id }))\n",
      'c.kt':
        'import com.aallam.openai.client.OpenAI\nfun old(model: String) = setOf("gpt-4-turbo", "gpt-4-32k").contains(model)\n',
    },
    ['gpt-4o', 'llama3.2'],
  ],
  [
    'what a server is told to fetch from a hub',
    'models',
    {
      'pod.yaml':
        'kind: Pod\nspec:\n  containers:\n    - image: vllm/vllm-openai\n      args: ["--adapter", "acme/rows-to-sql", "--lora-path", "/adapters/x", "--name", "acme/other"]\n',
    },
    ['acme/rows-to-sql'],
  ],
  [
    'a short name among the members of an enumeration, and one alone',
    'models',
    {
      'models.ts':
        "import OpenAI from 'openai'\nexport enum LanguageThing { GPT_4 = 'gpt-4', GPT_4O = 'gpt-4o', O1 = 'o1', GPT_4_1 = 'gpt-4.1' }\nexport enum Sizes { O1 = 'o3', A = 'a', B = 'b' }\n",
      'sizes.py':
        'import openai\nclass LLM_THINGS(Enum):\n    DAVINCI = "text-davinci-003", 4097\n    GPT_4 = "gpt-4", 8192\n    GPT_4_32K = "gpt-4-32k", 32768\n',
    },
    ['gpt-4', 'gpt-4-32k', 'gpt-4.1', 'gpt-4o', 'o1', 'text-davinci-003'],
  ],
  [
    'what other things are called after a model, and how Elasticsearch writes the slash of a hub',
    'models',
    {
      'a.py':
        'import openai\npipeline_id = "msmarco-minilm-l-12-v3"\ncreate(indexName="gpt-4o-mini", model_id="sentence-transformers__msmarco-minilm-l-12-v3", collection_name="text-embedding-3-small")\n',
    },
    ['sentence-transformers__msmarco-minilm-l-12-v3'],
  ],
  [
    'a library that is switched, and a key for one kind of models',
    'providers',
    {
      'a.py':
        'import openai, os\nopenai.api_type = "azure"\nkey = os.getenv("COHERE_MULTILINGUAL_API_KEY")\nmaps = os.getenv("GOOGLE_MAPS_API_KEY")\n',
    },
    ['azure-openai', 'cohere', 'openai'],
  ],
  [
    'entries of a list of models, by whatever word, and by none where it is no list of models',
    'models',
    {
      'a.py':
        'from openai import OpenAI\nALL = pick([{"model": "gpt-4o"}, {"model": "text-davinci-003"}, {"model": "ada"}])\nCARS = [{"model": "corolla"}, {"model": "yaris"}, {"model": "supra"}]\n',
    },
    ['ada', 'gpt-4o', 'text-davinci-003'],
  ],
  [
    'what Ollama fetches from a hub, and what a recogniser of speech is called by its size',
    'models',
    {
      'a.py':
        'import ollama\nSTART = "hf.co/acme/blend-GGUF:Q4_K_M"\nPAGE = "hf.co/acme/blend"\nSETTINGS = {"model": "base.en", "page": "small.en"}\n',
    },
    ['base.en', 'hf.co/acme/blend-GGUF:Q4_K_M'],
  ],
  [
    'what a page offers to choose from, beside words that only look like it',
    'models',
    {
      'a.tsx':
        'export const Choice = () => <select><option value="deepseek-reasoner">R1</option><SelectItem value="gpt-4o">4o</SelectItem><option value="o1">first</option><Tab value="gemini-2.5-pro">Gemini</Tab></select>\n',
    },
    ['deepseek-reasoner', 'gpt-4o'],
  ],
  [
    'an address of Go that is put together before it is asked',
    'models',
    {
      'a.go':
        'package a\nfunc f() { u := fmt.Sprintf("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent?key=%s", k); http.Post(u, "", nil) }\n',
    },
    ['gemini-2.5-flash'],
  ],
  [
    'a command line that a program puts together',
    'models',
    {
      'a.js':
        "import OpenAI from 'openai'\nconst a = `whisper './${file}' --language ${l} --model tiny --output_dir out`\nconst b = `vllm serve acme/bird-2 --port ${p}`\nconst c = `vllm serve ${name} --model ${other}`\nconst d = `whisper ${file} --model tinyish`\n",
    },
    ['acme/bird-2', 'tiny'],
  ],
  [
    'weights by the file in which their maker gives them out, not those of somebody',
    'models',
    {
      'a.py':
        'from ultralytics import YOLO\na = YOLO("./weights/shop/yolov5s.pt")\nb = YOLO("runs/train/best.pt")\nc = YOLO("./out/shop-2.pt")\n',
      Dockerfile:
        'FROM python:3\nARG W="https://dl.acme.org/clip/0a1b/RN50x16.pt"\nARG OWN=https://dl.acme.org/best.pt\nRUN wget $W # torch\n',
      'b.ts':
        "import { getLlama } from 'node-llama-cpp'\nconst MODEL_NAME = 'mistral-7b-instruct-v0.2.Q4_K_M.gguf'\nconst file = 'llama-2-7b-chat.Q5_0.gguf'\n",
    },
    ['RN50x16.pt', 'mistral-7b-instruct-v0.2.Q4_K_M.gguf', 'yolov5s.pt'],
  ],
  [
    'weights that a command fetches',
    'models',
    {
      Dockerfile:
        'FROM python:3\nRUN mkdir -p w && wget -O w/b.safetensors https://huggingface.co/acme/bird-2/resolve/main/bird.safetensors # torch\n',
      'get.sh':
        '#!/bin/sh\n# pytorch\ncurl -L -o m.pth https://github.com/acme/up/releases/download/v1/Up_x4plus.pth\necho https://dl.acme.org/none-4.pth\ncurl -O https://dl.acme.org/model.pt\n',
    },
    ['Up_x4plus.pth', 'acme/bird-2'],
  ],
  [
    'constants of Bedrock that have one number, and those that have two',
    'models',
    {
      'a.ts':
        "import { FoundationModelIdentifier as F } from 'aws-cdk-lib/aws-bedrock'\nconst all = [F.AMAZON_TITAN_EMBEDDINGS_G1_TEXT_V1, F.COHERE_EMBED_MULTILINGUAL_V3, F.ANTHROPIC_CLAUDE_V2_1, F.META_LLAMA3_8B_INSTRUCT_V1]\n",
    },
    [
      'amazon.titan-embed-text-v1',
      'anthropic.claude-v2:1',
      'cohere.embed-multilingual-v3',
      'meta.llama3-8b-instruct-v1:0',
    ],
  ],
  [
    'a model that a store is told of by its settings, as a hub calls it',
    'models',
    {
      'a.py':
        'import marqo\ns = {"type": "x", "model": "acme/Birds_V1.5", "path": "acme/file-1"}\nmarqo.Client().create_index("i", settings_dict=s)\n',
      'b.ts':
        "import Typesense from 'typesense'\nconst f = { embed: { from: ['a'], model_config: { model_name: 'ts/picture-b-p32' } } }\n",
      'c.ts': 'const page = { model: "cars/model-3" } // embeddings\n',
    },
    ['acme/Birds_V1.5', 'ts/picture-b-p32'],
  ],
  [
    'constants of Symfony, in code and in settings, of a part that is called as pages are',
    'models',
    {
      'src/Blog/Ask.php':
        '<?php\nuse Symfony\\AI\\Platform\\Bridge\\OpenAi\\Embeddings;\n$m = new Embeddings(Embeddings::TEXT_3_LARGE);\n',
      'config/ai.yaml':
        'ai:\n  vectorizer:\n    a:\n      name: !php/const Symfony\\AI\\Platform\\Bridge\\OpenAi\\Gpt::GPT_4O_MINI\n      b: !php/const App\\Kinds::FAST_2\n',
    },
    ['gpt-4o-mini', 'text-embedding-3-large'],
  ],
  [
    'one word is enough below Ollama, and nowhere else',
    'models',
    {
      'application.yaml':
        'spring:\n  ai:\n    ollama:\n      chat:\n        options:\n          model: bakllava\n    openai:\n      chat:\n        options:\n          model: house\n',
      'b.properties': 'quarkus.langchain4j.ollama.chat-model.model-id=moondream\n',
    },
    ['bakllava', 'moondream'],
  ],
  [
    'a workload that is called after its model',
    'models',
    {
      'values.yaml':
        'app: qwen3-8b\nfullnameOverride: llama-3-8b\nmodelName: acme/Qwen3-8B\nimage:\n  repository: vllm/vllm-openai\n',
    },
    ['acme/Qwen3-8B'],
  ],
  [
    'an image that brings Ollama along, and one that does not',
    'providers',
    {
      'values.yaml': 'image:\n  repository: ghcr.io/open-webui/open-webui\n  tag: "v0.6-ollama"\n',
      'other/values.yaml': 'image:\n  repository: ghcr.io/open-webui/open-webui\n  tag: "v0.6"\n',
    },
    ['ollama'],
  ],
  [
    'a cloud that is chosen after the options were made',
    'providers',
    {
      'a.ts':
        "import { GoogleGenAI } from '@google/genai'\nconst given: any = {}\nif (key) given.apiKey = key\nelse given.vertexai = true\nconst ai = new GoogleGenAI(given)\n",
    },
    ['google', 'google-vertex-ai'],
  ],
  [
    'a workflow that tries itself asks whom it names',
    'providers',
    {
      '.github/workflows/self-test.yml':
        'jobs:\n  a:\n    steps:\n      - uses: ./\n        with:\n          model: claude-haiku-4-5\n          base-url: "https://openrouter.ai/api"\n',
      'checks/self-test.yml': 'base-url: "https://api.groq.com/openai/v1"\n',
    },
    ['openrouter'],
  ],
  [
    'what a workspace of Kubernetes serves',
    'models',
    {
      'w.yaml':
        'apiVersion: kaito.sh/v1alpha1\nkind: Workspace\nmetadata:\n  name: phi-3-5\nresource:\n  labelSelector:\n    matchLabels:\n      apps: phi-3-5\ninference:\n  preset:\n    name: phi-3.5-mini-instruct\n',
    },
    ['phi-3.5-mini-instruct'],
  ],
])
