// Small parts of which bodies are built.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import type { MediaPart, Message, Part, TextPart, ToolResultPart, Turn } from '../../model/turn.ts'
import { isText } from '../texts.ts'

/** Without the members that are undefined. */
export function compact(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined),
  )
}

export function joined(parts: readonly Part[]): string {
  return parts
    .filter(isText)
    .map(({ text }) => text)
    .join('')
}

/** What a tool gave, for formats in which it is said in words. */
export function resultOf({ at, parts, whole }: ToolResultPart): readonly (TextPart | MediaPart)[] {
  if (whole === undefined) return parts
  return [{ kind: 'text', origin: 'tool', at, text: whole }, ...parts.filter((part) => !isText(part))]
}

/** What the operator says, for formats that keep it apart from the conversation. Empty texts are refused by some. */
export function operatorTexts(messages: readonly Message[]): string[] {
  return messages.filter(isOperator).flatMap(({ parts }) => textsOf(parts))
}

/** Texts that stand apart, and would run into each other if nothing were between them. */
export function textsOf(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => (isText(part) && part.text !== '' ? [part.text] : []))
}

export function conversation(messages: readonly Message[]): Message[] {
  return messages.filter((message) => !isOperator(message))
}

interface Spoken {
  role: 'assistant' | 'user'
  content: JsonObject[]
}

/** Neighbours of one role become one message, for formats in which the two take turns. */
export function takingTurns(messages: readonly Message[], write: (part: Part) => JsonObject[]): Spoken[] {
  const merged: Spoken[] = []
  for (const { origin, parts } of conversation(messages)) {
    const role = origin === 'assistant' ? 'assistant' : 'user'
    const content = parts.flatMap(write)
    const last = merged.at(-1)
    if (last?.role === role) for (const one of content) last.content.push(one)
    else if (content.length > 0) merged.push({ role, content })
  }
  return merged
}

function isOperator({ origin }: Message): boolean {
  return origin === 'system' || origin === 'developer'
}

/** Arguments as an object; where a model wrote no object, they stand as text under one key, so that nothing is lost. */
export function argumentsOf(text: string): JsonObject {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
    return { arguments: text }
  } catch {
    return { arguments: text }
  }
}

/** The schema of a tool's arguments, for formats that want an object to be described. */
export function argumentSchema(schema: Json): JsonObject {
  const isObject = typeof schema === 'object' && schema !== null && !Array.isArray(schema)
  return isObject && 'type' in schema ? (schema as JsonObject) : { type: 'object', properties: {} }
}

/** An id of a call as it may be where only letters, digits, hyphens and underscores may; each is written in the same way. */
export function plainId(id: string): string {
  return id.replaceAll(/[^\w-]/g, '_') || 'call'
}

/** Which tool a result is of, where a result names its call only. */
export function toolNamed({ messages }: Turn, id: string): string | undefined {
  for (const { parts } of messages)
    for (const part of parts) if (part.kind === 'tool-call' && part.id === id) return part.name
  return undefined
}
