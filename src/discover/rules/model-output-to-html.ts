// Markup from a model carries scripts, and images that take data out.
import { visitUnit } from '../find/visit.ts'
import { type Expr, pathOf } from '../syntax/expr.ts'
import { isTest } from '../classify.ts'
import { defineRule, type Hit } from './define.ts'
import { hit } from './look.ts'
import { modelWords } from './taint.ts'

const SINK =
  /(?:^|\.)(?:Markup|mark_safe|render_template_string|HTML|insertAdjacentHTML|write|html_safe|raw|SafeString|HtmlString)$/

export const modelOutputToHtml = defineRule({
  id: 'model-output-to-html',
  title: 'What a model says is put into a page as markup',
  severity: 'high',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection', 'exfiltration-through-rendered-output'],
  controls: ['encode-model-output'],
  remedy: 'show it as text, or clean the markup with an allow-list (no images, no scripts, no foreign links)',
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
      for (const statement of unit.statements) {
        if (
          statement.kind === 'assign' &&
          /(?:^|\.)(?:innerHTML|outerHTML)$/.test(statement.target) &&
          said(statement.value, statement.scope)
        )
          yield hit(unit, statement.line, statement.target)
      }
    }
  },
  examples: {
    hit: [
      {
        'a.py':
          'import openai\nfrom markupsafe import Markup\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    return Markup(r.output_text)\n',
      },
    ],
    miss: [
      {
        'a.py':
          'import openai\nfrom markupsafe import escape\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    return escape(r.output_text)\n',
      },
    ],
  },
})
