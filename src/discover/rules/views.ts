// Pages of a server that are handed the words of a model: which files a program renders, and which names it gives them.
import type { Evidence } from '../find/evidence.ts'
import { type Call, children, type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Hit } from './define.ts'
import type { Carries } from './flow.ts'
import { calls, hit } from './look.ts'

const RENDERS = /^(?:render|render_template|render_to_string|render_to_response|TemplateResponse|view|View|renderFile)$/
const FOLDERS = ['', 'templates/', 'views/', 'resources/views/', 'Views/', 'src/main/resources/templates/']
const ENDINGS = ['', '.html', '.ejs', '.hbs', '.twig', '.html.twig', '.blade.php', '.jinja2', '.cshtml']
const MOST_VIEWS = 200

/** Where what it names may lie: in the folders that frameworks look into, beside the program or above it. */
function placesOf(file: string, view: string): string[] {
  const folders = file.split('/').slice(0, -1)
  const above = folders.map((_, at) => `${folders.slice(0, folders.length - at).join('/')}/`).concat('')
  const names = [...new Set([view, view.replaceAll('.', '/')])]
  return above.flatMap((folder) =>
    FOLDERS.flatMap((kept) => names.flatMap((name) => ENDINGS.map((ending) => folder + kept + name + ending))),
  )
}

const viewsOf = ({ args }: Call): string[] =>
  args.flatMap((one) => (one.kind === 'text' && /^[\w./-]{1,100}$/.test(one.value) ? [one.value] : []))

/** Files that a program may render. */
export function viewsSaid(unit: Unit): string[] {
  if (unit.format !== 'code') return []
  const found = new Set<string>()
  for (const [call] of calls(unit))
    if (found.size < MOST_VIEWS && RENDERS.test(lastName(call.callee)))
      for (const view of viewsOf(call)) found.add(view)
  return [...found].flatMap((view) => placesOf(unit.file, view))
}

/** What a page is given, by the names that it has there. */
function* givenTo(expr: Expr, depth = 0): Iterable<[string, Expr]> {
  if (depth > 3) return
  if (expr.kind === 'map') {
    for (const [key, value] of expr.entries) if (key.kind === 'text') yield [key.value, value]
  } else if (expr.kind === 'call' && /^compact$/.test(pathOf(expr.callee))) {
    for (const one of expr.args)
      if (one.kind === 'text') yield [one.value, { kind: 'name', name: one.value, line: one.line }]
  } else if (expr.kind === 'call' && depth === 0) {
    for (const [name, value] of expr.named) {
      yield [name, value]
      yield* givenTo(value, depth + 1)
    }
    for (const one of expr.args) yield* givenTo(one, depth + 1)
  }
}

/** Where pages print raw what they are given of the words of a model. */
export function* printedRaw(unit: Unit, { project }: Evidence, isAnswer: Carries): Iterable<Hit> {
  for (const [call, { scope }] of calls(unit)) {
    if (!RENDERS.test(lastName(call.callee))) continue
    const pages = viewsOf(call).flatMap((view) =>
      placesOf(unit.file, view).flatMap((file) => {
        const page = project.unitOf(file)
        return page?.language === 'template' ? [page] : []
      }),
    )
    if (pages.length === 0) continue
    const names = new Set<string>()
    for (const [name, value] of givenTo(call)) if (isAnswer(value, scope, call.line)) names.add(name)
    for (const page of names.size > 0 ? pages : [])
      for (const [print] of calls(page)) {
        const shown = children(print).find((one) => one.kind === 'name' && names.has(one.name))
        if (shown) yield hit(page, print.line, pathOf(shown))
      }
  }
}
