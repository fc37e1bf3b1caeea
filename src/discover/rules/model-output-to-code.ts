// A sentence in a document that the model reads becomes a command of this machine.
import { beginning } from '../find/agents/graphs.ts'
import { type Expr, pathOf, type Unit } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { type CallExpr, modelOutputInto } from './taint.ts'

const SINK =
  /^(?:eval|exec|os\.system|os\.popen|subprocess\.\w+|(?:asyncio\.)?create_subprocess_(?:shell|exec)|pexpect\.(?:spawn|run)|pty\.spawn|(?:child_process|childProcess|cp)\.\w+|exec(?:Sync|Async|Promise|P)|promisify\(\)|spawn(?:Sync)?|Bun\.spawn(?:Sync)?|Deno\.Command|Function|vm\.runIn\w+|exec\.Command(?:Context)?|Runtime\.getRuntime\(\)\.exec|ProcessBuilder|shell_exec|passthru|proc_open|popen|(?:Kernel\.)?system|(?:\w+\.)?(?:instance|class)_eval|Open3\.\w+|(?:System\.Diagnostics\.)?Process(?:\.Start|StartInfo)|CSharpScript\.\w+|\w*(?:python_?)?repl(?:_tool)?\.run)$|(?:^|\.)Command\.new\(\)(?:\.\w+\(\))*\.args?$/
/** What runs its words as a program; to others they are words. */
const SHELL =
  /^(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|python3?|node|ruby|php|perl|osascript)$/

const wordsOf = (expr: Expr): readonly Expr[] =>
  expr.kind === 'list'
    ? expr.items
    : expr.kind === 'call' && /^(?:List\.of|Arrays\.asList|listOf|vec)$/.test(pathOf(expr.callee))
      ? expr.args
      : [expr]

const listsOf = new WeakMap<Unit, ReadonlyMap<string, Expr>>()

/** `cmd = ["git", "log", path]`: the list that a name stands for. */
function meant(expr: Expr, unit: Unit, scope: string): Expr {
  if (expr.kind !== 'name') return expr
  let lists = listsOf.get(unit)
  if (!lists) {
    const found = unit.statements.flatMap((one): [string, Expr][] =>
      one.kind === 'assign' && wordsOf(one.value)[0] !== one.value ? [[`${one.scope} ${one.target}`, one.value]] : [],
    )
    lists = new Map(found.toReversed())
    listsOf.set(unit, lists)
  }
  return lists.get(`${scope} ${expr.name}`) ?? expr
}

/** `["git", "commit", "-m", message]` hands a word to a program that is named; `["sh", "-c", words]` runs it. */
function run(call: CallExpr, unit: Unit, scope: string): readonly Expr[] {
  const words = call.args.flatMap((one, at) => wordsOf(at < 2 ? meant(one, unit, scope) : one))
  const made = beginning(call)
  const program = made === call ? words.find(({ kind }) => kind !== 'name' || words.length === 1) : made?.args[0]
  const [lead] = words
  if (program?.kind === 'text')
    return SHELL.test(program.value) ? toldToShell(words.slice(words.indexOf(program) + 1)) : []
  return lead ? [lead] : []
}

/** What stands behind `-c`, or first; behind the name of a script stand words for that. */
function toldToShell(words: readonly Expr[]): readonly Expr[] {
  const flag = words.findIndex((one) => one.kind === 'text' && /^(?:-\w*[ce]|\/c|-Command|--eval)$/i.test(one.value))
  if (flag >= 0) return words.slice(flag + 1)
  return words[0]?.kind === 'text' ? [] : words
}

export const modelOutputToCode = defineRule({
  id: 'model-output-to-code',
  title: 'What a model says is run as code or as a command',
  severity: 'critical',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection', 'agent-escape'],
  controls: ['agent-sandboxing', 'encode-model-output', 'least-model-privilege'],
  remedy: 'run it in a sandbox without network and secrets, or let the model choose from commands that you wrote',
  checkUnit: (unit, evidence) =>
    modelOutputInto(unit, evidence, {
      call: SINK,
      told: run,
      ofTools: { call: SINK, more: { severity: 'high', confidence: 0.75 } },
    }),
  examples: {
    hit: [
      {
        'a.rb':
          'require "openai"\nr = OpenAI::Client.new.chat(parameters: { model: "gpt-4o", messages: [] })\neval(r.dig("choices", 0, "message", "content"))\n',
      },
      {
        'a.php':
          "<?php\nuse Prism\\Prism\\Prism;\n$r = Prism::text()->using('openai', 'gpt-4o')->withPrompt('x')->asText();\nshell_exec($r->text);\n",
      },
      {
        'a.go':
          'package a\nimport openai "github.com/sashabaranov/go-openai"\nfunc f(c *openai.Client) {\n  r, _ := c.CreateChatCompletion(ctx, req)\n  exec.Command("sh", "-c", r.Choices[0].Message.Content).Run()\n}\n',
      },
      {
        'a.rs':
          'use async_openai::Client;\nasync fn f() {\n  let r = Client::new().chat().create(req).await.unwrap();\n  std::process::Command::new("sh").arg("-c").arg(r.text).output();\n}\n',
      },
      {
        'a.cs':
          'using OpenAI.Chat;\nclass A { async Task F(ChatClient c) { ChatCompletion r = await c.CompleteChatAsync("x"); Process.Start("bash", r.Text); } }\n',
      },
      {
        'a.kt':
          'import dev.langchain4j.model.openai.OpenAiChatModel\nfun f(m: OpenAiChatModel) {\n  val out = m.chat("x")\n  Runtime.getRuntime().exec(out)\n}\n',
      },
      {
        'a.py':
          'import openai, subprocess\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    subprocess.run(r.output_text, shell=True)\n',
      },
      {
        'server.py':
          'import subprocess\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef run_command(command: str) -> str:\n    """Run a command."""\n    return subprocess.run(command.strip(), shell=True, capture_output=True).stdout\n',
      },
      {
        'server.ts':
          'import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"\nimport { exec } from "child_process"\nimport { promisify } from "util"\nconst server = new McpServer({ name: "x", version: "1" })\nserver.tool("log", "Shows the log", { branch: z.string() }, async ({ branch }) => {\n  const { stdout } = await promisify(exec)(`git log ${branch}`)\n  return { content: [{ type: "text", text: stdout }] }\n})\n',
      },
      {
        'a.py':
          'import json, openai\nc = openai.OpenAI()\ndef act(r):\n    for call in r.tool_calls:\n        args = json.loads(call.function.arguments)\n        exec(args["code"])\n',
      },
      {
        'a.py':
          'import openai\nc = openai.OpenAI()\ndef write(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    return r.output_text\ndef go(q):\n    code = write(q)\n    exec(code)\n',
      },
    ],
    miss: [
      {
        'server.py':
          'import subprocess\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef log(path: str, count: int) -> str:\n    """Show the log."""\n    cmd = ["git", "log", path]\n    subprocess.run(cmd)\n    subprocess.run(["python3", "report.py", path])\n    words = ["report.py", path]\n    spawn("python3", words)\n    subprocess.run(f"git log -n {count}", shell=True)\n    return subprocess.run(["git", "show", path]).stdout\n',
      },
      {
        'a.py':
          'import openai\nc = openai.OpenAI()\nCOMMANDS = {"list": "ls"}\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    exec(COMMANDS[r.output_text])\n    exec(f"x = {len(r.output_text)}")\n',
      },
      {
        'a.py':
          'import openai, subprocess\nc = openai.OpenAI()\nr = c.responses.create(model="gpt-4o", input="x")\nsubprocess.run(["git", "commit", "-m", r.output_text])\n',
      },
      {
        'a.go':
          'package a\nimport openai "github.com/sashabaranov/go-openai"\nfunc f(c *openai.Client) {\n  r, _ := c.CreateChatCompletion(ctx, req)\n  exec.Command("git", "commit", "-m", r.Choices[0].Message.Content).Run()\n}\n',
      },
      {
        'a.py':
          'import openai, subprocess\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    subprocess.run(["ls"])\n    return r\n',
      },
    ],
  },
})
