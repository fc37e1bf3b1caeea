// What a place in the code does of what makes an agent: it asks a model, tells it of tools, reads which one it chose, runs
// that, and tells it what came of it. Each is told by its shape, in whatever language and over whatever client; none of
// them says anything alone, so that each may be loose.
import { type Expr, field, lastName, pathOf } from '../../syntax/expr.ts'
import { ASKS, ASKS_OWN } from './agent-words.ts'

export const ACT = {
  asks: 1,
  hands: 2,
  chooses: 4,
  runs: 8,
  answers: 16,
  /** What runs is said to be a tool, so that nothing else need say it. */
  runsTools: 32,
  /** The two halves of a question that is put together piece by piece. */
  saysMessages: 64,
  saysModel: 128,
  /** Tells the model who it is. */
  speaks: 256,
} as const

/** Clients and commands that ask a model, beside those of the libraries that are known by their paths. */
const ASKS_TOO =
  /(?:chat|completions|messages|responses|models)(?:\(\))?\.(?:create|complete|completeAsync|stream|generate_content|generateContent)$|(?:^|\.)(?:ollama|client|provider|groq|cohere|mistral|openai|anthropic|gemini|llm)\w*(?:\(\))?\.(?:chat|Chat|chat_completions?|messages|ChatAsync)$|(?:^|\.)(?:createChatCompletion|chat_completion|invoke_model|invokeModel|InvokeModelCommand|ConverseCommand|ConverseStreamCommand|GetChatCompletions(?:Async)?|getChatCompletions|generateMessage|CreateMessages?|createMessage|createResponse|RespondAsync)$|(?:^|[._])(?:chat|chat_session|chatSession|session)\.(?:send_message|sendMessage|SendMessage|sendMessageStream|send_message_stream)$|(?:llm|model)(?:_?with_?tools)?\.(?:stream|astream|invoke|ainvoke)$|(?:^|\.)chat\.ask$|(?:^|\.)Get(?:Streaming)?_?Chat_?Message_?Contents?(?:Async)?$|(?:^|\.)_?kernel\.invoke(?:_?prompt)?(?:_?streaming|_?stream)?(?:_?async)?$/i

/** An address under which models answer. */
const ADDRESS =
  /\/chat\/completions\b|\/v\d+(?:beta\d*)?\/(?:messages|responses|completions)\b|:(?:stream)?generateContent\b|:\/\/\S*\/api\/(?:chat|generate)\b|^wss:\/\/\S*(?:agent|realtime)|BidiGenerateContent/i

const MESSAGES = ['messages', 'Messages', 'contents', 'Contents']
const PROMPT = ['prompt', 'Prompt', 'input', 'Input', 'system']
const MODEL = ['model', 'Model', 'model_id', 'modelId', 'ModelId']
/** How a model is to answer. */
const MANNER = [
  'stream',
  'Stream',
  'options',
  'Options',
  'temperature',
  'Temperature',
  'max_tokens',
  'MaxTokens',
  'tools',
]
const TOOLS = ['tools', 'Tools', 'functions', 'functionDeclarations', 'function_declarations', 'toolConfig']

const SPEAKS = [
  'system',
  'systemInstruction',
  'system_instruction',
  'instructions',
  'system_prompt',
  'systemPrompt',
  'preamble',
]

const CHOSEN =
  /^(?:get|has|is|contains|extract|parse|all|pending|new|accumulated)?_?(?:tool_?calls?|tool_?uses?|tool_?use_?blocks?|function_?calls?|tool_?requests?|tool_?execution_?requests?|tool_?invocations?|requires_action)(?:_?(?:list|content|part))?$/i
/** Of those that think aloud: what they write before they act. */
const THOUGHT = /(?:^|[\n"'`(\\])\s*Action(?: Input)?\s*:/

const TOOL_WORD = /(?:tools?|functions?|tool_?(?:calls?|uses?|blocks?|requests?|invocations?)|function_?calls?)$/i
const RUNS_TOOL =
  /^_?(?:execute|exec|run|call|invoke|dispatch|handle|process|perform|use|apply)_?(?:all|the|single|parallel|one|a|an|requested|mcp|local|agent|custom|model|llm|builtin|safe|sync|async)?_?(?:tools?|functions?|tool_?(?:calls?|uses?|blocks?|requests?|invocations?)|function_?calls?)(?:_?(?:async|sync|safely|by_?name|with\w*|and\w*|once))?$/i
/** What holds what may be run, and how that is started. */
const HOLDS =
  /(?:tools?|tool_?(?:registry|executor|box|map|kit|runner|handlers?|manager|service)|registry|handlers?|functions?|funcs?|dispatcher|operator|skills?|callables?|actions?)$/i
const STARTS =
  /^(?:execute|exec|run|call|invoke|ainvoke|arun|dispatch|handle|handler|func|fn|function|callback|execute_?async|run_?async|call_?async|invoke_?async|execute_?tool|perform|apply|execute_?fn|impl)$/i
/** `function.execute_and_tell(arguments)`, of one that was looked up before. */
const STARTS_SAYING = /^(?:execute|exec|run|call|invoke)(?:_|[A-Z])/
/** What is called is worked out from a name. */
const BY_NAME =
  /^(?:public_send|call_user_func|call_user_func_array|getattr|const_get|GetMethod|Function\.prototype\.call)$/

const ANSWER =
  /tool_?(?:results?|messages?|responses?|outputs?)(?:_?(?:block|param|part|content|message|request))*$|function_?(?:results?|responses?|outputs?|result_?content)$|^function_?(?:call_?)?output$/i
const ANSWERED = [
  'tool_call_id',
  'toolCallId',
  'ToolCallId',
  'ToolCallID',
  'tool_use_id',
  'toolUseId',
  'ToolUseID',
  'functionResponse',
  'function_response',
  'functionResult',
]
const CHOOSES_ITSELF = /(?:^|\.)(?:FunctionChoiceBehavior\.(?:Auto|Required)|ToolCallBehavior\.\w+)$/
const OBSERVED = /(?:^|\n)\s*Observation\s*:/

/** Bits of `ACT`. */
export function actsOf(expr: Expr): number {
  switch (expr.kind) {
    case 'call':
      return ofCall(expr) | ofRecord(expr)
    case 'map':
      return ofRecord(expr)
    case 'member':
      if (/^AutoInvokeKernelFunctions$/.test(expr.name)) return ACT.hands | ACT.chooses | ACT.runs | ACT.runsTools
      return CHOSEN.test(expr.name) ? ACT.chooses : 0
    case 'name':
      return CHOSEN.test(expr.name) ? ACT.chooses : 0
    case 'text':
      return ofText(expr.value)
    default:
      return 0
  }
}

function ofText(value: string): number {
  return (
    (CHOSEN.test(value) || THOUGHT.test(value) ? ACT.chooses : 0) |
    (value.length < 400 && ADDRESS.test(value) ? ACT.asks : 0) |
    (OBSERVED.test(value) ? ACT.answers : 0)
  )
}

/** `{ model, messages, tools }`, `{ role: "tool", tool_call_id }`: by a map, a struct or the words of a call. */
function ofRecord(expr: Expr): number {
  const says = (words: readonly string[]) => field(expr, ...words) !== undefined
  const asked = (says(MESSAGES) && (says(MODEL) || says(MANNER))) || (says(PROMPT) && says(MODEL) && says(MANNER))
  const role = field(expr, 'role', 'Role', 'type')
  const answers =
    says(ANSWERED) ||
    (role?.kind === 'text' && /^(?:tool|function|tool_result|function_call_output)$/.test(role.value)) ||
    (role !== undefined && /(?:^|\.)(?:\w*Role)?Tool$/.test(pathOf(role)))
  const speaks = says(SPEAKS) || /^:?(?:system|developer)$/.test(role?.kind === 'text' ? role.value : pathOf(role))
  return (
    (asked ? ACT.asks : 0) | (says(TOOLS) ? ACT.hands : 0) | (answers ? ACT.answers : 0) | (speaks ? ACT.speaks : 0)
  )
}

function ofCall(call: Extract<Expr, { kind: 'call' }>): number {
  const path = pathOf(call.callee)
  const word = lastName(call.callee)
  const [first] = call.args
  const asks = ASKS.test(path) || ASKS_OWN.test(path) || ASKS_TOO.test(path)
  // A message that is sent to somebody, as telephones and mails have them.
  const posted = asks && [call, ...call.args].some((one) => field(one, 'to') && field(one, 'body', 'from'))
  let acts = asks && !posted ? ACT.asks : 0
  if (ANSWER.test(word)) acts |= ACT.answers
  if (/^(?:with|bind)_?tools?$/i.test(word)) acts |= ACT.hands
  // Of Semantic Kernel, who is told that it may choose functions runs them itself.
  if (CHOOSES_ITSELF.test(path)) acts |= ACT.hands | ACT.chooses | ACT.runs | ACT.runsTools
  // Of Ruby, a chat that is handed tools runs them itself.
  if (/^with_tools?$/.test(word)) acts |= ACT.runs | ACT.runsTools
  if (/^with_?instructions$|system_?(?:message|prompt|instruction)s?$/i.test(word)) acts |= ACT.speaks
  if (first?.kind === 'text' && /^(?:put|set|add|addProperty|insert|append)$/.test(word)) {
    if (MESSAGES.includes(first.value)) acts |= ACT.saysMessages
    if (MODEL.includes(first.value)) acts |= ACT.saysModel
    if (TOOLS.includes(first.value)) acts |= ACT.hands
    if (ANSWERED.includes(first.value)) acts |= ACT.answers
  }
  return acts | runs(call, word)
}

function runs(call: Extract<Expr, { kind: 'call' }>, word: string): number {
  const { callee } = call
  // What is named here was chosen here.
  if (call.args[0]?.kind === 'text') return 0
  if (RUNS_TOOL.test(word)) return ACT.runs | (/tool/i.test(word) ? ACT.runsTools : 0)
  if (BY_NAME.test(word)) return ACT.runs
  if (callee.kind === 'member' && /^(?:tool|function)$/.test(lastName(callee.of)) && STARTS_SAYING.test(callee.name))
    return ACT.runs
  if (callee.kind === 'member' && STARTS.test(callee.name)) {
    const held = callee.of.kind === 'index' ? callee.of.of : callee.of
    const holder = lastName(held)
    if (HOLDS.test(holder)) return ACT.runs | (TOOL_WORD.test(holder) && call.args.length > 0 ? ACT.runsTools : 0)
  }
  // `TOOLS[name](…)`, `handlers.get(name)(…)`
  if (callee.kind === 'index')
    return HOLDS.test(lastName(callee.of)) || /tool|func|handler|available/i.test(pathOf(callee.of)) ? ACT.runs : 0
  if (callee.kind === 'call' && /^(?:get|getattr|globals|Get)$/.test(lastName(callee))) return ACT.runs
  return callee.kind === 'name' &&
    /^(?:tool_?(?:fn|func|function|handler|method)?|(?:func|function|fn|tool|method)_?to_?call)$/i.test(callee.name)
    ? ACT.runs
    : 0
}
