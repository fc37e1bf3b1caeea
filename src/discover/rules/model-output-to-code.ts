// A sentence in a document that the model reads becomes a command of this machine.
import { visitUnit } from '../find/visit.ts'
import { type Expr, pathOf } from '../syntax/expr.ts'
import { isTest } from '../classify.ts'
import { defineRule, type Hit } from './define.ts'
import { hit } from './look.ts'
import { modelWords } from './taint.ts'

const SINK =
  /^(?:eval|exec|os\.system|os\.popen|subprocess\.\w+|child_process\.\w+|execSync|spawn|Function|vm\.runIn\w+|exec\.Command|Runtime\.getRuntime\(\)\.exec|shell_exec|system|Process\.Start)$/

export const modelOutputToCode = defineRule({
  id: 'model-output-to-code',
  title: 'What a model says is run as code or as a command',
  severity: 'critical',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection', 'agent-escape'],
  controls: ['agent-sandboxing', 'encode-model-output', 'least-model-privilege'],
  remedy: 'run it in a sandbox without network and secrets, or let the model choose from commands that you wrote',
  *check(evidence) {
    for (const unit of evidence.project.units) {
      if (isTest(unit.file) || (unit.format !== 'code' && unit.format !== 'notebook') || !evidence.usesAi(unit))
        continue
      const said = modelWords(unit)
      const found: Hit[] = []
      visitUnit(unit, (expr, { scope }) => {
        if (expr.kind !== 'call' || !SINK.test(pathOf(expr.callee))) return
        const [first]: (Expr | undefined)[] = expr.args
        if (first && said(first, scope)) found.push(hit(unit, expr.line, pathOf(expr.callee)))
      })
      yield* found
    }
  },
  examples: {
    hit: [
      {
        'a.py':
          'import openai, subprocess\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    subprocess.run(r.output_text, shell=True)\n',
      },
    ],
    miss: [
      {
        'a.py':
          'import openai, subprocess\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    subprocess.run(["ls"])\n    return r\n',
      },
    ],
  },
})
