// The words by which agents are told from other things, and how one is written down.
import type { Unit } from '../../syntax/expr.ts'
import type { Evidence } from '../evidence.ts'

/** How an agent speaks. */
export const SPOKEN = [
  'instructions',
  'system_prompt',
  'systemPrompt',
  'prompt',
  'system',
  'instruction',
  'system_message',
  'systemMessage',
]
/** What it may use, or hand work to. */
export const HANDS = [
  'tools',
  'functions',
  'handoffs',
  'sub_agents',
  'subAgents',
  'toolsets',
  'mcp_servers',
  'mcpServers',
]
export const ABILITIES = ['tools', ...SPOKEN]

/** Libraries of models and of the protocol, which make no agents. */
export const NO_LIBRARY = /^(?:mcp|transformers|pytorch|tensorflow|scikit-learn)$/

/** Calls that ask a model. */
export const ASKS =
  /(?:messages|completions|responses|chat|converse|generateContent|generate_content|models)(?:\.with_(?:raw|streaming)_response)?\.(?:create|stream|parse|generate_content|generateContent|send|tool_runner)$|(?:^|\.)(?:generateText|streamText|acompletion|completion|ainvoke|generate_content|converse|stream_text|a?(?:stream_)?chat_with_tools|a?predict_and_call|(?:Completions|Messages|Responses)\.New(?:Streaming)?|CreateChatCompletion(?:Stream)?|GenerateContent(?:Stream)?|CompleteChat(?:Streaming)?(?:Async)?|Get(?:Streaming)?ResponseAsync)$|\.prompt\(\)(?:\.\w+\(\))*\.(?:call|stream)$/

/** A client of the project's own around a model. */
export const ASKS_OWN =
  /(?:^|[._]|[a-z](?=(?:LLM|Llm|ChatModel|ChatLanguageModel|LanguageModel)\b))(?:llm|model|chat_?model|(?:chat)?_?language_?model|lm)(?:_client|Client)?\.(?:a?complete|a?chat|a?generate|a?query|ask|a?invoke|get_response|respond)$/i

/** What a class is called that is an agent: `FrontDeskAgent`, `AgentV2`. */
export const CALLED_AGENT = /Agent(?:[A-Z]{0,2}\d\w*)?$/

export function addAgent(
  name: string,
  line: number,
  unit: Unit,
  evidence: Evidence,
  via: string,
  confidence = 0.9,
  attributes: Record<string, string | boolean | undefined> = {},
) {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}_ .:/()&-]{1,120}$/u.test(name)) return
  evidence.collector.add('agents', name.trim(), {
    file: unit.file,
    line,
    confidence,
    attributes: { via, ...attributes },
  })
}
