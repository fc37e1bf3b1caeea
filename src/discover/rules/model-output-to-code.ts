// A sentence in a document that the model reads becomes a command of this machine.
import { beginning } from '../find/graphs.ts'
import type { Expr } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { modelOutputInto } from './taint.ts'

const SINK =
  /^(?:eval|exec|os\.system|os\.popen|subprocess\.\w+|child_process\.\w+|execSync|spawn|Function|vm\.runIn\w+|exec\.Command(?:Context)?|Runtime\.getRuntime\(\)\.exec|ProcessBuilder|shell_exec|passthru|proc_open|popen|(?:Kernel\.)?system|(?:\w+\.)?(?:instance|class)_eval|Open3\.\w+|(?:System\.Diagnostics\.)?Process(?:\.Start|StartInfo)|CSharpScript\.\w+)$|(?:^|\.)Command\.new\(\)(?:\.\w+\(\))*\.args?$/
/** What runs its words as a program; to others they are words. */
const SHELL =
  /^(?:\/(?:usr\/)?bin\/)?(?:(?:ba|z|da)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|python3?|node|ruby|php|perl)$/

/** `["git", "commit", "-m", message]` hands a word to a program that is named; `["sh", "-c", words]` runs it. */
function run(call: Extract<Expr, { kind: 'call' }>): readonly Expr[] {
  const words = call.args.flatMap((one) => (one.kind === 'list' ? one.items : [one]))
  const made = beginning(call)
  const program = made === call ? words.find(({ kind }) => kind !== 'name' || words.length === 1) : made?.args[0]
  const [lead] = words
  if (program?.kind === 'text') return SHELL.test(program.value) ? words : []
  return lead ? [lead] : []
}

export const modelOutputToCode = defineRule({
  id: 'model-output-to-code',
  title: 'What a model says is run as code or as a command',
  severity: 'critical',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection', 'agent-escape'],
  controls: ['agent-sandboxing', 'encode-model-output', 'least-model-privilege'],
  remedy: 'run it in a sandbox without network and secrets, or let the model choose from commands that you wrote',
  checkUnit: (unit) => modelOutputInto(unit, { call: SINK, told: run }),
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
    ],
    miss: [
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
