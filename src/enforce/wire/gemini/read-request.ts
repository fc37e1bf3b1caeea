// A Gemini generateContent request as a turn. The service takes each name in two spellings, `inlineData` and
// `inline_data`; so do we, or one of them would be a way past the guards.
import type { Json, JsonObject } from '../../../lib/canonical-json.ts'
import { Failure } from '../../../lib/failure.ts'
import type { JsonPath } from '../../../lib/json-edit.ts'
import type { Speaker } from '../../../model/finding.ts'
import type {
  MediaPart,
  Message,
  OfferedTool,
  Part,
  Sampling,
  TextPart,
  ToolCallPart,
  Turn,
} from '../../../model/turn.ts'
import { leavesOf, longNumbersOf } from '../../texts.ts'
import { type Choice, chosen } from '../choice.ts'
import { Claims, countOf, listOf, numberOf, objectOf, textOf, textsIn } from '../claims.ts'
import type { Addressed } from '../wire.ts'

const OURS = new Set([
  'systemInstruction',
  'system_instruction',
  'tools',
  'toolConfig',
  'tool_config',
  'generationConfig',
  'generation_config',
])

export function readRequest(body: JsonObject, { model, stream }: Addressed): Turn {
  const claims = new Claims(body)
  if (model === undefined) throw new Failure('input_invalid', 'the address names no model')
  const [contents, contentsKey] = member(body, 'contents')
  if (!Array.isArray(contents)) throw new Failure('input_invalid', 'contents: expected a list')
  const [system, systemKey] = member(body, 'systemInstruction')
  const instruction = textOf(system)
  const instructions =
    instruction === undefined
      ? readParts(claims, 'system', objectOf(system)?.['parts'], [systemKey, 'parts'])
      : [claims.text('system', [systemKey], instruction)]
  const messages = answering(listOf(contents).map((content, i) => readContent(claims, content, [contentsKey, i])))
  // What refers to something that only this provider keeps.
  const [cached, cachedKey] = member(body, 'cachedContent')
  if (typeof cached === 'string') claims.foreign.push(cachedKey)
  return {
    model,
    stream,
    messages: instructions.length === 0 ? messages : [{ origin: 'system', parts: instructions }, ...messages],
    tools: listOf(body['tools']).flatMap((tool, i) => readTools(claims, objectOf(tool) ?? {}, i)),
    ...readChoice(objectOf(member(body, 'toolConfig')[0]), claims),
    sampling: readSampling(objectOf(member(body, 'generationConfig')[0]) ?? {}),
    maxTokensAt: [placeOfMaximum(body)],
    rest: claims.rest(([first = '']) => (OURS.has(String(first)) ? 'developer' : 'user')),
    foreign: claims.foreign,
  }
}

function readContent(claims: Claims, value: Json, at: JsonPath): Message {
  const content = objectOf(value) ?? {}
  const role = content['role']
  const origin = role === 'model' ? 'assistant' : role === 'function' ? 'tool' : 'user'
  return { origin, parts: readParts(claims, origin, content['parts'], [...at, 'parts']) }
}

/** Calls and results need no ids in this format: a result without one is that of the first call of its name without result. */
function answering(messages: readonly Message[]): Message[] {
  const open: ToolCallPart[] = []
  return messages.map(({ origin, parts }, i) => ({
    origin,
    parts: withIds(parts, `${i}_`).map((part) => {
      if (part.kind === 'tool-call') open.push(part)
      if (part.kind !== 'tool-result') return part
      const known = open.findIndex(({ id, name }) => (part.id === '' ? name === part.name : id === part.id))
      const [call] = known < 0 ? [] : open.splice(known, 1)
      return Object.assign({ ...part }, { id: call?.id ?? (part.id || (part.name ?? '')) })
    }),
  }))
}

/** Other formats have an id for each call. */
export function withIds(parts: readonly Part[], before: string): Part[] {
  return parts.map((part, i) =>
    part.kind === 'tool-call' && part.id === '' ? Object.assign({ ...part }, { id: `call_${before}${i}` }) : part,
  )
}

/** Also reads the parts of an answer, which have the same shape. */
export function readParts(claims: Claims, origin: Speaker, value: Json | undefined, at: JsonPath): Part[] {
  // One part may stand without its list.
  if (objectOf(value)) return readPart(claims, origin, objectOf(value) ?? {}, at)
  return listOf(value).flatMap((part, i) => readPart(claims, origin, objectOf(part) ?? {}, [...at, i]))
}

function readPart(claims: Claims, origin: Speaker, part: JsonObject, at: JsonPath): Part[] {
  const [signature, signatureKey] = member(part, 'thoughtSignature')
  claims.blob([...at, signatureKey])
  const text = textOf(part['text'])
  if (text !== undefined)
    return [claims.text(origin, [...at, 'text'], text, part['thought'] === true ? 'reasoning' : 'text')]
  const [call, callKey] = member(part, 'functionCall')
  if (objectOf(call))
    return [{ ...readCall(claims, objectOf(call) ?? {}, [...at, callKey]), signature: textOf(signature) }]
  const [response, responseKey] = member(part, 'functionResponse')
  if (objectOf(response)) return [readResult(claims, objectOf(response) ?? {}, [...at, responseKey])]
  return readMedia(claims, origin, part, at) ?? claims.unknown(origin, at, part)
}

function readCall(claims: Claims, call: JsonObject, at: JsonPath): ToolCallPart {
  claims.label([...at, 'id'])
  for (const key of ['name', 'args']) claims.take([...at, key])
  const name = textOf(call['name']) ?? ''
  const id = textOf(call['id']) ?? ''
  return {
    kind: 'tool-call',
    origin: 'assistant',
    at: [...at, 'args'],
    id,
    name,
    arguments: JSON.stringify(call['args'] ?? {}),
  }
}

function readResult(claims: Claims, result: JsonObject, at: JsonPath): Part {
  for (const key of ['id', 'name']) claims.label([...at, key])
  const name = textOf(result['name'])
  const place = [...at, 'response']
  claims.take(place)
  const response = result['response'] ?? {}
  const parts = [...leavesOf(response, 'tool', place), ...longNumbersOf(response, 'tool', place)].map(
    ({ at, text, fixed }) => Object.assign(claims.text('tool', at, text), { fixed }),
  )
  const media = listOf(result['parts']).flatMap((value, i): (TextPart | MediaPart)[] => {
    const inner = [...at, 'parts', i]
    return readMedia(claims, 'tool', objectOf(value) ?? {}, inner) ?? claims.unknown('tool', inner, value)
  })
  return {
    kind: 'tool-result',
    origin: 'tool',
    at: place,
    id: textOf(result['id']) ?? '',
    name,
    parts: [...parts, ...media],
    whole: saidBy(response),
    isError: false,
  }
}

/** Which key holds words, where there are no more than words, is the library's to choose. */
function saidBy(response: Json): string {
  const members = Object.entries(objectOf(response) ?? {})
  const [key = '', value] = members[0] ?? []
  return members.length === 1 && (key === 'result' || key === 'output') && typeof value === 'string'
    ? value
    : JSON.stringify(response)
}

function readMedia(claims: Claims, origin: Speaker, part: JsonObject, at: JsonPath): MediaPart[] | undefined {
  const [inline, inlineKey] = member(part, 'inlineData')
  const [file, fileKey] = member(part, 'fileData')
  const held = objectOf(inline) ?? objectOf(file)
  if (held === undefined) return undefined
  const mediaType = textOf(member(held, 'mimeType')[0])
  const family = mediaType?.split('/')[0]
  const kind = family === 'image' || family === 'audio' ? family : 'file'
  const data = textOf(held['data'])
  if (data !== undefined) {
    claims.blob([...at, inlineKey, 'data'])
    return [{ kind, origin, at: [...at, inlineKey, 'data'], mediaType, data }]
  }
  const [url, urlKey] = member(held, 'fileUri')
  return typeof url === 'string' ? [{ kind, origin, at: [...at, fileKey, urlKey], mediaType, url }] : undefined
}

function readTools(claims: Claims, tool: JsonObject, index: number): OfferedTool[] {
  const [declared] = member(tool, 'functionDeclarations')
  if (!Array.isArray(declared)) claims.foreign.push(`tools.${index}`)
  return listOf(declared).flatMap((value) => {
    const one = objectOf(value)
    const name = textOf(one?.['name'])
    if (one === undefined || name === undefined) return []
    const schema = member(one, 'parametersJsonSchema')[0] ?? lowerTypes(one['parameters'] ?? {})
    return [{ name, description: textOf(one['description']), schema }]
  })
}

/** This format also writes the types of a schema in capitals. */
function lowerTypes(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(lowerTypes)
  const object = objectOf(schema)
  if (object === undefined) return schema
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [
      key,
      key === 'type' && typeof value === 'string' ? value.toLowerCase() : lowerTypes(value),
    ]),
  )
}

function readChoice(config: JsonObject | undefined, claims: Claims): Choice {
  const calling = objectOf(member(config ?? {}, 'functionCallingConfig')[0])
  const names = listOf(member(calling ?? {}, 'allowedFunctionNames')[0])
  const mode = textOf(calling?.['mode'])?.toLowerCase()
  const [name, ...others] = names
  const one = mode === 'any' && others.length === 0 ? name : undefined
  // Checks the arguments against the schema, and else is auto.
  const known =
    mode === 'any' ? 'required' : mode === 'validated' ? 'auto' : mode === 'mode_unspecified' ? undefined : mode
  return chosen(claims, known, one, one === undefined && names.length > 0 ? names : undefined)
}

function readSampling(config: JsonObject): Sampling {
  const count = (name: string) => countOf(member(config, name)[0], `generationConfig.${name}`)
  const number = (name: string) => numberOf(member(config, name)[0])
  const schema = member(config, 'responseJsonSchema')[0] ?? member(config, 'responseSchema')[0]
  return {
    maxTokens: count('maxOutputTokens'),
    temperature: number('temperature'),
    topP: number('topP'),
    topK: number('topK'),
    stop: textsIn(member(config, 'stopSequences')[0]),
    choices: count('candidateCount'),
    ...(schema === undefined
      ? { json: member(config, 'responseMimeType')[0] === 'application/json' || undefined }
      : { schema: { name: 'answer', schema: lowerTypes(schema) } }),
  }
}

/** A member in either spelling, and the spelling. Nobody knows which of two the service would go by. */
function member(object: JsonObject, name: string): [value: Json | undefined, key: string] {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  if (snake === name || object[snake] === undefined) return [object[name], name]
  if (object[name] === undefined) return [object[snake], snake]
  throw new Failure('input_invalid', `the key "${name}" is there twice, as "${snake}" as well`)
}

/** Where it stands in either spelling, or else where it would. */
function placeOfMaximum(body: JsonObject): JsonPath {
  const [config, key] = member(body, 'generationConfig')
  return [key, member(objectOf(config) ?? {}, 'maxOutputTokens')[1]]
}
