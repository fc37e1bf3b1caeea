// One law of a pack: what must hold, and a function that says where it does not. Each has a sabotaged twin in the tests,
// because a check that cannot fail proves nothing.
import type { Catalog } from '../catalog.ts'

export interface Problem {
  /** Id of the law that is broken, or `schema`. */
  readonly check: string
  readonly file: string
  /** Where in the file, by ids where there are any: `threats[evasion].controls`. */
  readonly path: string
  readonly message: string
}

export interface Pack {
  readonly catalog: Catalog
  /** Every file as parsed, by name. */
  readonly files: ReadonlyMap<string, unknown>
}

export type Report = (path: string, message: string) => void

export interface Check {
  readonly id: string
  readonly file: string
  run(pack: Pack, report: Report): void
}

export function defineCheck(id: string, file: string, run: Check['run']): Check {
  return { id, file, run }
}

/** Reports every id that the catalogue does not have. */
export function known(catalog: Catalog, report: Report) {
  const of =
    (kind: string, byId: ReadonlyMap<string, unknown>) => (path: string, ids: readonly string[] | undefined) => {
      for (const id of ids ?? []) if (!byId.has(id)) report(path, `unknown ${kind} "${id}"`)
    }
  return {
    threats: of('threat', catalog.threatsById),
    controls: of('control', catalog.controlsById),
    facts: of('fact', catalog.factsById),
    assets: of('asset', catalog.assetsById),
    questions: of('question', catalog.questionsById),
    items: (path: string, framework: string, ids: readonly string[] | undefined) =>
      of(`item of ${framework || 'no framework'}`, catalog.itemsByFramework.get(framework) ?? new Map())(path, ids),
  }
}

/** Reports every id that stands twice in a list. */
export function unique(report: Report, path: string, list: readonly { readonly id: string }[]): void {
  const seen = new Set<string>()
  for (const { id } of list) {
    if (seen.has(id)) report(`${path}[${id}]`, 'the id is taken twice')
    seen.add(id)
  }
}

export function atLeast(report: Report, path: string, text: string, length: number): void {
  if (text.length < length) report(path, `too short to say anything (${text.length} of ${length} characters)`)
}

export function exactly(report: Report, path: string, found: number, expected: number): void {
  if (found !== expected) report(path, `expected ${expected}, found ${found}`)
}
