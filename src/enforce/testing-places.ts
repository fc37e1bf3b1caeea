// For tests: every place of every format in which a text can stand in a request, and the ways in which the same words may be
// written there.
import { gzipSync } from 'node:zlib'
import type { Json } from '../lib/canonical-json.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

export type Body = Record<string, Json>
/** Where a text may stand in a request. What an operator writes there are instructions, and his to give. */
type Place = [title: string, body: (text: string) => Body]

const user = (content: Json, more: Body = {}) => ({ messages: [{ role: 'user', content }], ...more })
const said = (role: string, content: Json, more: Body = {}) => ({
  messages: [
    { role: 'user', content: 'Hi' },
    { role, content, ...more },
    { role: 'user', content: 'Go on' },
  ],
})
const UNKNOWN: Place[] = [
  ['a field that nobody knows', (text) => ({ surprise: { deep: [{ down: text }] } })],
  ['a key that nobody knows', (text) => ({ surprise: { [text]: 1 } })],
  ['metadata', (text) => ({ metadata: { note: text } })],
]
const under = (body: Body): Place[] => UNKNOWN.map(([title, more]) => [title, (text) => ({ ...body, ...more(text) })])
const called = (text: string) => JSON.stringify({ to: ['x', { subject: text }] })

export const FORMATS: Record<string, { path: (stream: boolean) => string; streams: boolean; places: Place[] }> = {
  'openai-chat': {
    path: () => '/v1/chat/completions',
    streams: true,
    places: [
      ['a message', user],
      [
        'a second part',
        (text) =>
          user([
            { type: 'text', text: 'Hi' },
            { type: 'text', text },
          ]),
      ],
      ['a part of an unknown kind', (text) => user([{ type: 'hologram', says: { deep: text } }])],
      ['a file', (text) => user([{ type: 'file', file: { file_data: `data:text/plain;base64,${base64(text)}` } }])],
      [
        'a file without its kind',
        (text) => user([{ type: 'file', file: { filename: 'a.md', file_data: base64(text) } }]),
      ],
      ['operator: the system’s words', (text) => said('system', text)],
      ['operator: the developer’s words', (text) => said('developer', [{ type: 'text', text }])],
      ['an earlier answer', (text) => said('assistant', text)],
      ['an earlier refusal', (text) => said('assistant', null, { refusal: text })],
      ['a role that nobody knows', (text) => said('poet', text)],
      ['the result of a tool', (text) => said('tool', text, { tool_call_id: 'c' })],
      ['a part of a result', (text) => said('tool', [{ type: 'text', text }], { tool_call_id: 'c' })],
      ['the result of a function', (text) => said('function', text, { name: 'f' })],
      [
        'the arguments of a call',
        (text) =>
          said('assistant', null, {
            tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: called(text) } }],
          }),
      ],
      [
        'the name of a call',
        (text) => said('assistant', null, { tool_calls: [{ id: 'c', function: { name: text, arguments: '{}' } }] }),
      ],
      [
        'operator: what a tool is for',
        (text) => user('Hi', { tools: [{ type: 'function', function: { name: 'f', description: text } }] }),
      ],
      [
        'operator: a tool’s schema',
        (text) =>
          user('Hi', {
            tools: [
              { type: 'function', function: { name: 'f', parameters: { properties: { a: { description: text } } } } },
            ],
          }),
      ],
      [
        'operator: the schema of the answer',
        (text) =>
          user('Hi', { response_format: { type: 'json_schema', json_schema: { name: 'a', schema: { title: text } } } }),
      ],
      ['operator: what is predicted', (text) => user('Hi', { prediction: { type: 'content', content: text } })],
      ['the name of who speaks', (text) => ({ messages: [{ role: 'user', name: text, content: 'Hi' }] })],
      ['where it stops', (text) => user('Hi', { stop: [text] })],
      ...under(user('Hi')),
    ],
  },
  'openai-responses': {
    path: () => '/v1/responses',
    streams: true,
    places: [
      ['the input', (text) => ({ input: text })],
      ['a message', (text) => ({ input: [{ role: 'user', content: text }] })],
      ['a part', (text) => ({ input: [{ role: 'user', content: [{ type: 'input_text', text }] }] })],
      ['operator: the instructions', (text) => ({ input: 'Hi', instructions: text })],
      ['an earlier answer', (text) => ({ input: [{ role: 'assistant', content: [{ type: 'output_text', text }] }] })],
      ['a result', (text) => ({ input: [{ type: 'function_call_output', call_id: 'c', output: text }] })],
      [
        'a part of a result',
        (text) => ({ input: [{ type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text }] }] }),
      ],
      [
        'the arguments of a call',
        (text) => ({ input: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: called(text) }] }),
      ],
      ['an item of an unknown kind', (text) => ({ input: [{ type: 'dream', about: [text] }] })],
      ['what was thought', (text) => ({ input: [{ type: 'reasoning', summary: [{ type: 'summary_text', text }] }] })],
      [
        'operator: what a server is for',
        (text) => ({ input: 'Hi', tools: [{ type: 'mcp', server_description: text }] }),
      ],
      ['operator: a value for a prompt', (text) => ({ input: 'Hi', prompt: { id: 'p', variables: { a: text } } })],
      ...under({ input: 'Hi' }),
    ],
  },
  'anthropic-messages': {
    path: () => '/v1/messages',
    streams: true,
    places: [
      ['a message', (text) => user(text, { max_tokens: 9 })],
      ['a block', (text) => user([{ type: 'text', text }], { max_tokens: 9 })],
      ['operator: the system’s words', (text) => user('Hi', { system: text })],
      ['operator: a block of the system', (text) => user('Hi', { system: [{ type: 'text', text }] })],
      [
        'a document',
        (text) => user([{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: text } }]),
      ],
      [
        'a packed document',
        (text) =>
          user([{ type: 'document', source: { type: 'base64', media_type: 'text/plain', data: base64(text) } }]),
      ],
      [
        'the title of a document',
        (text) => user([{ type: 'document', title: text, source: { type: 'url', url: 'https://x' } }]),
      ],
      ['a result', (text) => user([{ type: 'tool_result', tool_use_id: 't', content: text }])],
      [
        'a block of a result',
        (text) => user([{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text }] }]),
      ],
      ['what was found', (text) => user([{ type: 'search_result', title: 'x', content: [{ type: 'text', text }] }])],
      [
        'the arguments of a call',
        (text) => said('assistant', [{ type: 'tool_use', id: 't', name: 'f', input: { a: [text] } }]),
      ],
      ['what was thought', (text) => said('assistant', [{ type: 'thinking', thinking: text, signature: '' }])],
      [
        'operator: what a tool is for',
        (text) => user('Hi', { tools: [{ name: 'f', description: text, input_schema: { type: 'object' } }] }),
      ],
      ...under(user('Hi', { max_tokens: 9 })),
    ],
  },
  'gemini-generate': {
    path: (stream) => `/v1beta/models/m-gemini:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    streams: true,
    places: [
      ['a part', (text) => ({ contents: [{ role: 'user', parts: [{ text }] }] })],
      [
        'a second content',
        (text) => ({
          contents: [
            { role: 'user', parts: [{ text: 'Hi' }] },
            { role: 'user', parts: [{ text }] },
          ],
        }),
      ],
      ['operator: the instruction', (text) => ({ contents: [], systemInstruction: { parts: [{ text }] } })],
      [
        'operator: the instruction, spelled otherwise',
        (text) => ({ contents: [], system_instruction: { parts: [{ text }] } }),
      ],
      ['an earlier answer', (text) => ({ contents: [{ role: 'model', parts: [{ text }] }] })],
      [
        'a result',
        (text) => ({ contents: [{ parts: [{ functionResponse: { name: 'f', response: { a: [text] } } }] }] }),
      ],
      [
        'the arguments of a call',
        (text) => ({ contents: [{ role: 'model', parts: [{ functionCall: { name: 'f', args: { a: text } } }] }] }),
      ],
      [
        'a packed text',
        (text) => ({ contents: [{ parts: [{ inlineData: { mimeType: 'text/plain', data: base64(text) } }] }] }),
      ],
      ['code that ran', (text) => ({ contents: [{ parts: [{ codeExecutionResult: { output: text } }] }] })],
      [
        'operator: what a tool is for',
        (text) => ({ contents: [], tools: [{ functionDeclarations: [{ name: 'f', description: text }] }] }),
      ],
      ['operator: where it stops', (text) => ({ contents: [], generationConfig: { stopSequences: [text] } })],
      ...under({ contents: [{ parts: [{ text: 'Hi' }] }] }),
    ],
  },
  'openai-completions': {
    path: () => '/v1/completions',
    streams: false,
    places: [
      ['the prompt', (text) => ({ prompt: text })],
      ['one of several prompts', (text) => ({ prompt: ['Hi', text] })],
      ...under({ prompt: 'Hi' }),
    ],
  },
  'openai-embeddings': {
    path: () => '/v1/embeddings',
    streams: false,
    places: [
      ['the input', (text) => ({ input: text })],
      ['one of several', (text) => ({ input: ['Hi', text] })],
      ...under({ input: 'Hi' }),
    ],
  },
  'openai-moderations': {
    path: () => '/v1/moderations',
    streams: false,
    places: [
      ['the input', (text) => ({ input: text })],
      ['a part', (text) => ({ input: [{ type: 'text', text }] })],
    ],
  },
  'anthropic-count-tokens': {
    path: () => '/v1/messages/count_tokens',
    streams: false,
    places: [['a message', (text) => user(text)]],
  },
  'gemini-embed': {
    path: () => '/v1beta/models/m-gemini:embedContent',
    streams: false,
    places: [['a part', (text) => ({ content: { parts: [{ text }] } })]],
  },
  'gemini-batch-embed': {
    path: () => '/v1beta/models/m-gemini:batchEmbedContents',
    streams: false,
    places: [['a part', (text) => ({ requests: [{ content: { parts: [{ text }] } }] })]],
  },
  'gemini-count-tokens': {
    path: () => '/v1beta/models/m-gemini:countTokens',
    streams: false,
    places: [['a part', (text) => ({ contents: [{ parts: [{ text }] }] })]],
  },
}

/** How the same words may be written. The last one is a way to write JSON and not words, so it goes over the whole body. */
export const ENCODINGS: Record<string, (text: string) => string> = {
  'as they are': (text) => text,
  'in wide letters': (text) => text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'in mathematical letters': (text) =>
    text.replace(/[a-z]/g, (char) => String.fromCodePoint(0x1d41a - 97 + char.charCodeAt(0))),
  'with nothing wide between the letters': (text) => [...text].join('\u200b'),
  'in base64': base64,
  'in base64 of letters of two bytes': (text) => Buffer.from(text, 'utf16le').toString('base64'),
  'in base64 of what gzip packed': (text) => gzipSync(text).toString('base64'),
  'in octal escapes': (text) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  'in percent signs': (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join(''),
  'in JSON’s own escapes': (text) => text,
}

/** Every character of every string as an escape, keys and all. */
export function escaped(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (string) => {
    const text: string = JSON.parse(string)
    const units = Array.from(
      { length: text.length },
      (_, i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`,
    )
    return `"${units.join('')}"`
  })
}
