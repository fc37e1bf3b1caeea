// A provider that is asked by its address alone appears in no manifest, so nobody who reads manifests knows of it.
import { isTest } from '../classify.ts'
import { packageNamed } from '../knowledge/packages.ts'
import { metIn } from '../find/visit.ts'
import type { Evidence } from '../find/evidence.ts'
import { defineRule } from './define.ts'

/** What is asked there stays in the house. */
const LOCAL = /^(?:ollama|lm-studio|localai)$/

/** A program that knows so many lets whoever runs it choose: that is a setting, whatever it is called. */
const MOST_CHOICES = 3

/** `ANTHROPIC_API_KEY` and the like, wherever they are named: whoever runs the program has to set them. */
function settingsIn({ project }: Evidence): string {
  const found = new Set<string>()
  for (const unit of project.units) {
    if (isTest(unit.file)) continue
    for (const { expr } of metIn(unit)) {
      const word = expr.kind === 'text' ? expr.value : expr.kind === 'name' || expr.kind === 'member' ? expr.name : ''
      if (word.length < 80 && /^[A-Z][A-Z0-9_]*_(?:KEY|TOKEN|SECRET|APIKEY)$/.test(word))
        found.add(word.replaceAll('_', ''))
    }
  }
  return [...found].join(' ')
}

/** Keys are called after the house, the model or the account. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  google: ['GEMINI'],
  openai: ['OPENAI'],
  huggingface: ['HF'],
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
    if (asked.length === 0 || asked.length > MOST_CHOICES) return
    const settings = settingsIn(evidence)
    for (const { name, evidence: places } of asked) {
      const place = places.find(({ file }) => !isTest(file))
      if (place && !isNamed(name, settings)) yield { file: place.file, line: place.line, subject: name }
    }
  },
  examples: {
    hit: [
      { 'a.ts': 'export const ask = () => fetch("https://api.mistral.ai/v1/chat/completions", { method: "POST" })\n' },
    ],
    miss: [
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
