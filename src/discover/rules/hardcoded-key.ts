// A key that stands in the source belongs to everybody who can read it, and to every clone for ever.
import { isTest } from '../classify.ts'
import { FIELDED, metIn } from '../find/visit.ts'
import { serviceOfAiIn } from '../knowledge/providers.ts'
import { field } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isTrue } from './look.ts'
import { textHits } from './text-hits.ts'

/** What tests make up: only the key of a service, which has a form of its own, may be a real one there. */
const MADE_UP = /password|passphrase|private key|web token|bearer|authorization|token in|in an address/i

/** In tests the confidence is halved; a key without the check digits of its service is one that a test makes up. */
const SURE = 0.47

/** Put together here, so that this file does not look like a leak itself. */
const KEY = ['sk-proj-', 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ'].join('')

/** Made to stand in pages. */
const PUBLIC = ['phc_', 'lyTtbYwvkdSbrcMQNPiKiiRWrrM1seyKIMjycSvItEI'].join('')

export const hardcodedKey = defineRule({
  id: 'hardcoded-key',
  title: 'A key stands where others can read it',
  severity: 'high',
  confidence: 0.9,
  threats: ['denial-of-wallet', 'runtime-conventional-security-threats'],
  controls: ['dev-security', 'model-access-control'],
  remedy: 'revoke the key, then read a new one from the environment or a secret store, on a server of your own',
  // In a tree without any AI only the keys of AI services are its matter: other scanners look for the rest.
  *check(evidence) {
    const anyAi = (['sdks', 'providers', 'models', 'mcpServers', 'agents', 'agentInstructions'] as const).some(
      (kind) => evidence.collector.of(kind).length > 0,
    )
    for (const one of textHits(evidence, 'hardcoded-key', 0.7))
      if (
        (anyAi || serviceOfAiIn(one.subject) !== undefined) &&
        !(isTest(one.file) && (MADE_UP.test(one.subject) || (one.confidence ?? 1) < SURE))
      )
        yield one
  },
  /** What a page asks with is read by whoever opens the page. */
  *checkUnit(unit) {
    for (const { expr } of metIn(unit, FIELDED)) {
      if (expr.kind !== 'call' && expr.kind !== 'map') continue
      const on = field(expr, 'dangerouslyAllowBrowser')
      if (isTrue(on)) yield hit(unit, on?.line ?? expr.line, 'dangerouslyAllowBrowser', { confidence: 0.7 })
    }
  },
  examples: {
    hit: [
      { 'app.py': `import openai\nclient = openai.OpenAI(api_key="${KEY}")\n` },
      { 'app.ts': 'import OpenAI from "openai"\nnew OpenAI({ apiKey: key, dangerouslyAllowBrowser: true })\n' },
    ],
    miss: [
      { 'app.ts': 'import posthog from "posthog-js"\nimport OpenAI from "openai"\nposthog.init("' + PUBLIC + '")\n' },
      { 'a.yaml': 'openai: x\nstringData:\n  key: sk-litellm-1234567890abcdef\n' },
      { 'app.py': 'import openai\n', 'tests/test_login.py': 'login(password="Tr0ub4dor3aXy")\n' },
      { 'app.py': 'import openai\nBASE = "postgres://admin:s3cr3t_pw9X@db.example.com:5432/app"\n' },
      { 'app.py': 'import os, openai\nclient = openai.OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n' },
      { '.env.example': 'OPENAI_API_KEY=sk-your-key-here\n' },
      {
        'app.py': `import openai\nPICTURE = "${'iVBORw0KGgoAAAANSUhEUgAA'.repeat(20)}${KEY.replaceAll('-', 'A')}${'AAdTivMAAALEwAACxMBAJqc'.repeat(20)}"\n`,
      },
      { 'key.py': 'import openai\ntext = "-----BEGIN PRIVATE KEY-----\\n" + encode(key)\n' },
      { 'a.go': 'package a\n// openai\n//\tPassword: "welcome2resty9Xk",\n' },
      { 'lang/es.js': 'export default { password: "Contraseña", forgot: "Olvidé mi contraseña", llm: "openai" }\n' },
      { 'http.kt': `val slack = "${['xoxb-', '123456789012-1234567890123-aB3dE5fG7hJ9kL1mN3pQ5rS7'].join('')}"\n` },
    ],
  },
})
