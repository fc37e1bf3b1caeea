// Switches that take away what stood between a model and the machine.
import { metIn } from '../find/visit.ts'
import { field, lastName } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isFalse, isTrue, textsOf } from './look.ts'

const SWITCHES = [
  'allow_dangerous_code',
  'allow_dangerous_requests',
  'dangerouslySkipPermissions',
  'auto_execute_tools',
  'allow_code_execution',
  'unsafe_mode',
  'enable_dangerous_tools',
  'autoApproveAll',
  'yolo',
  'auto_run',
  'autoRun',
  'unsafe_allow_code_execution',
  'chat.tools.autoApprove',
  'chat.tools.global.autoApprove',
]
/** Of the agents that people start on a command line. */
const ON_LINES =
  /(?:^|\s)(?:--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|--yolo|--approval-mode[= ]yolo|--sandbox[= ]danger-full-access|--allow-all-tools|--permission-mode[= ]bypassPermissions|--yes-always)(?:[\s'"]|$)/
/** Settings that take a sandbox or a question away by a word. */
const WORDS: readonly [key: string, value: RegExp][] = [
  ['code_execution_mode', /^unsafe$/],
  ['approvalMode', /^yolo$/],
  ['additional_authorized_imports', /^\*$/],
]
const RUNNERS =
  /^(?:PythonREPLTool|PythonREPL|PythonAstREPLTool|ShellTool|LocalCommandLineCodeExecutor|UnsafeLocalCodeExecutor|UnsafeCodeInterpreterTool|PythonInterpreterTool)$/

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
    for (const { expr, keys, asked } of metIn(unit)) {
      if (
        expr.kind === 'text' &&
        !asked &&
        (ON_LINES.test(expr.value) ||
          (/^(?:bypassPermissions|danger-full-access)$/.test(expr.value) && keys.length > 0))
      )
        yield hit(unit, expr.line, expr.value.slice(0, 60))
      if ((expr.kind !== 'call' && expr.kind !== 'map') || !evidence.usesAi(unit)) continue
      const on = SWITCHES.find((name) => isTrue(field(expr, name)))
      if (on !== undefined) yield hit(unit, expr.line, on)
      for (const [key, value] of WORDS) {
        const said = textsOf(field(expr, key)).find((word) => value.test(word))
        if (said !== undefined) yield hit(unit, expr.line, `${key}: ${said}`)
      }
      if (isFalse(field(expr, 'use_docker'))) yield hit(unit, expr.line, 'use_docker')
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
      { 'a.py': 'import claude_agent_sdk\nif mode == "bypassPermissions":\n    raise ValueError("not here")\n' },
      {
        'a.py':
          'from autogen import AssistantAgent\na = AssistantAgent("a", code_execution_config={"use_docker": True})\n',
      },
    ],
  },
})
