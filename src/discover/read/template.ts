// A page of a server as what it prints raw: each `{{ answer | safe }}` is a call of `raw` with the names that stand in it.
// What a page prints in the usual way is escaped, and no matter.
import { Lines } from '../../lib/lines.ts'
import type { Expr, Statement } from '../syntax/expr.ts'

/** Jinja, Django and Twig; Blade; EJS; ERB; Handlebars; Razor; Thymeleaf. */
const RAW =
  /\{\{-?([^{}]{1,300})\|\s*(?:safe|raw)\b[^{}]{0,100}\}\}|\{!!([^{}]{1,300})!!\}|<%-([^%]{1,300})%>|<%=\s*raw\b([^%]{1,300})%>|<%==([^%]{1,300})%>|<%=([^%]{1,300})\.html_safe\b|\{\{\{([^{}]{1,300})\}\}\}|@Html\.Raw\(([^()]{1,300})\)|\bth:utext="\$\{([^{}"]{1,300})\}"/g
/** `{% for one in all %}`, `@foreach ($all as $one)`, `all.forEach(one => …`, `all.each do |one|` */
const LOOP =
  /\{%-?\s*for\s+(?<one>\w+)\s+in\s+(?<all>\w+)|@foreach\s*\(\s*\$(?<all>\w+)[^)]{0,100}\sas\s(?:\$\w+\s*=>\s*)?\$(?<one>\w+)|<%-?\s*@?(?<all>\w+)\.(?:forEach|each)\b[^\w|]{0,20}(?:function\s*\(|do\s*\|)?\s*(?<one>\w+)/g
const NAME = /(?<![\w.'"]|->)[$@]?([A-Za-z_]\w*)/g
const CLEANS = /purif|sanitiz|escape|strip_tags|bleach|htmlspecialchars|include|partial|json/i
const MOST = 500

export function readTemplate(text: string): Statement[] {
  const lines = new Lines(text)
  const loops = new Map<string, string>()
  for (const { groups = {} } of text.matchAll(LOOP)) {
    const { one, all } = groups
    if (one !== undefined && all !== undefined) loops.set(one, all)
  }
  const found: Statement[] = []
  for (const { index, ...parts } of text.matchAll(RAW)) {
    const said = Object.values(parts).find((part, at) => at > 0 && typeof part === 'string')
    if (typeof said !== 'string' || CLEANS.test(said)) continue
    const line = lines.at(index)
    const names = [...said.matchAll(NAME)].flatMap(([, name = '']) => [name, loops.get(name) ?? name])
    const args = [...new Set(names)].map((name): Expr => ({ kind: 'name', name, line }))
    const callee: Expr = { kind: 'name', name: 'raw', line }
    found.push({ kind: 'do', value: { kind: 'call', callee, args, named: [], line, end: line }, scope: '', line })
    if (found.length === MOST) break
  }
  return found
}
