// docs/reference/errors.md: what each code means over HTTP.
import { Failure } from '../../src/lib/failure.ts'
import { PROBLEM_CODES, toProblem } from '../../src/server/problem.ts'
import { code, table } from './markdown.ts'

export function renderErrors(): string {
  const rows = PROBLEM_CODES.map((one) => {
    const { status, title } = toProblem(one === 'bug' ? new Error(one) : new Failure(one, one), '')
    return [`<a id="${one}"></a>${code(one)}`, String(status), title]
  })
  return `# Errors

Generated from the code; do not edit. Over HTTP an error is problem+json with \`code\`, \`detail\`, often a \`hint\`, and
\`issues\` that name the place, what was expected and the nearest right word. On the command line it is the same as text.

${table(['Code', 'Status', 'Meaning'], rows)}
`
}
