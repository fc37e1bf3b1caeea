// What a model is called, and what only mentions one. Each row is a small tree of its own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesOf } from './testing.ts'

type Row = [title: string, tree: Record<string, string>, expected: string[]]

const rows: Row[] = [
  [
    'a registry with prices and dates mentions, and a schema offers',
    {
      'models.json':
        '{"groq":{"name":"Groq","api":"https://api.groq.com/v1","models":{"llama-3.3-70b-versatile":{"id":"llama-3.3-70b-versatile","cost":{"input":1},"limit":{"context":1},"release_date":"2024-01-01"}}}}',
      'schema.json':
        '{"$defs":{"Name":{"enum":["gpt-4o","o1"]}},"properties":{"model":{"anyOf":[{"const":"claude-3-opus-20240229"}]}}}',
      'results/run.json': '{"model":"gpt-4o-mini","score":1}',
    },
    [],
  ],
  [
    'what a list of abilities names is not in use',
    {
      'm.py':
        'from openai import OpenAI\nNO_SUPPORT_TEMPERATURE_MODELS = ["o1", "o3-mini"]\nSUPPORT_REASONING_EFFORT_MODELS = ["gpt-5"]\nSUPPORTED_MODELS = ["gpt-4o"]\n',
    },
    ['gpt-4o'],
  ],
  [
    'variables that choose a model',
    { '.env.sample': 'OLLAMA_CHAT_MODEL=llama3.1\nAZURE_OPENAI_EVAL_DEPLOYMENT=gpt-4\n' },
    ['gpt-4', 'llama3.1'],
  ],
  [
    'a bare word where only a model can stand',
    {
      '.env.example': "MODEL='openhermes'\n",
      'a.py':
        "import os\nfrom langchain_ollama import ChatOllama\nllm = ChatOllama(model=os.environ['MODEL'])\nagent = run(model='fast')\n",
    },
    ['openhermes'],
  ],
  [
    'who serves is not part of the name',
    {
      'a.py':
        'from litellm import completion\ncompletion(model="ollama/qwen3:8b")\ncompletion(model="groq/llama-3.3-70b-versatile")\ncompletion(model="openrouter/anthropic/claude-sonnet-4.5")\n',
    },
    ['anthropic/claude-sonnet-4.5', 'llama-3.3-70b-versatile', 'qwen3:8b'],
  ],
  [
    'a model of a local server, whatever it is called, and one in a list of choices',
    {
      'c.py':
        'from enum import Enum\nimport litellm\nclass ChatModel(str, Enum):\n    COMMAND_R = "command-r"\n    CUSTOM = "custom"\nNAMES = {"a": "ollama_chat/mistral", "b": "ollama_chat/phi3:14b"}\nIMAGE = "ollama/ollama"\n',
    },
    ['command-r', 'mistral', 'phi3:14b'],
  ],
  [
    'a resource name of Google',
    { 'a.py': 'import vertexai\nm = Endpoint(publisher_model="publishers/google/models/text-embedding-005")\n' },
    ['text-embedding-005'],
  ],
  [
    'one model by two names',
    {
      'a.py':
        'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1", input="x")\nOpenAI().responses.create(model="openai/gpt-4.1", input="x")\n',
    },
    ['gpt-4.1'],
  ],
  [
    'a set of data on the hub is no model',
    {
      'a.py':
        'from huggingface_hub import snapshot_download\nsnapshot_download(repo_id="gaia-benchmark/GAIA-2", repo_type="dataset")\n',
    },
    [],
  ],
  [
    'the name that people read beside the id',
    {
      'l.ts':
        'import OpenAI from "openai"\nexport const LIST = [{ modelId: "llama3-8b-8192", modelName: "LLaMA3-8b-chat", provider: "groq" }]\n',
    },
    ['llama3-8b-8192'],
  ],
  [
    'a file that counts tokens and asks through another, or a cloud, uses what it names',
    {
      'asks.py': 'import anthropic\n',
      'a.py':
        'import tiktoken\nfrom asks import Client\nCHOICES = {"CLAUDE": [("Haiku", "claude-3-haiku-20240307")]}\n',
      'b.py':
        'import boto3, tiktoken\nx = boto3.client("bedrock-runtime")\nserved = {"anthropic.claude-v2:1": {"system": True}}\n',
    },
    ['anthropic.claude-v2:1', 'claude-3-haiku-20240307'],
  ],
  [
    'what a proxy calls its models for those who ask by another name',
    {
      'a.yaml':
        'model_list:\n  - model_name: fast\n    litellm_params:\n      model: groq/llama-3.1-8b-instant\nrouter_settings:\n  model_group_alias: {"gpt-3.5-turbo": "fast"}\n',
    },
    ['llama-3.1-8b-instant'],
  ],
  [
    'a model of Ollama that is one word',
    { 'a.py': 'import ollama\nollama.chat(model="mistral", messages=[])\n', 'b.py': 'ask(model="mistral")\n' },
    ['mistral'],
  ],
  [
    'names that are words as well, in a place for a model or among others',
    {
      'action.yml': 'inputs:\n  openai_heavy_model:\n    default: gpt-4\n',
      'a.ts':
        'import OpenAI from "openai"\nexport const options = [{ value: "gpt-4o-mini", label: "Mini" }, { value: "o3", label: "Three" }]\n',
    },
    ['gpt-4', 'gpt-4o-mini', 'o3'],
  ],
  [
    'what is fetched from a hub, whoever publishes it',
    {
      'src/model_settings.rs':
        '// llm\nfn d() -> S { S { chat_model_repo: "TheBloke/neural-chat-7B-v3-3-GGUF".to_string(), chat_model_name: "a/b" } }\nfn w() { let vae_weights = "stabilityai/stable-diffusion-2-1/vae/model.safetensors"; }\n',
    },
    ['TheBloke/neural-chat-7B-v3-3-GGUF', 'stabilityai/stable-diffusion-2-1'],
  ],
  [
    'what is deployed says where it is fetched from; what the cluster calls it is no model',
    {
      'values.yaml':
        'catalog:\n  gemma-2-9b-it-l4:\n    url: hf://acme/bird-9b-FP8\n  gemma2-2b-cpu:\n    url: "ollama://gemma2:2b"\n  data:\n    url: hf://datasets/acme/birds\n',
      'model.yaml': 'kind: Model\nmetadata:\n  name: llama-3.1-8b-instruct-l4\nspec:\n  url: ollama://barnowl\n',
    },
    ['acme/bird-9b-FP8', 'barnowl', 'gemma2:2b'],
  ],
  [
    'constants that a library spells in its own way',
    {
      'go.mod': 'module acme.dev/a\nrequire github.com/sashabaranov/go-openai v1.41.2\n',
      'a.go':
        'package a\nimport openai "github.com/sashabaranov/go-openai"\nvar all = []string{openai.GPT3Dot5Turbo, openai.GPT4o20240806, string(openai.SmallEmbedding3), openai.CreateImageModelDallE3, string(openai.TTSModel1HD)}\n',
    },
    ['dall-e-3', 'gpt-3.5-turbo', 'gpt-4o-2024-08-06', 'text-embedding-3-small', 'tts-1-hd'],
  ],
  [
    'a field of a form that chooses a model, what is downloaded by command, and what a hub keeps',
    {
      'a.go':
        'package a\nimport "github.com/tmc/langchaingo/llms/openai"\nvar form = []Field{{Name: "apiURL", DefaultValue: "x"}, {Name: "model", DefaultValue: "dall-e-3"}}\n',
      'values.yaml.tpl':
        'init:\n  args:\n    - |\n      hf download acme/bird-1b-chat --local-dir /data\n      hf download acme/bird-songs --repo-type dataset\nadapter:\n  type: huggingface\n  repository: "nvidia/llama-3.1-nemoguard-8b-topic-control"\n',
      'terraform.tfvars.birds.sample': 'text_model_name = "gemini-1.5-pro"\n',
    },
    ['acme/bird-1b-chat', 'dall-e-3', 'gemini-1.5-pro', 'nvidia/llama-3.1-nemoguard-8b-topic-control'],
  ],
  [
    'applications of fal are called by their path; names without what stands between their letters',
    {
      'a.ts':
        'import { fal } from "@fal-ai/client"\nexport const all = [{ endpointId: "fal-ai/bird-video/v1.5/pro" }]\nif (id === "fal-ai/owl/v2") sing()\n',
      'a.rs':
        'use fastembed::{EmbeddingModel, InitOptions};\nfn f() { InitOptions::new(EmbeddingModel::AllMiniLML6V2); InitOptions::new(EmbeddingModel::BGESmallENV15); InitOptions::new(EmbeddingModel::BGESmallZHV15); }\n',
      'c.py':
        'import spacy\nimport timm\nBIRDS = "xx_bird_sm"\nnlp = spacy.load(BIRDS)\nnlp = spacy.load("out/model-best")\nnlp = spacy.blank("en_owl")\ntimm.create_model("owlnet50")\n',
      'b.py': 'import anthropic\nexcluded_patterns = ["claude-v1"]\nNO_PREFILL_MODELS = {"claude-opus-4-6"}\n',
    },
    [
      'all-minilm-l6-v2',
      'bge-small-en-v1.5',
      'bge-small-zh-v1.5',
      'fal-ai/bird-video/v1.5/pro',
      'owlnet50',
      'xx_bird_sm',
    ],
  ],
  [
    'weights by their address; what is asked from a script; labels beside them',
    {
      'compose.yml':
        "services:\n  api:\n    environment:\n      MODEL_DOWNLOAD_URL: '${URL:-https://huggingface.co/acme/Bird-7B-GGUF/resolve/main/bird-7b.q4_0.gguf}'\n      LOGO: https://huggingface.co/acme/bird/resolve/main/logo.png\n",
      'ask.sh': `curl https://api.openai.com/v1/chat/completions -d '{"model": "gpt-3.5-turbo", "messages": []}'\n`,
      'get.sh': 'huggingface-cli download --local-dir-use-symlinks False --local-dir /data/acme/Owl-TTS acme/Owl-TTS\n',
      'openapi.yaml':
        'paths:\n  /v1/chat/completions:\n    examples:\n      request: |\n        curl -d {"model": "gpt-4o"}\n',
      'ui.ts':
        'import OpenAI from "openai"\nexport const all = { "Xenova/bge-small-en-v1.5": { readableName: "bge-small-en-v1.5" }, x: { id: Ids.GPT_3_5, name: "GPT-3.5" } }\n',
    },
    ['Xenova/bge-small-en-v1.5', 'acme/Bird-7B-GGUF', 'acme/Owl-TTS', 'gpt-3.5-turbo'],
  ],
  [
    'names within files within files, accounts at a gateway, keys beside what they stand for',
    {
      'deploy.yaml':
        'mounts:\n  - mount_path: /models.yaml\n    data: |\n      model_providers:\n        - llm_model_ids:\n            - "acme-main/gpt-4o-mini"\n  - prompt: |\n      Rules:\n        - use gpt-4\n',
      'evals.yml':
        'llms:\n  claude-3.7-sonnet-thinking:\n    name: claude-3-7-sonnet-latest\n    url: https://api.anthropic.com/v1/messages\n',
      'values.yaml': '# beside an LLM\nVOCODER_MODEL: "microsoft/speecht5_hifigan"\n',
      'models.json': '{"models":[{"id":"accounts/fireworks/models/acme-1/bird-4p5","provider":"Fireworks"}]}',
    },
    [
      'accounts/fireworks/models/acme-1/bird-4p5',
      'claude-3-7-sonnet-latest',
      'gpt-4o-mini',
      'microsoft/speecht5_hifigan',
    ],
  ],
  [
    'constants of a class of names, a provider that is called with one, what a method gives for another',
    {
      'ModelNames.php': "<?php\nclass ModelNames { const GPT4 = 'gpt-4'; }\n",
      'a.ts':
        "import { createOpenAI } from '@ai-sdk/openai'\nimport { generateText } from 'ai'\nconst acme = createOpenAI({ baseURL: 'https://api.acme.test/v1' })\ngenerateText({ model: acme('bird-v3-large') })\n",
      'b.rb':
        'class B\n  def bedrock_model_id\n    case name\n    when "a"\n      "anthropic.claude-v2:1"\n    end\n  end\nend\n',
    },
    ['anthropic.claude-v2:1', 'bird-v3-large', 'gpt-4'],
  ],
  [
    'what a build ships is no test, whatever it is called',
    {
      'pom.xml':
        '<project><dependencies><dependency><groupId>dev.langchain4j</groupId><artifactId>langchain4j-anthropic</artifactId></dependency></dependencies></project>',
      'src/main/java/AskTest.java':
        'import dev.langchain4j.model.anthropic.AnthropicChatModel;\nimport static dev.langchain4j.model.mistralai.MistralAiChatModelName.MISTRAL_SMALL_LATEST;\nclass AskTest { Object m = AnthropicChatModel.builder().modelName("claude-3-haiku-20240307").build(); Object n = build(MISTRAL_SMALL_LATEST); }\n',
      'src/test/java/AskTest.java':
        'import dev.langchain4j.model.anthropic.AnthropicChatModel;\nclass AskTest { Object m = AnthropicChatModel.builder().modelName("claude-3-opus-20240229").build(); }\n',
    },
    ['claude-3-haiku-20240307', 'mistral-small-latest'],
  ],
  [
    'settings of a service, whatever its model is called',
    {
      'bot.py':
        'from pipecat.services.cartesia.stt import CartesiaSTTService\nstt = CartesiaSTTService(settings=CartesiaSTTService.Settings(model="ink-2"))\n',
    },
    ['ink-2'],
  ],
  [
    'the task of a pipeline, and the number of a model that was trained in a project, are no names',
    {
      'a.py':
        'from transformers import pipeline\nfrom google.cloud import aiplatform\nask = pipeline("text2text-generation", model="acme/bird-2")\nsay = pipeline("image-text-to-text", "acme/owl-3")\nm = aiplatform.Model("projects/desk/locations/eu/models/8042426179879174144")\n',
    },
    ['acme/bird-2', 'acme/owl-3'],
  ],
  [
    'what is fetched to adapt a model, and by whichever keyword',
    {
      'a.py':
        'import os\nfrom diffusers import DiffusionPipeline\nfrom peft import PeftModel\nfrom pyannote.audio import Pipeline\np = DiffusionPipeline.from_pretrained("acme/bird-xl")\np.load_lora_weights("acme/quick-lora", adapter_name="q")\np.load_lora_weights(os.getenv("LORA", "acme/line-lora"))\np.load_ip_adapter("acme/ip-2", subfolder="s")\nPeftModel.from_pretrained(base, "acme/tuned-2")\nPipeline.from_pretrained(checkpoint_path="acme/who-speaks-3")\n',
    },
    ['acme/bird-xl', 'acme/ip-2', 'acme/line-lora', 'acme/quick-lora', 'acme/tuned-2', 'acme/who-speaks-3'],
  ],
  [
    'what is open keeps its publisher, what is closed its own name; a name that is only shortened is none',
    {
      'a.py':
        'import openai\nfrom transformers import pipeline\npipe = pipeline("automatic-speech-recognition", model="openai/whisper-large-v3-turbo")\ndef f(model: str = "whisper-large-v3-turbo"): ...\nDEFAULT_MODEL = "gpt-4o"\nFALLBACK_MODEL = "openai/gpt-4o"\nshort = {"stable-diffusion-2-1": "sd21", "stable-diffusion-2-0": "sd20"}.get(name)\nchosen = {"fast": "gpt-4.1-mini"}.get(name)\n',
    },
    ['gpt-4.1-mini', 'gpt-4o', 'openai/whisper-large-v3-turbo'],
  ],
  [
    'one of many by its language, and one of a hub of code; the families that are told apart are none',
    {
      'a.py': `import torch\nfrom transformers import AutoModel\nFOR = {${Array.from({ length: 20 }, (_, at) => `"l${at}": "acme/bird-${at}"`).join(', ')}}\nname = FOR[language]\nAutoModel.from_pretrained(name)\ntorch.hub.load(repo_or_dir="acme/owl-vad", model="owl")\nTUNED_FAMILIES = ("qwen3-embedding", "bge-m3")\n`,
    },
    [...Array.from({ length: 20 }, (_, at) => `acme/bird-${at}`), 'acme/owl-vad'].toSorted(),
  ],
]

for (const [title, tree, expected] of rows) {
  test(title, async () => assert.deepEqual(await namesOf(tree, 'models'), expected))
}
