// Markup from a model carries scripts, and images that take data out.
import { field, pathOf } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { isTrue } from './look.ts'
import { modelOutputInto } from './taint.ts'

const SINK =
  /(?:^|\.)(?:Markup|mark_safe|render_template_string|HTML|insertAdjacentHTML|raw|Raw|SafeString|HtmlString)$|(?:^|\.)document\.write(?:ln)?$/
/** Streamlit shows markup only where it is told to. */
const TOLD = /^(?:st|streamlit)(?:\.\w+)*\.(?:write|markdown|html|caption)$/

export const modelOutputToHtml = defineRule({
  id: 'model-output-to-html',
  title: 'What a model says is put into a page as markup',
  severity: 'high',
  confidence: 0.7,
  threats: ['output-contains-conventional-injection', 'exfiltration-through-rendered-output'],
  controls: ['encode-model-output'],
  remedy: 'show it as text, or clean the markup with an allow-list (no images, no scripts, no foreign links)',
  checkUnit: (unit, evidence) =>
    modelOutputInto(unit, evidence, {
      call: SINK,
      on: /\.html_safe$/,
      sure: (call) => TOLD.test(pathOf(call.callee)) && isTrue(field(call, 'unsafe_allow_html')),
      assigned: /(?:^|\.)(?:innerHTML|outerHTML)$/,
    }),
  examples: {
    hit: [
      { 'a.rb': 'require "ruby_llm"\n@answer = RubyLLM.chat.ask("x").content.html_safe\n' },
      {
        'a.py':
          'import openai\nfrom markupsafe import Markup\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    return Markup(r.output_text)\n',
      },
      {
        'a.py':
          'import openai\nimport streamlit as st\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    st.markdown(r.output_text, unsafe_allow_html=True)\n',
      },
    ],
    miss: [
      {
        'a.py':
          'import openai\nimport sys\nimport streamlit as st\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    st.write(r.output_text)\n    sys.stdout.write(r.output_text)\n',
      },
      {
        'a.py':
          'import openai\nfrom markupsafe import escape\nc = openai.OpenAI()\ndef f(q):\n    r = c.responses.create(model="gpt-4o", input=q)\n    return escape(r.output_text)\n',
      },
    ],
  },
})
