// What a user writes becomes an order of the system when it is put into the system's words.
import { metIn } from '../find/visit.ts'
import { children, type Expr, field, lastName, pathOf, textField } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit } from './look.ts'

const FROM_USER =
  /(?:^|\.)(?:request|req|body|query_params|searchParams|params|form|user_input|userInput|user_message|userMessage|user_query|userQuery|input|stdin|argv|_GET|_POST|_REQUEST|_COOKIE)(?:\.|\[|\(|$)/i

/** What takes the words of the system as its first argument, in any library. */
const SYSTEM =
  /(?:^|\.)(?:SystemMessage(?:PromptTemplate)?(?:\.(?:from|of))?|SystemChatMessage|with_?instructions|with_?system_?prompt|add_?system_?message|defaultSystem)$/i
const FORMATS = /^(?:format|sprintf|Sprintf|formatted)$/

function fromUser(expr: Expr, depth = 0): string | undefined {
  if (expr.kind === 'name' || expr.kind === 'member' || expr.kind === 'call' || expr.kind === 'index') {
    const path = pathOf(expr)
    if (FROM_USER.test(path)) return path
  }
  return depth > 12
    ? undefined
    : children(expr)
        .map((child) => fromUser(child, depth + 1))
        .find((one) => one !== undefined)
}

export const untrustedSystemPrompt = defineRule({
  id: 'untrusted-system-prompt',
  title: 'Untrusted input is written into the system prompt',
  severity: 'high',
  confidence: 0.6,
  threats: ['direct-prompt-injection', 'indirect-prompt-injection'],
  controls: ['input-segregation', 'prompt-injection-io-handling'],
  remedy: 'pass what users write in a message of its own, apart from the instructions',
  *checkUnit(unit) {
    if (unit.format !== 'code' && unit.format !== 'notebook') return
    for (const { expr } of metIn(unit)) {
      if (expr.kind !== 'map' && expr.kind !== 'call') continue
      const system = /^(?:system|developer)$/.test(textField(expr, 'role') ?? '') ? field(expr, 'content') : undefined
      const message =
        expr.kind === 'call' && SYSTEM.test(pathOf(expr.callee)) ? (field(expr, 'content') ?? expr.args[0]) : undefined
      const said = system ?? message ?? field(expr, 'system_instruction', 'systemInstruction', 'instructions', 'system')
      if (!said || (said.kind !== 'join' && !(said.kind === 'call' && FORMATS.test(lastName(said.callee))))) continue
      const from = fromUser(said)
      if (from !== undefined) yield hit(unit, said.line, from)
    }
  },
  examples: {
    hit: [
      {
        'a.php':
          "<?php\nuse Prism\\Prism\\Prism;\nPrism::text()->using('openai', 'gpt-4o')->withSystemPrompt('You are ' . $_GET['persona'])->asText();\n",
      },
      {
        'a.rb':
          'require "ruby_llm"\nclass C < ApplicationController\n  def create\n    RubyLLM.chat.with_instructions("You are #{params[:persona]}").ask("x")\n  end\nend\n',
      },
      {
        'a.py':
          'import openai\nc = openai.OpenAI()\ndef f(request):\n    c.chat.completions.create(model="gpt-4o", messages=[{"role": "system", "content": f"You help {request.json}"}])\n',
      },
    ],
    miss: [
      {
        'a.py':
          'import openai\nc = openai.OpenAI()\ndef f(request):\n    c.chat.completions.create(model="gpt-4o", messages=[{"role": "system", "content": "You help"}, {"role": "user", "content": f"{request.json}"}])\n',
      },
    ],
  },
})
