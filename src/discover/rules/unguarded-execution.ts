// Switches that take away what stood between a model and the machine.
import { SAID, metIn } from '../find/visit.ts'
import { type Expr, field, lastName, textField } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isFalse, isTrue, textsOf } from './look.ts'

const SWITCHES = [
  'allow_dangerous_code',
  'allow_dangerous_requests',
  'dangerouslySkipPermissions',
  'auto_execute_tools',
  'allow_code_execution',
  'enable_dangerous_tools',
  'autoApproveAll',
  'yolo',
  'unsafe_allow_code_execution',
  'chat.tools.autoApprove',
  'chat.tools.global.autoApprove',
]
/** Of the agents that people start on a command line. */
const FLAG =
  /(?:^|\s)(?:--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--yolo|--approval-mode[= ]yolo|--sandbox[= ]danger-full-access|--allow-all-tools|--permission-mode[= ]bypassPermissions|--yes-always)(?:[\s'"\\]|$)/
/** A line that is run, not a sentence about one: it begins with its flags, or names the program where a command begins. */
const RUN =
  /^\s*-|(?:^|[;&|("'`\n]|\b(?:exec|sudo|npx|bunx|uvx|then|do|time))\s*(?:-\w+\s+|\w+=\S*\s+)*(?:[\w./~$@{}-]*\/)?(?:claude|codex|gemini|qwen|copilot|aider|crush|opencode|goose|cursor-agent|droid|amp|kimi|grok|hermes)(?:-\w+)*(?:@[\w.-]+)?\s/
/** A setting that is one of these words, where it is set: a list of all modes chooses none. */
const MODE = /^(?:bypassPermissions|danger-full-access)$/
const SETS_MODE = /(?:mode|sandbox|policy)$/i
/** What a program offers to its own users: `Option(False, "-y", "--yolo")`, `flags.BoolVar(&on, "--yolo", …)`. */
const OFFERS = /(?:option|argument|flags?|param|parameter|arg|switch|var|varp|add)$/i
/** What people read of a program. */
const SAYS = /^(?:example|long|short|usage|help|description|desc|epilog|message|text|title)s?$/i
/** Settings that take a sandbox or a question away by a word. */
const WORDS: readonly [key: string, value: RegExp][] = [
  ['code_execution_mode', /^unsafe$/],
  ['approvalMode', /^yolo$/],
  ['additional_authorized_imports', /^\*$/],
]
const RUNNERS =
  /^(?:PythonREPLTool|PythonREPL|PythonAstREPLTool|ShellTool|LocalCommandLineCodeExecutor|UnsafeLocalCodeExecutor|UnsafeCodeInterpreterTool)$/

const isOffered = (word: string, parent: Expr | undefined): boolean =>
  /^(?:-\w,? *)?--[\w-]+(?:[ =][<[].*)?$/.test(word) && parent?.kind === 'call' && OFFERS.test(lastName(parent.callee))

/** `mode: "…"`, or the word behind its flag in the list of what a program is started with. */
function isSet(keys: readonly string[], [parent]: readonly Expr[]): boolean {
  if (parent?.kind === 'list') return textsOf(parent).some((word) => /^(?:--permission-mode|--sandbox|-s)$/.test(word))
  return SETS_MODE.test(keys.at(-1) ?? '')
}

/** AutoGen asks a person before each step where it is told to, and its proxies of users by themselves. */
function asksFirst(around: readonly Expr[]): boolean {
  const made = around.find((one) => one.kind === 'call')
  const asks = textField(made, 'human_input_mode')
  return asks === undefined ? lastName(made) === 'UserProxyAgent' : asks === 'ALWAYS'
}

export const unguardedExecution = defineRule({
  id: 'unguarded-execution',
  title: 'An agent may act on the machine without sandbox or question',
  severity: 'high',
  confidence: 0.8,
  threats: ['agent-escape', 'excessive-agency'],
  controls: ['agent-sandboxing', 'oversight', 'least-model-privilege'],
  remedy: 'run its code in a container without secrets, and let a person confirm what cannot be undone',
  everywhere: true,
  *checkUnit(unit, evidence) {
    for (const met of metIn(unit, SAID)) {
      const { expr, keys, asked } = met
      if (
        expr.kind === 'text' &&
        !asked &&
        !isOffered(expr.value, met.parents[0]) &&
        !SAYS.test(keys.at(-1) ?? '') &&
        (FLAG.test(expr.value) ? RUN.test(expr.value) : MODE.test(expr.value) && isSet(keys, met.parents))
      )
        yield hit(unit, expr.line, expr.value.slice(0, 60))
      if ((expr.kind !== 'call' && expr.kind !== 'map') || !evidence.usesAi(unit)) continue
      const on = SWITCHES.find((name) => isTrue(field(expr, name)))
      if (on !== undefined) yield hit(unit, expr.line, on)
      for (const [key, value] of WORDS) {
        const said = textsOf(field(expr, key)).find((word) => value.test(word))
        if (said !== undefined) yield hit(unit, expr.line, `${key}: ${said}`)
      }
      if (isFalse(field(expr, 'use_docker')) && !asksFirst([expr, ...met.parents]))
        yield hit(unit, expr.line, 'use_docker')
      if (expr.kind === 'call' && RUNNERS.test(lastName(expr.callee)) && evidence.packages(unit).length > 0)
        yield hit(unit, expr.line, lastName(expr.callee))
    }
  },
  examples: {
    hit: [
      { 'a.py': 'from langchain_experimental.tools import PythonREPLTool\nt = [PythonREPLTool()]\n' },
      {
        'a.py':
          'from autogen import AssistantAgent\na = AssistantAgent("a", code_execution_config={"use_docker": False})\n',
      },
      {
        '.github/workflows/a.yml':
          'jobs:\n  a:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n        with:\n          claude_args: --dangerously-skip-permissions\n',
      },
      {
        'a.ts':
          'import { spawn } from "node:child_process"\nspawn("claude", ["-p", text, "--permission-mode", "bypassPermissions"])\n',
      },
      {
        'a.py':
          'import anthropic\nrun(["tmux", "send-keys", f"claude --dangerously-skip-permissions --name {name}"])\n',
      },
      { 'run.sh': 'claude -p "fix it" --dangerously-skip-permissions\n' },
      { '.claude/settings.json': '{"permissions": {"defaultMode": "bypassPermissions"}}' },
      {
        'a.py':
          'from crewai import Agent\na = Agent(role="coder", allow_code_execution=True, code_execution_mode="unsafe")\n',
      },
      {
        'a.py':
          'from smolagents import CodeAgent\na = CodeAgent(tools=[], model=m, additional_authorized_imports=["*"])\n',
      },
    ],
    miss: [
      {
        'a.ts':
          'import { z } from "zod"\nimport { query } from "@anthropic-ai/claude-agent-sdk"\nconst modes = z.enum(["default", "plan", "bypassPermissions"])\nconst choices = [{ value: "bypassPermissions", label: "Never ask" }]\nconst about = "Claude Code started with --dangerously-skip-permissions asks nobody"\nnew Worker("queue", run, { autoRun: true })\n',
      },
      {
        'a.py':
          'from autogen import UserProxyAgent\na = UserProxyAgent("a", code_execution_config={"use_docker": False})\n',
      },
      {
        'cmd.go':
          'package a\nimport "github.com/sashabaranov/go-openai"\nvar root = &cobra.Command{\n  Example: `crush --yolo`,\n}\n',
      },
      {
        'a.py':
          'import typer, litellm\ndef main(yolo: bool = typer.Option(False, "-y", "--yolo", help="Do not ask")): ...\n',
      },
      { 'a.ts': 'import OpenAI from "openai"\nprogram.option("-y, --yolo", "do not ask")\n' },
      { 'a.py': 'import claude_agent_sdk\nif mode == "bypassPermissions":\n    raise ValueError("not here")\n' },
      {
        'a.py':
          'from autogen import AssistantAgent\na = AssistantAgent("a", code_execution_config={"use_docker": True})\n',
      },
    ],
  },
})
