// What to change in a program so that its calls go through here: one address, and a key. As each library says it.
import { useState } from 'react'
import { CodeBlock } from '../../ui/code.tsx'
import { Select } from '../../ui/field.tsx'
import { TextLink } from '../../ui/link.tsx'

const KEY = 'YOUR_GATEWAY_KEY'

const CLIENTS: readonly { id: string; label: string; code: (origin: string) => string }[] = [
  {
    id: 'openai-js',
    label: 'OpenAI, JavaScript',
    code: (origin) => `new OpenAI({ baseURL: '${origin}/v1', apiKey: '${KEY}' })`,
  },
  {
    id: 'openai-py',
    label: 'OpenAI, Python',
    code: (origin) => `OpenAI(base_url="${origin}/v1", api_key="${KEY}")`,
  },
  {
    id: 'anthropic-js',
    label: 'Anthropic, JavaScript',
    code: (origin) => `new Anthropic({ baseURL: '${origin}', apiKey: '${KEY}' })`,
  },
  {
    id: 'anthropic-py',
    label: 'Anthropic, Python',
    code: (origin) => `Anthropic(base_url="${origin}", api_key="${KEY}")`,
  },
  {
    id: 'gemini',
    label: 'Google GenAI, JavaScript',
    code: (origin) => `new GoogleGenAI({ apiKey: '${KEY}', httpOptions: { baseUrl: '${origin}' } })`,
  },
  {
    id: 'ai-sdk',
    label: 'Vercel AI SDK',
    code: (origin) => `createOpenAI({ baseURL: '${origin}/v1', apiKey: '${KEY}' })`,
  },
  {
    id: 'curl',
    label: 'curl',
    code: (origin) =>
      `curl ${origin}/v1/chat/completions \\\n  -H 'authorization: Bearer ${KEY}' \\\n  -H 'content-type: application/json' \\\n  -d '{"model":"demo/assistant","messages":[{"role":"user","content":"Hello"}]}'`,
  },
]

export function BaseUrl() {
  const [chosen, setChosen] = useState('openai-js')
  const client = CLIENTS.find(({ id }) => id === chosen) ?? CLIENTS[0]
  return (
    <div className="grid gap-2 text-left">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-ink-2">
          In a program, change the base URL and use a{' '}
          <TextLink to="/gateway/keys" search={{ new: 'key' }}>
            gateway key
          </TextLink>
          :
        </p>
        <Select
          aria-label="Library"
          small
          value={chosen}
          options={CLIENTS.map(({ id, label }) => ({ value: id, label }))}
          onChange={({ target }) => setChosen(target.value)}
        />
      </div>
      {client && <CodeBlock label="code" text={client.code(location.origin)} />}
    </div>
  )
}
