// The service offers filters for what comes in and goes out; here they are left out or switched off.
import { metIn } from '../find/visit.ts'
import { type Expr, field, lastName, pathOf, textField } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit } from './look.ts'

const LOOKED_AT: ReadonlySet<Expr['kind']> = new Set(['call', 'map', 'member', 'name', 'text'])
/** The end of its name, which is asked for before the whole of it is put together. */
const SWITCHED_OFF = /(?:BLOCK_NONE|OFF)$/

export const missingGuardrail = defineRule({
  id: 'missing-guardrail',
  title: 'The guardrails of the service are missing or switched off',
  severity: 'medium',
  confidence: 0.6,
  threats: ['direct-prompt-injection', 'indirect-prompt-injection', 'disclosure-in-output'],
  controls: ['prompt-injection-io-handling', 'sensitive-output-handling'],
  remedy: 'attach a guardrail to the agent, or route its calls through a gateway that inspects them',
  *checkUnit(unit) {
    // All categories of one call are one decision.
    const lists = new Set<Expr>()
    const once = (parents: readonly Expr[]): boolean => {
      const list = parents.findLast(({ kind }) => kind === 'list') ?? parents.find(({ kind }) => kind === 'map')
      if (!list) return true
      return !lists.has(list) && lists.add(list).has(list)
    }
    for (const { expr, parents } of metIn(unit, LOOKED_AT)) {
      if (
        expr.kind === 'call' &&
        lastName(expr.callee) === 'resource' &&
        expr.args[0]?.kind === 'text' &&
        /^aws(?:cc)?_bedrock(?:agent)?_agent$/.test(expr.args[0].value)
      ) {
        const block = expr.args.some(
          (one) => one.kind === 'call' && /guardrail_configuration/.test(pathOf(one.callee) + textOf(one)),
        )
        if (!field(expr, 'guardrail_configuration') && !block) yield hit(unit, expr.line, expr.args[0].value)
      }
      if (
        expr.kind === 'map' &&
        textField(expr, 'Type') === 'AWS::Bedrock::Agent' &&
        !field(field(expr, 'Properties'), 'GuardrailConfiguration')
      )
        yield hit(unit, expr.line, 'AWS::Bedrock::Agent')
      if (
        (expr.kind === 'member' || expr.kind === 'name') &&
        SWITCHED_OFF.test(expr.name) &&
        /(?:^|\.)HarmBlockThreshold\.(?:BLOCK_NONE|OFF)$/.test(pathOf(expr)) &&
        once(parents)
      )
        yield hit(unit, expr.line, pathOf(expr))
      if (expr.kind === 'text' && /^BLOCK_NONE$/.test(expr.value) && once(parents))
        yield hit(unit, expr.line, expr.value)
    }
  },
  examples: {
    hit: [
      { 'a.tf': 'resource "aws_bedrockagent_agent" "a" {\n  foundation_model = "anthropic.claude-v2"\n}\n' },
      { 'a.py': 'import google.generativeai as genai\ns = [{"category": "HARM", "threshold": "BLOCK_NONE"}]\n' },
      {
        'a.py':
          'from vertexai.generative_models import HarmBlockThreshold\ns = {"HARM": HarmBlockThreshold.BLOCK_NONE}\n',
      },
    ],
    miss: [
      {
        'a.tf':
          'resource "aws_bedrockagent_agent" "a" {\n  foundation_model = "anthropic.claude-v2"\n  guardrail_configuration {\n    guardrail_identifier = "g"\n  }\n}\n',
      },
    ],
  },
})

const textOf = (call: { args: readonly { kind: string }[] }): string => JSON.stringify(call.args.slice(0, 1))
