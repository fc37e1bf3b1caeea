// Markup from a model carries scripts, and images that take data out.
import { field, pathOf } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { isTrue } from './look.ts'
import { modelOutputInto } from './taint.ts'

const SINK =
  /(?:^|\.)(?:Markup|MarkupString|mark_safe|render_template_string|HTML|HTMLResponse|NotStr|insertAdjacentHTML|createContextualFragment|bypassSecurityTrustHtml|raw|Raw|SafeString|HtmlString|ui\.html)$|^<\?=$|(?:^|\.)document\.write(?:ln)?$|^(?:\$|jQuery)?\(\)(?:\.\w+\(\))*\.html$/
/** These send what they are told to whoever asked, and it is a page where markup stands around it. */
const SHOWN =
  /^(?:echo|HttpResponse|make_response|http\.HttpResponse|fmt\.Fprint(?:f|ln)?|Results\.Content|(?:this\.)?Content)$|(?:^|\.)(?:res|resp|response|reply|w|writer|out)\.(?:send|end|write|print|println|Write|WriteString|html)$/
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
      told: (call) =>
        pathOf(call.callee).endsWith('.insertAdjacentHTML')
          ? call.args.slice(1)
          : call.args.length === 0
            ? [field(call, 'content', 'html')].filter((one) => one !== undefined)
            : undefined,
      sure: (call) => TOLD.test(pathOf(call.callee)) && isTrue(field(call, 'unsafe_allow_html')),
      handedOn: true,
      shown: SHOWN,
      assigned: /(?:^|\.)(?:innerHTML|outerHTML)$/,
    }),
  examples: {
    hit: [
      {
        'app.py':
          'from flask import Flask, render_template\nimport openai\nc = openai.OpenAI()\n@app.route("/")\ndef f():\n    r = c.responses.create(model="gpt-4o", input="x")\n    return render_template("chat.html", answer=r.output_text, title="x")\n',
        'templates/chat.html': '<h1>{{ title }}</h1>\n<p>{{ answer | markdown | safe }}</p>\n',
      },
      {
        'app/Http/Poems.php':
          "<?php\nuse OpenAI\\Laravel\\Facades\\OpenAI;\nclass Poems {\n  function show() {\n    $poem = OpenAI::chat()->create(['model' => 'gpt-4o'])->choices[0]->message->content;\n    return view('poems.one', compact('poem'));\n  }\n}\n",
        'resources/views/poems/one.blade.php': '<p>{!! nl2br($poem) !!}</p>\n',
      },
      {
        'server.js':
          'import OpenAI from "openai"\napp.get("/", async (req, res) => {\n  const r = await client.chat.completions.create({ model: "gpt-4o" })\n  res.render("chat", { answers: [r.choices[0].message.content] })\n})\n',
        'views/chat.ejs': '<% answers.forEach(one => { %>\n<p><%- one %></p>\n<% }) %>\n',
      },
      {
        'a.php':
          "<?php\nuse OpenAI;\n$r = OpenAI::client($k)->chat()->create(['model' => 'gpt-4o']);\n$answer = $r->choices[0]->message->content;\necho '<p>' . $answer . '</p>';\n",
      },
      {
        'a.php':
          "<?php\nuse OpenAI;\n$r = OpenAI::client($k)->chat()->create(['model' => 'gpt-4o']);\n?>\n<p><?= $r->choices[0]->message->content ?></p>\n",
      },
      {
        'a.js':
          'import OpenAI from "openai"\napp.get("/", async (req, res) => {\n  const r = await client.chat.completions.create({ model: "gpt-4o" })\n  const page = `<h1>${r.choices[0].message.content}</h1>`\n  res.send(page)\n})\n',
      },
      {
        'a.py':
          'from flask import Flask\nimport openai\napp = Flask(__name__)\nc = openai.OpenAI()\n@app.route("/")\ndef f():\n    r = c.responses.create(model="gpt-4o", input="x")\n    return f"<p>{r.output_text}</p>"\n',
      },
      {
        'a.py':
          'from django.http import HttpResponse\nimport openai\nc = openai.OpenAI()\ndef f(request):\n    r = c.responses.create(model="gpt-4o", input="x")\n    return HttpResponse("<p>%s</p>" % r.output_text)\n',
      },
      {
        'a.go':
          'package a\nimport (\n "fmt"\n "net/http"\n openai "github.com/sashabaranov/go-openai"\n)\nfunc h(w http.ResponseWriter, r *http.Request) {\n resp, _ := client.CreateChatCompletion(ctx, req)\n fmt.Fprintf(w, "<p>%s</p>", resp.Choices[0].Message.Content)\n}\n',
      },
      {
        'a.tsx':
          'import OpenAI from "openai"\nexport function Page() {\n  const [text, setText] = useState("")\n  const ask = async () => {\n    let all = ""\n    for await (const chunk of await client.chat.completions.create({ stream: true })) {\n      all += chunk.choices[0].delta.content\n      setText(all)\n    }\n  }\n  return <p onClick={ask} dangerouslySetInnerHTML={{ __html: text }} />\n}\n',
      },
      {
        'page.tsx':
          'import { useChat } from "@ai-sdk/react"\nimport { Message } from "./message"\nexport function Page() {\n  const { messages } = useChat()\n  return <ul>{messages.map((m) => <Message key={m.id} content={m.content} />)}</ul>\n}\n',
        'message.tsx':
          'export const Message = (props) => <li><Bubble text={props.content} /></li>\nfunction Bubble({ text }) {\n  return <p dangerouslySetInnerHTML={{ __html: marked(text) }} />\n}\n',
      },
      {
        'a.vue':
          '<template>\n  <div v-html="answer"></div>\n</template>\n<script>\nimport OpenAI from "openai"\nexport default {\n  methods: {\n    async ask() {\n      const r = await client.chat.completions.create({})\n      this.answer = r.choices[0].message.content\n    },\n  },\n}\n</script>\n',
      },
      {
        'a.tsx':
          'import { useChat } from "@ai-sdk/react"\nexport function Page() {\n  const { messages } = useChat()\n  return <div>{messages.map((m) => <p dangerouslySetInnerHTML={{ __html: marked(m.content) }} />)}</div>\n}\n',
      },
      {
        'a.tsx':
          'import OpenAI from "openai"\nexport function Page() {\n  const [answer, setAnswer] = useState("")\n  const html = useMemo(() => marked(answer), [answer])\n  const ask = async () => {\n    const r = await client.chat.completions.create({})\n    setAnswer(r.choices[0].message.content)\n  }\n  return <div onClick={ask} dangerouslySetInnerHTML={{ __html: html }} />\n}\n',
      },
      {
        'a.vue':
          '<template>\n  <p v-for="m in messages" :key="m.id">\n    <span v-html="marked(m.content)" />\n  </p>\n</template>\n<script setup lang="ts">\nimport { useChat } from "@ai-sdk/vue"\nconst { messages } = useChat()\n</script>\n',
      },
      {
        'a.svelte':
          '<script>\nimport { Chat } from "@ai-sdk/svelte"\nlet answer = ""\nasync function ask() {\n  const r = await generateText({ model })\n  answer = r.text\n}\n</script>\n<div>{@html answer}</div>\n',
      },
      {
        'a.js':
          'import OpenAI from "openai"\nconst r = await client.responses.create({ model: "gpt-4o" })\nbox.insertAdjacentHTML("beforeend", `<p>${r.output_text}</p>`)\n',
      },
      {
        'a.js':
          'import OpenAI from "openai"\nconst r = await client.responses.create({ model: "gpt-4o" })\n$("#chat").html(r.output_text)\n',
      },
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
        'app.py':
          'from flask import Flask, render_template\nimport openai\nc = openai.OpenAI()\n@app.route("/")\ndef f():\n    r = c.responses.create(model="gpt-4o", input="x")\n    return render_template("chat.html", answer=r.output_text, title="x")\n',
        'templates/chat.html':
          '<h1>{{ title | safe }}</h1>\n<p>{{ answer }}</p><p>{{ answer | sanitize | safe }}</p>\n',
        'templates/other.html': '<p>{{ answer | safe }}</p>\n',
      },
      {
        'a.php':
          "<?php\nuse OpenAI;\n$r = OpenAI::client($k)->chat()->create(['model' => 'gpt-4o']);\n$answer = $r->choices[0]->message->content;\necho '<p>' . htmlspecialchars($answer) . '</p>';\necho json_encode(['answer' => $answer]);\n?>\n<p><?= htmlspecialchars($answer) ?></p><b><?= $title ?></b>\n",
      },
      {
        'a.js':
          'import OpenAI from "openai"\napp.post("/", async (req, res) => {\n  const r = await client.chat.completions.create({ model: "gpt-4o" })\n  res.send(r.choices[0].message.content)\n  log.send(`<p>${r.choices[0].message.content}</p>`)\n})\n',
      },
      {
        'a.py':
          'from flask import Flask, jsonify\nimport openai\napp = Flask(__name__)\nc = openai.OpenAI()\n@app.route("/")\ndef f():\n    r = c.responses.create(model="gpt-4o", input="<p>x</p>")\n    print(f"<p>{r.output_text}</p>")\n    return jsonify({"a": r.output_text})\ndef g():\n    r = c.responses.create(model="gpt-4o", input="x")\n    return f"<p>{r.output_text}</p>"\n',
      },
      {
        'page.tsx':
          'import { useChat } from "@ai-sdk/react"\nimport { Message } from "./message"\nexport function Page() {\n  const { messages } = useChat()\n  return <ul>{messages.map((m) => <Message content={m.content} style={css.of} />)}</ul>\n}\n',
        'message.tsx':
          'export function Message({ content, style }) {\n  return <li><style dangerouslySetInnerHTML={{ __html: style }} />{content}</li>\n}\n',
      },
      {
        'a.ts':
          'import OpenAI from "openai"\nclass A {\n  async ask() {\n    this.answer = await this.client.responses.create({ model: "gpt-4o" })\n    this.box.innerHTML = this.frame\n  }\n}\n',
      },
      {
        'a.tsx':
          'import { useChat } from "@ai-sdk/react"\nimport DOMPurify from "dompurify"\nconst render = (text) => {\n  const html = marked(text)\n  return DOMPurify.sanitize(html)\n}\nexport function Page() {\n  const { messages } = useChat()\n  const last = useMemo(() => DOMPurify.sanitize(messages[0].content), [messages])\n  return <div>{messages.map((m) => <p dangerouslySetInnerHTML={{ __html: render(m.content) }} />)}<b dangerouslySetInnerHTML={{ __html: last }} />{messages[0].content}</div>\n}\n',
      },
      {
        'a.vue':
          '<template>\n  <p v-for="m in messages">{{ m.content }}</p>\n  <p v-html="clean(messages[0].content)" />\n</template>\n<script setup>\nimport { useChat } from "@ai-sdk/vue"\nimport { clean } from "./clean"\nconst { messages } = useChat()\n</script>\n',
        'clean.ts':
          'import sanitizeHtml from "sanitize-html"\nexport function clean(text: string) {\n  return sanitizeHtml(text)\n}\n',
      },
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
