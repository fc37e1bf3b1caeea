// Where words of a model end up: what it answered, and what it wrote into the call of a tool.
import type { Evidence } from '../find/evidence.ts'
import { type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'
import { isCleaning } from './cleaners.ts'
import { type Carries, flowOf } from './flow.ts'
import { handedOn } from './handed-on.ts'
import { calls, hit } from './look.ts'
import { isMarkup, returnedPages } from './pages.ts'
import { toolParameters } from './tool-parameters.ts'
import { printedRaw } from './views.ts'

export type CallExpr = Extract<Expr, { kind: 'call' }>

const ASKS =
  /(?:(?:messages|completions|responses|chat|models|embeddings)\.(?:create|stream|parse|generate_content|generateContent)|generate_content(?:_async)?|generateContent|generateText|streamText|generateObject|acompletion|(?:^|\.)completion|(?:llm|chain|agent|model|chat_model|chatModel|assistant|qa|crew|client)\.(?:invoke|ainvoke|predict|run|run_sync|generate|complete|chat|call|kickoff|prompt|invoke_model|converse)|\.(?:invoke_model|send_message|invoke_agent)|(?:^|\.)ollama\.(?:chat|generate)|Runner\.run(?:_sync)?|(?:query_engine|chat_engine)\.(?:a?query|a?chat)|(?:^|\.)use(?:Chat|Completion|Object|Assistant))$/
/** Functions of a program around the call itself. */
const AROUND =
  /(?:^|\.)(?:call|ask|query|prompt|invoke)_?(?:the_?)?(?:llm|gpt\d*|openai|claude|gemini|chat_?gpt)(?:_\w+|[A-Z]\w*)?$/i

/** As libraries of .NET, Go, PHP, Ruby, Rust and the JVM say it, where a word is said along. */
const ASKS_WITH =
  /(?:^|\.)(?:chat|ask|CreateChatCompletion|CompleteChat(?:Async)?|GetChatMessageContents?Async|InvokePromptAsync|GetResponseAsync|Messages\.New|Completions\.New|Responses\.New|GenerateContent|exec_chat|send_chat_messages|llm|llm_chain|agent_executor)$/
/** At the end of what was put together before: `Prism::text()->…->asText()`, `prompt().user(q).call().content()`. */
const ENDS = /(?:^|\.)Prism\.\w+\..*as(?:Text|Structured|Stream)$|\.prompt\..*call\.(?:content|entity|chatResponse)$/
/** These ask a person. */
const PEOPLE = /(?:prompt|console|input|readline|tty|inquirer|highline)s?\.ask$/i
/** What a model wrote into the call of a tool, as all providers and MCP hand it over. */
const WRITTEN =
  /(?:^|\.)(?:function\.arguments|params\.arguments|tool_?(?:call|use)\w*(?:\[\?\])?\.(?:args|arguments|input)|function_?call\.(?:args|arguments)|block\.input)$/i

function isAsking(call: CallExpr): boolean {
  const path = pathOf(call.callee).replaceAll('()', '')
  if (ASKS.test(path) || AROUND.test(path) || ENDS.test(path)) return true
  return call.args.length + call.named.length > 0 && ASKS_WITH.test(path) && !PEOPLE.test(path)
}

interface Sinks {
  /** Calls, by what they are told first. */
  call: RegExp
  assigned?: RegExp
  /** What goes to a page: it matters where what it is told is markup around the words. */
  shown?: RegExp
  /** Followed into the components of a page as well. */
  handedOn?: true
  /** What is called on the words themselves: `answer.html_safe`. */
  on?: RegExp
  sure?: (call: CallExpr) => boolean
  /** What of a call matters, where that is not the first argument. */
  told?: (call: CallExpr, unit: Unit, scope: string) => readonly Expr[] | undefined
  /** Where a tool is made to do this, a call that does it; what is found then differs in this. */
  ofTools?: { call: RegExp; more: Partial<Hit> }
}

const first = ({ args }: CallExpr): readonly Expr[] => args.slice(0, 1)

/** Where words of a model end up: in a call, or in a member that is assigned. */
export function* modelOutputInto(unit: Unit, evidence: Evidence, sinks: Sinks): Iterable<Hit> {
  if (unit.format !== 'code' && unit.format !== 'notebook') return
  // Few files have a place where it could end up; only those are followed.
  let answered: Carries | undefined
  let written: Carries | undefined
  const isAnswer: Carries = (...place) =>
    (answered ??= flowOf(unit, {
      starts: (expr) => expr.kind === 'call' && isAsking(expr),
      passes: (call) => !isCleaning(call, unit, evidence),
    }))(...place)
  const isWritten: Carries = (...place) =>
    (written ??= flowOf(unit, {
      starts: (_, path) => WRITTEN.test(path),
      given: toolParameters(unit, evidence),
    }))(...place)
  yield* endsIn(unit, sinks, isAnswer, isWritten)
  if (sinks.shown) yield* printedRaw(unit, evidence, isAnswer)
  if (sinks.handedOn !== true || unit.language !== 'tsx') return
  for (const [home, carries] of handedOn(unit, evidence, isAnswer)) yield* endsIn(home, sinks, carries)
}

function* endsIn(unit: Unit, sinks: Sinks, isAnswer: Carries, isWritten?: Carries): Iterable<Hit> {
  for (const [call, { scope }] of calls(unit)) {
    const path = pathOf(call.callee)
    const given =
      sinks.on?.test(path) === true && call.callee.kind === 'member'
        ? [call.callee.of]
        : sinks.call.test(path) || sinks.sure?.(call) === true
          ? (sinks.told?.(call, unit, scope) ?? first(call))
          : sinks.shown?.test(path) === true && isMarkup(call, unit, scope)
            ? [...call.args, ...call.named.map(([, value]) => value)]
            : []
    if (given.every(({ kind }) => kind === 'text')) continue
    if (given.some((one) => isAnswer(one, scope, call.line))) yield hit(unit, call.line, path)
    else if (sinks.ofTools?.call.test(path) === true && given.some((one) => isWritten?.(one, scope, call.line)))
      yield hit(unit, call.line, path, sinks.ofTools.more)
  }
  for (const { value, scope, line } of sinks.shown ? returnedPages(unit) : [])
    if (isAnswer(value, scope, line)) yield hit(unit, line, 'return')
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign' || sinks.assigned?.test(statement.target) !== true) continue
    if (isAnswer(statement.value, statement.scope, statement.line)) yield hit(unit, statement.line, statement.target)
  }
}
