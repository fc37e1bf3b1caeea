// What a command of pip installs: in a cell of a notebook, a script or the build of an image.
import type { Statement } from '../syntax/expr.ts'
import type { Dependency } from './manifests.ts'

/** Where a command begins, not where a message speaks of one. */
const COMMAND =
  /(?:^|[;&|(!%]|\b(?:sudo|then|do)\s)\s{0,20}(?:[^\s;&|]{1,200}\s{1,20}-m\s{1,20}|uv\s{1,20})?pip[\d.]{0,5}\s{1,20}install\s([^;&|)#]+)/g
/** Options whose value is the next word. */
const VALUED =
  /^(?:-[rcteif]|--(?:requirement|constraint|target|editable|index-url|extra-index-url|find-links|prefix|root|python|platform|only-binary|no-binary|index-strategy|timeout|cache-dir|trusted-host))$/
const PACKAGE = /^["']?([A-Za-z][\w.-]*)(?:\[[\w,-]*\])?(?:==([\w.+!-]+)|[<>=~!][^"']*)?["']?$/

export function installedBy(command: string): { name: string; version: string | undefined }[] {
  return [...command.matchAll(COMMAND)].flatMap(([, said = '']) =>
    said
      .trim()
      .split(/\s+/)
      .flatMap((word, at, words) => {
        const [, name, version] = VALUED.test(words[at - 1] ?? '') ? [] : (PACKAGE.exec(word) ?? [])
        return name === undefined ? [] : [{ name, version }]
      }),
  )
}

/** Of a script or a Dockerfile, whose commands are texts. */
export const installsIn = (statements: readonly Statement[]): Dependency[] =>
  statements.flatMap((statement) => {
    if (statement.kind !== 'do') return []
    const { value, line } = statement
    const said = value.kind === 'call' ? value.args[0] : value
    const command = said?.kind === 'text' ? said.value : ''
    return installedBy(command).map(({ name, version }): Dependency => ({
      ecosystem: 'pypi',
      name,
      version,
      line,
      direct: true,
      development: false,
    }))
  })
