// A provider that is asked by its address alone appears in no manifest, so nobody who reads manifests knows of it.
import { isTest } from '../classify.ts'
import { packageNamed } from '../knowledge/packages.ts'
import { homeOf } from '../find/project-names.ts'
import { metIn, TEXTS } from '../find/visit.ts'
import type { Evidence } from '../find/evidence.ts'
import { type Expr, lastName, pathOf } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { flowOf } from './flow.ts'
import { calls } from './look.ts'

/** What is asked there stays in the house. */
const LOCAL = /^(?:ollama|lm-studio|localai)$/

/** A program that knows so many lets whoever runs it choose: that is a setting, whatever it is called. */
const MOST_CHOICES = 6
const SENDS =
  /(?:^|\.)(?:fetch|\$fetch|post|get|put|request|send|urlopen|Post|Get|NewRequest(?:WithContext)?|PostAsync|GetAsync|PostAsJsonAsync|SendAsync|HttpRequestMessage|axios|got|ky|uri|create|url|urlString|curl_init|Request)$/

const WORDS: ReadonlySet<Expr['kind']> = new Set(['text', 'name', 'member'])

/** `ANTHROPIC_API_KEY`, `openaiKey` and the like, wherever they are named: whoever runs the program has to set them. */
function settingsIn({ project }: Evidence): string {
  const found = new Set<string>()
  for (const unit of project.units) {
    if (isTest(unit.file)) continue
    for (const { expr } of metIn(unit, WORDS)) {
      const word = expr.kind === 'text' ? expr.value : expr.kind === 'name' || expr.kind === 'member' ? expr.name : ''
      if (word.length < 80 && /^[\w-]+(?:key|token|secret|credentials?)$/i.test(word)) found.add(plain(word))
    }
  }
  return [...found].join(' ')
}

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toUpperCase()

/** `settings.url || "https://…"`, `getenv("URL", "https://…")`: where it goes is a setting. */
const isFallback = ([parent]: readonly Expr[]): boolean =>
  parent?.kind === 'either' ||
  (parent?.kind === 'call' &&
    parent.args.length > 1 &&
    /^(?:get|getenv|env|getOrDefault|fetch_env)$/i.test(lastName(parent.callee)))

/** Whether something is sent to the address of a line: elsewhere it is only known, and may be anybody's default. */
function isSentTo({ file, line }: { file: string; line: number }, { project }: Evidence): boolean {
  const unit = project.unitOf(file)
  if (!unit) return false
  for (const { expr, parents } of metIn(unit, TEXTS))
    if (expr.kind === 'text' && expr.line === line && expr.value.includes('://') && isFallback(parents)) return false
  const flow = flowOf(unit, {
    starts: (expr) => expr.kind === 'text' && expr.line === line,
    passes: () => true,
  })
  for (const [call, { scope }] of calls(unit)) {
    if (!SENDS.test(pathOf(call.callee))) continue
    if ([...call.args, ...call.named.map(([, value]) => value)].some((one) => flow(one, scope, call.line))) return true
  }
  return false
}

/** Keys are called after the house, the model or the account. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  google: ['GEMINI'],
  openai: ['OPENAI', 'CHATGPT'],
  huggingface: ['HF'],
  'github-models': ['GH'],
}

const isNamed = (provider: string, settings: string): boolean =>
  [provider.split('-')[0] ?? provider, provider.replaceAll('-', ''), ...(ALSO_CALLED[provider] ?? [])].some((word) =>
    settings.includes(word.toUpperCase()),
  )

export const shadowEgress = defineRule({
  id: 'shadow-egress',
  title: 'Code speaks to an AI provider that no manifest and no setting declares',
  severity: 'low',
  confidence: 0.6,
  threats: ['sensitive-data-disclosure-through-use'],
  controls: ['ai-program', 'monitor-use'],
  remedy: 'enter the provider in the register, and send its calls through the gateway',
  *check(evidence) {
    const { collector, project } = evidence
    const declared = new Set([
      // Whoever runs it has to set the key, so that one is known.
      ...collector.of('credentials').map(({ attributes }) => attributes['provider']),
      ...project.dependencies.flatMap(({ ecosystem, name }) => {
        const pack = packageNamed(ecosystem, name)
        return pack ? [pack.provider, pack.adapts] : []
      }),
    ])
    const asked = collector
      .of('providers')
      .filter(({ name, attributes }) => attributes['via'] === 'http' && !LOCAL.test(name) && !declared.has(name))
    if (asked.length === 0 || collector.of('providers').length > MOST_CHOICES) return
    const settings = settingsIn(evidence)
    for (const { name, evidence: places } of asked) {
      const place = places.find((one) => !isTest(one.file) && isSentTo(one, evidence))
      if (place === undefined || isNamed(name, settings)) continue
      // A library that is called after what it asks hides nothing from who uses it.
      if (!isNamed(name, plain(homeOf(place.file, evidence).name)))
        yield { file: place.file, line: place.line, subject: name }
    }
  },
  examples: {
    hit: [
      {
        'a.rb':
          'uri = URI("https://api.mistral.ai/v1/chat/completions")\nNet::HTTP.post(uri, {model: "mistral-large"}.to_json)\n',
      },
      {
        'a.py':
          'import requests\nURL = "https://api.mistral.ai/v1/chat/completions"\ndef ask(q):\n    return requests.post(URL, json={"model": "mistral-large", "messages": q})\n',
      },
      { 'a.ts': 'export const ask = () => fetch("https://api.mistral.ai/v1/chat/completions", { method: "POST" })\n' },
    ],
    miss: [
      {
        'composer.json': '{"name": "shop/open-ai-php"}',
        'src/Api.php':
          '<?php\nclass Api { function ask($q) { return (new Client())->post("https://api.openai.com/v1/chat/completions", ["json" => $q]); } }\n',
      },
      {
        'a.py':
          'import os, requests\nkey = os.environ["GOOGLE_APPLICATION_CREDENTIALS"]\nr = requests.post("https://texttospeech.googleapis.com/v1/text:synthesize", json={})\n',
      },
      {
        'a.py':
          'import requests\nopenai_key = load()["key"]\nr = requests.post("https://api.openai.com/v1/chat/completions", headers={"Authorization": openai_key})\n',
      },
      {
        'a.ts':
          'export const ask = () => fetch(settings.url ?? "https://api.openai.com/v1/chat/completions", { method: "POST" })\n',
      },
      { 'client.ts': 'export const BASE = "https://api.mistral.ai/v1"\nexport class Client { url = BASE }\n' },
      {
        'a.ts': 'import OpenAI from "openai"\nexport const c = new OpenAI()\n',
        'package.json': '{"dependencies": {"openai": "5.0.0"}}',
      },
      {
        'a.ts': 'export const list = () => fetch("https://api.anthropic.com/v1/models")\n',
        'package.json': '{"dependencies": {"@ai-sdk/anthropic": "4.0.0"}}',
      },
      {
        'a.py':
          'import os, requests\nr = requests.post("https://api.mistral.ai/v1/chat/completions", headers={"Authorization": os.environ["MISTRAL_API_KEY"]})\n',
      },
      {
        'a.go':
          'package a\nimport "github.com/tmc/langchaingo/llms"\nconst url = "https://serpapi.com/search"\nvar key = os.Getenv("SERPAPI_API_KEY")\n',
      },
      { 'a.ts': 'export const ask = () => fetch("http://localhost:11434/api/generate", { method: "POST" })\n' },
      { 'a.tsx': 'export const F = () => <input placeholder="https://your-endpoint.openai.azure.com" />\n' },
      { 'a.ts': 'export const f = () => fetch("https://fonts.googleapis.com/css2?family=Inter")\n' },
    ],
  },
})
