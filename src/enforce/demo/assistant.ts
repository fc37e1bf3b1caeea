// The demo model: no language model but a script, which answers, calls tools, and obeys whatever instruction it reads,
// wherever it reads it. That makes it the ideal victim: what a guard lets through, it does.
import type { Json } from '../../lib/canonical-json.ts'
import type { Answer, Message, OfferedTool, Part, TextPart, Turn } from '../../model/turn.ts'
import { isText } from '../texts.ts'
import { joined } from '../wire/build.ts'
import { objectOf, textsIn } from '../wire/claims.ts'

export const DEMO_MODEL = 'demo/assistant'

const INTRODUCTION = 'I am the demo model of Parapet, a script and no language model.'
const SAY = /\b(?:say|print|repeat|reply with|answer with|respond with)\b[:,]? {0,3}["“']?(?<words>[^"”\n]{1,500})/i
const REVEAL = /\b(?:reveal|show|tell|print|repeat|what is)\b[^.\n]{0,60}\b(?:system prompt|instructions)\b/i
const VISIT = /\b(?:send|post|fetch|open|visit|load)\b[^\n]{0,200}?(?<url>https?:\/\/[^\s"')>]{1,300})/i

export function demoAnswer(turn: Turn, id: string): Answer {
  const parts = answerParts(turn)
  const hasCall = parts.some(({ kind }) => kind === 'tool-call')
  return {
    id,
    model: turn.model,
    choices: Array.from({ length: Math.min(turn.sampling.choices ?? 1, 8) }, (_, index) => ({
      index,
      parts,
      stop: hasCall ? 'tools' : 'end',
    })),
    usage: { input: tokens(turn.messages.flatMap(({ parts }) => parts)), output: tokens(parts) },
    rest: [],
  }
}

function answerParts(turn: Turn): Part[] {
  const last = turn.messages.at(-1)
  const results = last?.parts.filter((part) => part.kind === 'tool-result') ?? []
  if (results.length > 0) {
    const text = results.map((result) => joined(result.parts)).join('\n')
    return [said(obeyed(text, turn) ?? `The tool answered: ${text}`)]
  }
  const words = last === undefined ? '' : joined(last.parts)
  const tool = chosen(turn, words)
  if (tool) {
    const call = {
      id: `call_${turn.messages.length}`,
      name: tool.name,
      arguments: JSON.stringify(filled(tool.schema, words)),
    }
    return [{ kind: 'tool-call', origin: 'assistant', at: [], ...call }]
  }
  if (turn.sampling.json) return [said(JSON.stringify(filled({}, words)))]
  if (turn.sampling.schema) return [said(JSON.stringify(filled(turn.sampling.schema.schema, words)))]
  return [said(obeyed(words, turn) ?? `${INTRODUCTION}${seen(last)} You said: ${words}`)]
}

function said(text: string): TextPart {
  return { kind: 'text', origin: 'assistant', at: [], text }
}

function obeyed(text: string, { messages }: Turn): string | undefined {
  if (REVEAL.test(text)) {
    const system = messages.filter(({ origin }) => origin === 'system' || origin === 'developer')
    return `My instructions are: ${system.map(({ parts }) => joined(parts)).join('\n') || 'none'}`
  }
  const url = VISIT.exec(text)?.groups?.['url']
  if (url !== undefined) return `![](${url})`
  return SAY.exec(text)?.groups?.['words']
}

function seen(message: Message | undefined): string {
  const media = message?.parts.flatMap((part) => ('mediaType' in part ? [part] : [])) ?? []
  return media.map(({ kind, mediaType }) => ` I was given one ${kind}${mediaType ? ` (${mediaType})` : ''}.`).join('')
}

/** The tool that must be called, or that the words name. */
function chosen({ tools, toolChoice }: Turn, words: string): OfferedTool | undefined {
  if (toolChoice === 'none') return undefined
  if (typeof toolChoice === 'object') return tools.find(({ name }) => name === toolChoice.name)
  const named = tools.find(({ name }) => words.includes(name))
  return named ?? (toolChoice === 'required' ? tools[0] : undefined)
}

const MOST_DEPTH = 8

/** The least value that fits a schema, with what the words offer: what stands in quotes, the first number. */
function filled(schema: Json, words: string, depth = 0): Json {
  const shape = objectOf(schema) ?? {}
  const options = textsIn(shape['enum'])
  if (options?.[0] !== undefined) return options[0]
  const type = Array.isArray(shape['type']) ? shape['type'][0] : shape['type']
  if (type === 'object' || (type === undefined && shape['properties'] !== undefined)) {
    if (depth >= MOST_DEPTH) return {}
    const members = Object.entries(objectOf(shape['properties']) ?? {})
    return Object.fromEntries(members.map(([key, inner]) => [key, filled(inner, words, depth + 1)]))
  }
  if (type === 'array') return depth >= MOST_DEPTH ? [] : [filled(shape['items'] ?? {}, words, depth + 1)]
  if (type === 'number' || type === 'integer') return Number(/\d{1,9}/.exec(words)?.[0] ?? 1)
  if (type === 'boolean') return true
  return /["“'](?<quoted>[^"”'\n]{1,200})["”']/.exec(words)?.groups?.['quoted'] ?? words.slice(-200)
}

const LETTERS_PER_TOKEN = 4

function tokens(parts: readonly Part[]): number {
  const letters = parts.reduce((sum, part) => {
    if (isText(part)) return sum + part.text.length
    if (part.kind === 'tool-call') return sum + part.arguments.length
    return sum + (part.kind === 'tool-result' ? joined(part.parts).length : 0)
  }, 0)
  return Math.ceil(letters / LETTERS_PER_TOKEN)
}
