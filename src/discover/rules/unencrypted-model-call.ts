// Prompts and answers that travel in the clear are read and changed on the way.
import { SAID, metIn } from '../find/visit.ts'
import { field, lastName } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isNear } from './look.ts'

const BASE = [
  'base_url',
  'baseURL',
  'baseUrl',
  'openai_api_base',
  'openai_base_url',
  'api_base',
  'apiBase',
  'endpoint',
  'endpoint_url',
  'azure_endpoint',
  'inference_server_url',
  'BaseURL',
  'host',
]
/** What asks a model; a client of anything else has an address as well. */
const CLIENT =
  /openai|anthropic|gemini|genai|mistral|cohere|groq|ollama|vllm|llama|litellm|llm|chat|completion|embed|inference|huggingface|model/i
const NO_CLIENT = /auth|provider$|transport|mcp|server|settings/i
/** `OPENAI_BASE_URL`, `spring.ai.openai.base-url`: a setting that says where models are. */
const SETTING =
  /(?:^|[._-])(?:openai|anthropic|azure_openai|ollama|llm|litellm|vllm|gemini|mistral|tgi|embeddings?|inference)[\w.-]*[._-]?(?:base|url|endpoint|host|api_base)\w*$/i
/** Where all providers and servers of models are asked. */
const PATHS =
  /^http:\/\/[^/\s]+\/(?:[\w.-]+\/)*(?:v1\/(?:chat\/completions|completions|messages|embeddings|responses)|api\/(?:generate|chat|embeddings)|v1beta\/models\/[^\s]*|generate_stream)$/

const shown = (url: string) => url.replace(/^(\w+:\/\/)[^@/]*@/, '$1').slice(0, 100)

export const unencryptedModelCall = defineRule({
  id: 'unencrypted-model-call',
  title: 'A model is asked over a connection without encryption',
  severity: 'high',
  confidence: 0.9,
  threats: ['input-data-leak', 'generic-security-threats'],
  controls: ['model-input-confidentiality', 'runtime-model-io-integrity'],
  remedy: 'use https',
  everywhere: true,
  *checkUnit(unit, evidence) {
    for (const { expr, scope, keys, asked } of metIn(unit, SAID)) {
      const [, name, given] = expr.kind === 'text' ? (/^([A-Z][A-Z0-9_]+)=(http:.*)$/.exec(expr.value) ?? []) : []
      if (name !== undefined && given !== undefined && SETTING.test(name) && !isNear(given))
        yield hit(unit, expr.line, shown(given))
      if (expr.kind === 'text' && expr.value.startsWith('http://') && !isNear(expr.value) && !asked) {
        const key = keys.at(-1) ?? ''
        if (PATHS.test(expr.value) || (unit.format !== 'code' && SETTING.test(keys.slice(-4).join('.') || key)))
          yield hit(unit, expr.line, shown(expr.value))
      } else if (expr.kind === 'call' && CLIENT.test(lastName(expr.callee)) && !NO_CLIENT.test(lastName(expr.callee))) {
        const options = expr.args.find((argument) => argument.kind === 'map')
        const told = field(expr, ...BASE) ?? field(options, ...BASE)
        for (const { text } of evidence.resolver.texts(told, unit, scope))
          if (text.startsWith('http://') && !isNear(text)) yield hit(unit, expr.line, shown(text))
      }
    }
  },
  examples: {
    hit: [
      { 'a.py': 'from openai import OpenAI\nc = OpenAI(base_url="http://llm.example.com/v1")\n' },
      {
        'a.ts':
          'import OpenAI from "openai"\nconst BASE = "http://203.0.113.9:8000/v1"\nexport const c = new OpenAI({ baseURL: BASE })\n',
      },
      {
        'a.py':
          'import ollama, requests\nr = requests.post("http://203.0.113.9:11434/api/generate", json={"model": "llama3", "prompt": "x"})\n',
      },
      { '.env': 'OPENAI_BASE_URL=http://llm.example.com/v1\n' },
      {
        'docker-compose.yml':
          'services:\n  app:\n    image: acme/app:1\n    environment:\n      - OPENAI_API_BASE=http://llm.example.com/v1\n',
      },
      {
        'index.ts':
          'export const ask = (q) => fetch("http://203.0.113.9:11434/api/chat", { method: "POST", body: q })\n',
      },
      { 'config.yaml': 'spring:\n  ai:\n    openai:\n      base-url: http://llm.example.com\n' },
    ],
    miss: [
      {
        'a.py':
          'from fastmcp.server.auth import OAuthProvider\nimport openai\np = OAuthProvider(base_url="http://auth.example.com")\n',
      },
      { '.env': 'OPENAI_BASE_URL=http://ollama:11434/v1\nSITE_URL=http://www.example.com\n' },
      { 'a.py': 'from openai import OpenAI\nc = OpenAI(base_url="http://localhost:8000/v1")\n' },
      { 'a.py': 'from openai import OpenAI\nc = OpenAI(base_url="https://llm.example.com/v1")\n' },
    ],
  },
})
