// Which names of a function hold what a model said: from the call that asks it, through assignments. Within one function
// only, so that what is said is seldom wrong.
import { children, type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'
import { calls, hit } from './look.ts'

const ASKS =
  /(?:(?:messages|completions|responses|chat|converse|models|embeddings)\.(?:create|stream|parse|generate_content|generateContent)|generate_content|generateContent|generateText|streamText|generateObject|acompletion|(?:^|\.)completion|(?:llm|chain|agent|model|chat_model|chatModel|assistant|qa|crew|client)\.(?:invoke|ainvoke|predict|run|generate|complete|chat|call|kickoff|prompt))$/

/** As libraries of .NET, Go, PHP, Ruby, Rust and the JVM say it, where a word is said along. */
const ASKS_WITH =
  /(?:^|\.)(?:chat|ask|CreateChatCompletion|CompleteChat(?:Async)?|GetChatMessageContents?Async|InvokePromptAsync|GetResponseAsync|Messages\.New|Completions\.New|Responses\.New|GenerateContent|exec_chat|send_chat_messages)$/
/** At the end of what was put together before: `Prism::text()->…->asText()`, `prompt().user(q).call().content()`. */
const ENDS = /(?:^|\.)Prism\.\w+\..*as(?:Text|Structured|Stream)$|\.prompt\..*call\.(?:content|entity|chatResponse)$/
/** These ask a person. */
const PEOPLE = /(?:prompt|console|input|readline|tty|inquirer|highline)s?\.ask$/i

function isAsking(call: Extract<Expr, { kind: 'call' }>): boolean {
  const path = pathOf(call.callee).replaceAll('()', '')
  if (ASKS.test(path) || ENDS.test(path)) return true
  return call.args.length + call.named.length > 0 && ASKS_WITH.test(path) && !PEOPLE.test(path)
}

const asks = (expr: Expr, depth = 0): boolean =>
  (expr.kind === 'call' && isAsking(expr)) || (depth < 30 && children(expr).some((child) => asks(child, depth + 1)))

function mentions(expr: Expr, names: ReadonlySet<string>, depth = 0): boolean {
  if (expr.kind === 'name') return names.has(expr.name.split('.')[0] ?? '')
  if (expr.kind === 'text' || depth > 30) return false
  return children(expr).some((child) => mentions(child, names, depth + 1))
}

/** For each scope: whether an expression there holds words of a model. */
function modelWords(unit: Unit): (expr: Expr, scope: string) => boolean {
  const byScope = new Map<string, Set<string>>()
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign') continue
    const names = byScope.get(statement.scope) ?? new Set<string>()
    if (asks(statement.value) || mentions(statement.value, names)) names.add(statement.target.split('.')[0] ?? '')
    byScope.set(statement.scope, names)
  }
  return (expr, scope) => asks(expr) || mentions(expr, byScope.get(scope) ?? new Set())
}

interface Sinks {
  /** Calls, by what they are told first. */
  call: RegExp
  assigned?: RegExp
  /** What is called on the words themselves: `answer.html_safe`. */
  on?: RegExp
  sure?: (call: Extract<Expr, { kind: 'call' }>) => boolean
  /** What of a call matters, where that is not the first argument. */
  told?: (call: Extract<Expr, { kind: 'call' }>) => readonly Expr[]
}

const first = ({ args }: Extract<Expr, { kind: 'call' }>): readonly Expr[] => args.slice(0, 1)

/** Where words of a model end up: in a call, or in a member that is assigned. */
export function* modelOutputInto(unit: Unit, sinks: Sinks): Iterable<Hit> {
  if (unit.format !== 'code' && unit.format !== 'notebook') return
  // Few files have a place where it could end up; only those are followed.
  let said: ReturnType<typeof modelWords> | undefined
  for (const [call, { scope }] of calls(unit)) {
    const path = pathOf(call.callee)
    const given =
      sinks.on?.test(path) === true && call.callee.kind === 'member'
        ? [call.callee.of]
        : sinks.call.test(path) || sinks.sure?.(call) === true
          ? (sinks.told ?? first)(call)
          : []
    if (given.length === 0) continue
    const words = (said ??= modelWords(unit))
    if (given.some((one) => words(one, scope))) yield hit(unit, call.line, path)
  }
  for (const statement of unit.statements) {
    if (statement.kind !== 'assign' || sinks.assigned?.test(statement.target) !== true) continue
    said ??= modelWords(unit)
    if (said(statement.value, statement.scope)) yield hit(unit, statement.line, statement.target)
  }
}
