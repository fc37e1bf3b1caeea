// A provider that is asked by its address alone appears in no manifest, so nobody who reads manifests knows of it.
import { isTest } from '../classify.ts'
import { defineRule } from './define.ts'

export const shadowEgress = defineRule({
  id: 'shadow-egress',
  title: 'Code speaks to an AI provider that no manifest and no setting declares',
  severity: 'low',
  confidence: 0.6,
  threats: ['sensitive-data-disclosure-through-use'],
  controls: ['ai-program', 'monitor-use'],
  remedy: 'enter the provider in the register, and send its calls through the gateway',
  *check({ collector }) {
    for (const { name, evidence, attributes } of collector.of('providers')) {
      if (attributes['via'] !== 'http') continue
      for (const { file, line } of evidence.slice(0, 5)) if (!isTest(file)) yield { file, line, subject: name }
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
      { 'a.ts': 'export const f = () => fetch("https://fonts.googleapis.com/css2?family=Inter")\n' },
    ],
  },
})
