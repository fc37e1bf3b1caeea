// A key that stands in the source belongs to everybody who can read it, and to every clone for ever.
import { defineRule } from './define.ts'
import { textHits } from './text-hits.ts'

/** Put together here, so that this file does not look like a leak itself. */
const KEY = ['sk-proj-', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ'].join('')

export const hardcodedKey = defineRule({
  id: 'hardcoded-key',
  title: 'A key stands in the source',
  severity: 'high',
  confidence: 0.9,
  threats: ['denial-of-wallet', 'runtime-conventional-security-threats'],
  controls: ['dev-security', 'model-access-control'],
  remedy: 'revoke the key, then read a new one from the environment or a secret store',
  check: (evidence) => textHits(evidence, 'hardcoded-key', 0.7),
  examples: {
    hit: [{ 'app.py': `import openai\nclient = openai.OpenAI(api_key="${KEY}")\n` }],
    miss: [
      { 'app.py': 'import os, openai\nclient = openai.OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n' },
      { '.env.example': 'OPENAI_API_KEY=sk-your-key-here\n' },
    ],
  },
})
