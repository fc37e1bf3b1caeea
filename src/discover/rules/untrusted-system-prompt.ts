// What a user writes becomes an order of the system when it is put into the system's words.
import { FIELDED, metIn } from '../find/visit.ts'
import { type Expr, field, lastName, pathOf, textField, type Unit } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { type Carries, flowOf, type Given } from './flow.ts'
import { hit } from './look.ts'

const FROM_USER =
  /(?:^|\.)params\[|(?:^|\.)(?:request|req|query_params|searchParams|form|user_input|userInput|user_message|userMessage|user_query|userQuery|stdin|argv|_GET|_POST|_REQUEST|_COOKIE)(?:\.|\[|\(|$)|^(?:input|readline|prompt|gets)\(\)$|(?:^|\.)(?:req|request|ctx|c|event)\.(?:body|json|formData|query)/i
/** A request from the web, beyond doubt: whoever sends it may say anything. */
const FROM_WEB =
  /^(?:req|request|ctx\.req|ctx\.request|c\.req|event)\.(?:body|json|formData|query|args|form|POST|GET|get_json)(?:\(|\.|\[|$)|^_(?:GET|POST|REQUEST)\b/
/** What a request of a library says of itself, and what a program works out. */
const OF_PROGRAM =
  /(?:^|[._])(?:schema|format|tools?|model|provider|config|options?|settings|meta|metadata|version|timeout|limit|state|scope|path|method|client|app|url|user_?agent|headers|cookies)(?:[._[(]|$)/i
const ROUTE = /(?:^|\.)(?:get|post|put|patch|route|websocket|api_route|GetMapping|PostMapping|on_message)$/i

/** What takes the words of the system as its first argument, in any library. */
const SYSTEM =
  /(?:^|\.)(?:SystemMessage(?:PromptTemplate)?(?:\.(?:from|of))?|SystemChatMessage|with_?instructions|with_?system_?prompt|add_?system_?message|defaultSystem)$/i
const FORMATS = /^(?:format|sprintf|Sprintf|formatted)$/
const SAYS = ['system_instruction', 'systemInstruction', 'instructions', 'system', 'system_prompt', 'systemPrompt']

/** `@app.post("/chat") async def chat(message: str)`: the parameters are what somebody sent. */
const routesOf = (unit: Unit): Given[] =>
  unit.statements.flatMap((one) =>
    one.kind === 'function' && one.decorators.some((held) => ROUTE.test(pathOf(held).replace(/\(\)$/, '')))
      ? [
          {
            from: one.line,
            to: one.end,
            names: one.params.flatMap(({ name, type, value }) =>
              type === 'str' ||
              (type === undefined && value === undefined && !/^(?:self|db|session|user|ctx)$/.test(name))
                ? [name]
                : [],
            ),
          },
        ]
      : [],
  )

/** The first name of what came from outside in an expression. */
function nameOf(expr: Expr, isFromUser: (one: Expr) => boolean): string {
  const parts =
    expr.kind === 'join'
      ? expr.parts
      : expr.kind === 'call'
        ? [...expr.args, ...expr.named.map(([, value]) => value)]
        : []
  const part = parts.find(isFromUser)
  return pathOf(part ?? expr)
}

/** Words put together, there or where the name was given them. */
function isMade(said: Expr, unit: Unit, scope: string): boolean {
  if (said.kind === 'join') return true
  if (said.kind === 'call') return FORMATS.test(lastName(said.callee))
  return (
    said.kind === 'name' &&
    unit.statements.some(
      (one) =>
        one.kind === 'assign' &&
        one.target === said.name &&
        one.scope === scope &&
        one.value.kind !== 'name' &&
        isMade(one.value, unit, scope),
    )
  )
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
    let [fromUser, fromWeb]: (Carries | undefined)[] = []
    for (const { expr, scope } of metIn(unit, FIELDED)) {
      if (expr.kind !== 'map' && expr.kind !== 'call') continue
      const system = /^(?:system|developer)$/.test(textField(expr, 'role') ?? '') ? field(expr, 'content') : undefined
      const message =
        expr.kind === 'call' && SYSTEM.test(pathOf(expr.callee)) ? (field(expr, 'content') ?? expr.args[0]) : undefined
      const said = system ?? message ?? field(expr, ...SAYS)
      if (!said || said.kind === 'text') continue
      fromUser ??= flowOf(unit, {
        starts: (_, path) => FROM_USER.test(path) && !OF_PROGRAM.test(path),
        given: routesOf(unit),
      })
      fromWeb ??= flowOf(unit, {
        starts: (_, path) =>
          (FROM_WEB.test(path) || (unit.language === 'ruby' && path.startsWith('params['))) && !OF_PROGRAM.test(path),
      })
      // Words put together are written for this; a whole prompt may be handed on by a library that asks nobody.
      const made = isMade(said, unit, scope)
      const carries = made ? fromUser : fromWeb
      const isFromUser = (one: Expr) => carries(one, scope, said.line)
      if (isFromUser(said)) yield hit(unit, said.line, nameOf(said, isFromUser), { severity: made ? 'high' : 'medium' })
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
      {
        'a.ts':
          'import OpenAI from "openai"\nconst client = new OpenAI()\nexport async function POST(req: Request) {\n  const { persona } = await req.json()\n  const prompt = `You are ${persona}. Be kind.`\n  return client.chat.completions.create({ model: "gpt-4o", messages: [{ role: "system", content: prompt }] })\n}\n',
      },
      {
        'a.py':
          'from fastapi import FastAPI\nfrom openai import OpenAI\napp = FastAPI()\n@app.post("/chat")\nasync def chat(persona: str):\n    return OpenAI().responses.create(model="gpt-4o", instructions=f"You are {persona}", input="x")\n',
      },
      {
        'a.ts':
          'import OpenAI from "openai"\nexport async function POST(req: Request) {\n  const { messages, instructions } = await req.json()\n  return streamText({ model: openai("gpt-4o"), system: instructions, messages })\n}\n',
      },
    ],
    miss: [
      {
        'a.py':
          'from openai import OpenAI\ndef ask(self, params):\n    system_prompt = self.instruction or params.systemPrompt\n    return OpenAI().responses.create(model="gpt-4o", instructions=system_prompt, input="x")\n',
      },
      {
        'a.php':
          "<?php\nuse Prism\\Prism\\Prism;\nfunction f($request) { return $request->addMessage(new SystemMessage(sprintf('Respond in this schema: %s', json_encode($request->schema()->toArray())))); }\n",
      },
      {
        'a.py':
          'from fastapi import FastAPI\nfrom openai import OpenAI\napp = FastAPI()\n@app.post("/chat")\nasync def chat(persona: str, count: int):\n    kind = PERSONAS[persona]\n    return OpenAI().responses.create(model="gpt-4o", instructions=f"You are {kind}, say {count} words", input=persona)\n',
      },
      {
        'a.py':
          'import openai\nc = openai.OpenAI()\ndef f(request):\n    c.chat.completions.create(model="gpt-4o", messages=[{"role": "system", "content": "You help"}, {"role": "user", "content": f"{request.json}"}])\n',
      },
    ],
  },
})
