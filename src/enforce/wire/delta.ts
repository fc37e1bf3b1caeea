// What one event of a streamed answer says, neutral of format. Texts name the place in the event's JSON where they stand,
// so that a text that was changed can be put back there and nowhere else.
import type { JsonPath } from '../../lib/json-edit.ts'
import type { MediaPart, StopReason, Usage } from '../../model/turn.ts'

interface InBlock {
  choice: number
  /** Number of the block in its choice; a block is one run of text, or one tool call. */
  block: number
}

export interface TextDelta extends InBlock {
  kind: 'text'
  channel: 'text' | 'reasoning' | 'refusal'
  text: string
  at: JsonPath
}

/** Of a text that stands where nobody knows any; other formats leave it out. */
export interface PieceDelta extends InBlock {
  kind: 'piece'
  text: string
  at: JsonPath
}

export interface CallDelta extends InBlock {
  kind: 'call'
  id: string
  name: string
  signature?: string | undefined
}

export interface ArgumentsDelta extends InBlock {
  kind: 'arguments'
  text: string
  at: JsonPath
  /** The place holds the arguments as JSON and not as the text of it. */
  isJson?: boolean
}

/** Of the words of its block, where their provider signs them. */
export interface SignatureDelta extends InBlock {
  kind: 'signature'
  at: JsonPath
}

export type Delta =
  | { kind: 'start'; id: string; model: string }
  | TextDelta
  | PieceDelta
  | CallDelta
  | ArgumentsDelta
  | SignatureDelta
  /** A block is whole. */
  | ({ kind: 'close' } & InBlock)
  /** A text that is whole by itself: one that repeats what was streamed, or a field that nobody knows. */
  | {
      kind: 'whole'
      text: string
      at: JsonPath
      fixed?: boolean | undefined
      channel?: TextDelta['channel']
      isArguments?: boolean
    }
  /** A picture, sound or a file: formats that can say them in an answer each do it in their own way. */
  | { kind: 'media'; choice: number; what: MediaPart['kind'] }
  | { kind: 'stop'; choice: number; reason: StopReason }
  | { kind: 'usage'; usage: Usage }
  | { kind: 'error'; message: string; code: string | undefined }
  | { kind: 'end' }
