// The switch runs Python from the model's repository, as whoever starts the program.
import { SAID, metIn } from '../find/visit.ts'
import { type Expr, field, lastName } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, isTrue } from './look.ts'

const isOffered = ([parent]: readonly Expr[]): boolean =>
  parent?.kind === 'call' && /^(?:add_argument|option|Option|addOption|Argument)$/.test(lastName(parent.callee))

export const trustRemoteCode = defineRule({
  id: 'trust-remote-code',
  title: 'Code from a model repository is run',
  severity: 'high',
  confidence: 0.95,
  threats: ['supply-chain-model-poisoning'],
  controls: ['supply-chain-manage', 'runtime-model-integrity'],
  remedy: 'use a model that the library knows, or copy the code, review it, and pin its revision',
  everywhere: true,
  *checkUnit(unit) {
    for (const { expr, parents } of metIn(unit, SAID)) {
      const on =
        expr.kind === 'call' || expr.kind === 'map' ? field(expr, 'trust_remote_code', 'trustRemoteCode') : undefined
      if (isTrue(on) || (on?.kind === 'text' && on.value.toLowerCase() === 'true'))
        yield hit(unit, on?.line ?? expr.line, 'trust_remote_code')
      // A program that offers the switch has not thrown it.
      else if (expr.kind === 'text' && !isOffered(parents) && /(?:^|\s)--trust-remote-code\b/.test(expr.value))
        yield hit(unit, expr.line, '--trust-remote-code')
    }
  },
  examples: {
    hit: [
      { 'a.py': 'from transformers import AutoModel\nm = AutoModel.from_pretrained("a/b", trust_remote_code=True)\n' },
      {
        'docker-compose.yml':
          'services:\n  llm:\n    image: vllm/vllm-openai:v1\n    command: --model a/b --trust-remote-code\n',
      },
    ],
    miss: [
      {
        'a.py':
          'import vllm\np.add_argument("--trust-remote-code", action="store_true", help="run code of the model")\n',
      },
      { 'a.py': 'from transformers import AutoModel\nm = AutoModel.from_pretrained("a/b", trust_remote_code=False)\n' },
    ],
  },
})
