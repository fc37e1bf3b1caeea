// What a person tries, as a client would send it. A document stands where a tool's answer stands: words of nobody we trust.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'

export interface Question {
  model: string
  system?: string | undefined
  prompt: string
  /** What the model is said to have fetched. */
  document?: string | undefined
}

export const PARTS = ['system', 'prompt', 'document'] as const
export type PartName = (typeof PARTS)[number]

const TOOL = 'read_document'
const CALL_ID = 'call_document'

export function bodyOf({ model, system, prompt, document }: Question): JsonObject {
  const fetched: Json[] = [
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: CALL_ID, type: 'function', function: { name: TOOL, arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: CALL_ID, content: document ?? '' },
  ]
  const messages: Json[] = [
    ...(system === undefined ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: prompt },
    ...(document === undefined ? [] : fetched),
  ]
  const tool = {
    type: 'function',
    function: {
      name: TOOL,
      description: 'Reads the document that the question is about.',
      parameters: { type: 'object', properties: {} },
    },
  }
  return {
    model,
    messages,
    stream: true,
    ...(document === undefined ? {} : { tools: [tool], tool_choice: 'none' }),
  }
}

const NAME_OF_ROLE: Readonly<Record<string, PartName>> = { system: 'system', user: 'prompt', tool: 'document' }

/** The same parts, of a body that the guards have been over. */
export function partsOf(body: string): Partial<Record<PartName, string>> {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: unknown }[] }
  const parts: Partial<Record<PartName, string>> = {}
  for (const { role, content } of messages) {
    const name = NAME_OF_ROLE[role]
    if (name !== undefined) parts[name] = textOf(content)
  }
  return parts
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n')
}
