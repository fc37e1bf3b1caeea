// Prompts and answers that travel in the clear are read and changed on the way.
import { field } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { calls, hit } from './look.ts'

const BASE = [
  'base_url',
  'baseURL',
  'baseUrl',
  'openai_api_base',
  'api_base',
  'apiBase',
  'endpoint',
  'azure_endpoint',
  'BaseURL',
]
const NEAR =
  /^http:\/\/(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|[\w-]+(?::\d+)?(?:\/|$)|[\w.-]+\.(?:local|internal|svc|svc\.cluster\.local)(?:[:/]|$))/

export const unencryptedModelCall = defineRule({
  id: 'unencrypted-model-call',
  title: 'A model is asked over a connection without encryption',
  severity: 'high',
  confidence: 0.9,
  threats: ['input-data-leak', 'generic-security-threats'],
  controls: ['model-input-confidentiality', 'runtime-model-io-integrity'],
  remedy: 'use https',
  *checkUnit(unit, evidence) {
    if (unit.format !== 'code') return
    for (const [call, { scope }] of calls(unit)) {
      const options = call.args.find((argument) => argument.kind === 'map')
      for (const { text } of evidence.resolver.texts(field(call, ...BASE) ?? field(options, ...BASE), unit, scope)) {
        if (text.startsWith('http://') && !NEAR.test(text))
          yield hit(unit, call.line, text.replace(/^(\w+:\/\/)[^@/]*@/, '$1').slice(0, 100))
      }
    }
  },
  examples: {
    hit: [{ 'a.py': 'from openai import OpenAI\nc = OpenAI(base_url="http://llm.example.com/v1")\n' }],
    miss: [
      { 'a.py': 'from openai import OpenAI\nc = OpenAI(base_url="http://localhost:8000/v1")\n' },
      { 'a.py': 'from openai import OpenAI\nc = OpenAI(base_url="https://llm.example.com/v1")\n' },
    ],
  },
})
