// Switches that take away what stood between a model and the machine.
import { metIn } from '../find/visit.ts'
import { field, lastName } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isFalse, isTrue } from './look.ts'

const SWITCHES = [
  'allow_dangerous_code',
  'allow_dangerous_requests',
  'dangerouslySkipPermissions',
  'auto_execute_tools',
  'allow_code_execution',
  'unsafe_mode',
  'enable_dangerous_tools',
  'autoApproveAll',
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
  *checkUnit(unit, evidence) {
    for (const { expr } of metIn(unit)) {
      if (
        expr.kind === 'text' &&
        /--dangerously-skip-permissions|--dangerously-bypass-approvals-and-sandbox|^bypassPermissions$|(?:^|\s)--yolo(?:\s|$)/.test(
          expr.value,
        )
      )
        yield hit(unit, expr.line, expr.value.slice(0, 60))
      if (expr.kind !== 'call' && expr.kind !== 'map') continue
      const on = SWITCHES.find((name) => isTrue(field(expr, name)))
      if (on !== undefined) yield hit(unit, expr.line, on)
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
    ],
    miss: [
      {
        'a.py':
          'from autogen import AssistantAgent\na = AssistantAgent("a", code_execution_config={"use_docker": True})\n',
      },
    ],
  },
})
