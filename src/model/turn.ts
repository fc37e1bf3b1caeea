// One exchange with a model, neutral of wire format. Nothing is lost by reading it: the body stays as it came, and each
// part knows the place in that body where it stands, so that a change of the part is a change of that place alone.
import type { Json } from '../lib/canonical-json.ts'
import type { JsonPath } from '../lib/json-edit.ts'
import type { Speaker } from './finding.ts'

interface Placed {
  /** Whose words: and so how far they are trusted. */
  origin: Speaker
  /** Where it stands in the body. */
  at: JsonPath
}

export interface TextPart extends Placed {
  kind: 'text' | 'reasoning' | 'refusal'
  text: string
  /** What a provider wants back untouched with reasoning of its own. */
  signature?: string | undefined
  /** Where that stands, if it holds for these very words. */
  signatureAt?: JsonPath | undefined
  /** A key, or whatever else cannot be changed in place. */
  fixed?: boolean | undefined
}

export interface MediaPart extends Placed {
  kind: 'image' | 'audio' | 'file'
  mediaType: string | undefined
  /** Base64. Either this or `url`. */
  data?: string | undefined
  /** What stands before the data at its place, as in a data URL. */
  head?: string | undefined
  url?: string | undefined
  name?: string | undefined
}

export interface ToolCallPart extends Placed {
  kind: 'tool-call'
  id: string
  name: string
  /** As the model wrote them: JSON, if it kept to the rules. */
  arguments: string
  /** What Google's models want back untouched with a call of theirs. */
  signature?: string | undefined
}

export interface ToolResultPart extends Placed {
  kind: 'tool-result'
  /** Of the call that it answers. */
  id: string
  name: string | undefined
  parts: readonly (TextPart | MediaPart)[]
  /** Where a structure was given: all of it, as other formats say it. The parts are its texts. */
  whole?: string
  isError: boolean
}

export type Part = TextPart | MediaPart | ToolCallPart | ToolResultPart

export interface Message {
  origin: Speaker
  parts: readonly Part[]
}

export interface OfferedTool {
  name: string
  description: string | undefined
  /** JSON Schema of the arguments. */
  schema: Json
}

/** What a client asks of the answer; what it leaves out is undefined. */
export interface Sampling {
  maxTokens?: number | undefined
  temperature?: number | undefined
  topP?: number | undefined
  topK?: number | undefined
  stop?: readonly string[] | undefined
  /** How many answers. */
  choices?: number | undefined
  /** JSON Schema that the answer must fit. */
  schema?: { name: string; schema: Json } | undefined
  /** The answer must be JSON, whatever it says. */
  json?: boolean | undefined
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

export interface Turn {
  model: string
  stream: boolean
  messages: readonly Message[]
  tools: readonly OfferedTool[]
  toolChoice: ToolChoice | undefined
  /** Names of the tools that may be called, where those are not all that are offered. */
  callable?: readonly string[] | undefined
  sampling: Sampling
  /** Where the body says how long the answer may be; where it would, when it does not. Absent in formats that cannot. */
  maxTokensAt?: readonly JsonPath[] | undefined
  /** Places of content that only the format of the body can express. */
  foreign: readonly string[]
  /** Elements of lists that the provider of this format would refuse, because they are not as it signed them. */
  unsigned?: readonly JsonPath[]
  /** Every other text in the body, so that no field, known or not, goes past the guards. */
  rest: readonly TextPart[]
}

/** `malformed`: it was to call a tool, and wrote what is no call. */
export type StopReason = 'end' | 'length' | 'stop-sequence' | 'tools' | 'filtered' | 'malformed' | 'other'

/** Tokens, as the provider counted them. */
export interface Usage {
  /** All of them, from a cache or not. */
  input: number
  output: number
  /** How many of the input came from the provider's cache, and how many went into it. */
  cacheRead?: number | undefined
  cacheWritten?: number | undefined
}

export interface Choice {
  index: number
  parts: readonly Part[]
  stop: StopReason
}

export interface Answer {
  id: string
  model: string
  choices: readonly Choice[]
  usage: Usage | undefined
  rest: readonly TextPart[]
}
