// A sentence in a document that the model reads becomes a command of this machine.
import { defineRule } from './define.ts'
import { modelOutputInto } from './taint.ts'

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
  checkUnit: (unit) => modelOutputInto(unit, { call: SINK }),
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
