// What went wrong, in the words of the house: what happened, where, and what to do. The last edge of the program: here
// and nowhere deeper errors become text.
import { Failure } from '../lib/failure.ts'
import type { Io } from './io.ts'
import { neutral, oneLine, paint } from './show/text.ts'

/** 0 good, 1 findings or a failed gate, 2 could not do it. */
export const EXIT = { good: 0, findings: 1, failed: 2 } as const

export function explain(error: unknown, io: Pick<Io, 'colour' | 'env'>): string {
  const ink = paint(io.colour)
  if (!(error instanceof Failure)) {
    const text = error instanceof Error ? error.message : String(error)
    const stack = io.env['PARAPET_DEBUG'] && error instanceof Error ? `${neutral(error.stack ?? '')}\n` : ''
    const hint = `this is a defect of Parapet; PARAPET_DEBUG=1 shows where it happened`
    return `${ink.red('parapet:')} ${oneLine(text)}\n  ${ink.dim('hint:')} ${hint}\n${stack}`
  }
  const shown = error.issues.length > 1 ? error.issues : []
  const issues = shown.map(
    ({ path, message, suggestion }) =>
      `  ${ink.cyan(oneLine(path || 'input'))}: ${oneLine(message)}${suggestion ? ` (did you mean "${oneLine(suggestion)}"?)` : ''}\n`,
  )
  const hint = error.hint ? `  ${ink.dim('hint:')} ${oneLine(error.hint)}\n` : ''
  return `${ink.red('parapet:')} ${oneLine(error.message)}\n${issues.join('')}${hint}`
}

/** For `--json`: the same as one object. */
export function explainJson(error: unknown): object {
  if (!(error instanceof Failure))
    return { error: { code: 'defect', message: error instanceof Error ? error.message : String(error) } }
  const { code, message, hint, issues } = error
  return { error: { code, message, ...(hint ? { hint } : {}), ...(issues.length > 0 ? { issues } : {}) } }
}
