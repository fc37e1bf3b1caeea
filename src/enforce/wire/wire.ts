// How a wire format is declared. The client's side turns requests into turns and answers into bytes; the upstream's side
// does the reverse. Where both ends speak the same format bytes go through as they came, and only what a guard changed is
// written anew.
import type { Json, JsonObject } from '../../lib/canonical-json.ts'
import type { JsonEdit } from '../../lib/json-edit.ts'
import type { Answer, Sampling, Turn } from '../../model/turn.ts'
import type { Delta } from './delta.ts'

/** Those in which the body names the model. */
export const BODY_NAMED = [
  'openai-chat',
  'openai-responses',
  'openai-completions',
  'openai-embeddings',
  'openai-moderations',
  'anthropic-messages',
  'anthropic-count-tokens',
] as const

export const WIRES = [
  ...BODY_NAMED,
  'gemini-generate',
  'gemini-embed',
  'gemini-batch-embed',
  'gemini-count-tokens',
  'bedrock-converse',
] as const
export type WireId = (typeof WIRES)[number]

/** What the address of a request says where the format says it there. */
export interface Addressed {
  model: string | undefined
  stream: boolean
}

/** An event on its way to the client. */
export interface OutFrame {
  event?: string
  data: JsonObject | '[DONE]'
}

/** Sees every delta of an answer in order and gives the format's own events for them. */
export interface StreamWriter {
  write(delta: Delta): OutFrame[]
  /** Where the upstream's own events go out, it sees these instead, and writes only what ends the stream in our words. */
  follow(event: JsonObject): void
}

export interface StreamReader {
  /** `data` is parsed where it is JSON. */
  read(data: Json, event: string | undefined): Delta[]
  /**
   * Said by readers for which an event that holds a text and nothing else changes nothing: the like of it, with another
   * text, need not be read again. The members of an event that are named here are labels and counts, which may differ as well.
   */
  varying?: ReadonlySet<string>
  /** The upstream has closed: says whether the answer was whole. */
  end(): Delta[]
}

export interface AnswerContext {
  /** Of this exchange: where an answer needs an id of its own. */
  id: string
  /** As the client named it. */
  model: string
  createdAt: Date
  /** Whether the client asked to be told what a stream used, where its format leaves that to it. */
  tellsUsage?: boolean | undefined
  /** Counts what a writer has to keep until the end. */
  hold?: ((bytes: number) => void) | undefined
}

export interface ClientSide {
  /** Members of a request that are read into a turn; one that ends in a dot holds others. Absent where requests go through. */
  members?: readonly string[]
  readRequest(body: JsonObject, addressed: Addressed): Turn
  /** Tells the model something in a body that has no instructions of its own. */
  instruct?(body: JsonObject, words: string): JsonEdit
  /** Absent where answers of this format can only go through. */
  writeAnswer?(answer: Answer, context: AnswerContext): JsonObject
  writeStream?(context: AnswerContext): StreamWriter
}

export interface UpstreamSide {
  /** Settings that it has a place for. Absent where requests go through. */
  says?: readonly (keyof Sampling)[]
  /** `stream` and `model` go where the format wants them. Absent where requests of this format can only go through. */
  writeRequest?(turn: Turn): JsonObject
  readAnswer(body: JsonObject): Answer
  readStream?(): StreamReader
}

interface Described {
  id: WireId
  /** Where the body names the model; undefined where the address does. */
  modelAt: 'model' | undefined
}

export interface Wire extends Described {
  client: ClientSide
  upstream: UpstreamSide
}

/** A format in which one talks with a model: whatever it says, another one of this kind can say. */
export interface Conversation extends Wire {
  client: Required<ClientSide>
  upstream: Required<UpstreamSide>
}

/** A format that only upstreams speak. */
export interface Backend extends Described {
  client: undefined
  upstream: Required<UpstreamSide>
}

export type UpstreamWire = Wire | Backend
