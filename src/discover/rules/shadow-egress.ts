// A provider that is asked by its address alone appears in no manifest, so nobody who reads manifests knows of it.
import { isTest } from '../classify.ts'
import { packageNamed } from '../knowledge/packages.ts'
import { defineRule } from './define.ts'

/** What is asked there stays in the house. */
const LOCAL = /^(?:ollama|lm-studio|localai)$/

export const shadowEgress = defineRule({
  id: 'shadow-egress',
  title: 'Code speaks to an AI provider that no manifest and no setting declares',
  severity: 'low',
  confidence: 0.6,
  threats: ['sensitive-data-disclosure-through-use'],
  controls: ['ai-program', 'monitor-use'],
  remedy: 'enter the provider in the register, and send its calls through the gateway',
  *check({ collector, project }) {
    const declared = new Set([
      // Whoever runs it has to set the key, so that one is known.
      ...collector.of('credentials').map(({ attributes }) => attributes['provider']),
      ...project.dependencies.flatMap(({ ecosystem, name }) => {
        const pack = packageNamed(ecosystem, name)
        return pack ? [pack.provider, pack.adapts] : []
      }),
    ])
    for (const { name, evidence, attributes } of collector.of('providers')) {
      if (attributes['via'] !== 'http' || LOCAL.test(name) || declared.has(name)) continue
      const place = evidence.find(({ file }) => !isTest(file))
      if (place) yield { file: place.file, line: place.line, subject: name }
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
      { 'a.ts': 'export const ask = () => fetch("http://localhost:11434/api/generate", { method: "POST" })\n' },
      { 'a.tsx': 'export const F = () => <input placeholder="https://your-endpoint.openai.azure.com" />\n' },
      { 'a.ts': 'export const f = () => fetch("https://fonts.googleapis.com/css2?family=Inter")\n' },
    ],
  },
})
