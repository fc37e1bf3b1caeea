// What of a body is a name for programs and nothing that a reader could take for words: known by heart, or too plain to say
// anything. Everything else is read by the guards, names and ids too, because a secret is as long as an id and looks like one.

/** Values of `type`, `role` and the like that formats use themselves. */
const KNOWN: ReadonlySet<string> = new Set(
  `assistant user system developer tool function model message chat.completion chat.completion.chunk text_completion list
  embedding response text json_object json_schema object string number integer boolean array null enabled disabled auto none
  required any low medium high minimal default flex priority standard completed in_progress incomplete failed cancelled
  queued stop length tool_calls content_filter function_call end_turn max_tokens stop_sequence tool_use pause_turn refusal
  STOP MAX_TOKENS SAFETY input_text output_text input_image input_file image_url image input_audio audio file document
  base64 url content ephemeral thinking redacted_thinking tool_result reasoning summary_text reasoning_text
  function_call_output custom custom_tool_call custom_tool_call_output url_citation message_start content_block_start
  content_block_delta content_block_stop message_delta message_stop ping error text_delta thinking_delta signature_delta
  input_json_delta response.created response.in_progress response.completed response.incomplete response.failed
  response.output_item.added response.output_item.done response.content_part.added response.content_part.done
  response.output_text.delta response.output_text.done response.function_call_arguments.delta
  response.function_call_arguments.done response.reasoning_summary_part.added response.reasoning_summary_part.done
  response.reasoning_summary_text.delta response.reasoning_summary_text.done`.split(/\s+/),
)
/** Names of models and the like: no part of one is long enough for a secret. */
const NAME = /^(?=.{1,40}$)[a-z]{1,10}(?:[-.:/][a-z0-9]{1,10})*$/
/** Shorter than any secret, and with letters, as no number of a person has them. */
const SHORT = /^(?=.*[A-Za-z])[\w.-]{1,15}$/
const WORDLESS = /^[\w.:@/+=|~-]{0,512}$/
/** Too short for an instruction, and without the digits that every secret has. */
const PLAIN_KEY = /^[A-Za-z_$.-]{0,27}\d?$/
const PADDING = /^[A-Za-z0-9]{0,16}$/
/** As long as no secret is that would pass for it. */
const SHORTEST_OPAQUE = 128
const NOT_OPAQUE = /[^A-Za-z0-9+/_\r\n-]/
const OPAQUE_END = /^={0,2}\s?$/
/** Of packed data: its padding and a line end. */
const LONGEST_END = 3

/** Could say nothing in words, but may well be a secret. */
export function isWordless(text: string): boolean {
  return KNOWN.has(text) || WORDLESS.test(text)
}

export function isKnownLabel(text: string): boolean {
  return text === '' || KNOWN.has(text) || SHORT.test(text) || NAME.test(text)
}

/** All bodies have the same few. */
const plainKeys = new Set<string>()
const MOST_REMEMBERED = 512

export function isPlainKey(key: string): boolean {
  if (plainKeys.has(key)) return true
  if (!PLAIN_KEY.test(key)) return false
  if (plainKeys.size < MOST_REMEMBERED) plainKeys.add(key)
  return true
}

/** Letters that some servers add to events, so that their length tells nothing. */
export function isPadding(text: string): boolean {
  return PADDING.test(text)
}

/** Packed data: a picture, a signature, what a provider encrypted for itself. */
export function isOpaque(text: string): boolean {
  return startOf(text, NOT_OPAQUE, OPAQUE_END) >= SHORTEST_OPAQUE
}

/**
 * How many letters stand before the end, where nothing else does; else none. A pattern for the whole would remember each of
 * its letters, and there is no room for those of a large picture.
 */
export function startOf(text: string, other: RegExp, end: RegExp): number {
  const at = text.search(other)
  if (at < 0) return text.length
  return end.test(text.slice(at, at + LONGEST_END + 1)) ? at : 0
}
