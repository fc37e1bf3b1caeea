// A Dockerfile (or Ollama's Modelfile) as calls: `FROM("image")`, `ENV(NAME: "value")`, `RUN("…")`. An argument with a
// default is known where it is used.
import type { Expr, Statement } from '../syntax/expr.ts'

const INSTRUCTION = /^\s*(FROM|RUN|ENV|ARG|CMD|ENTRYPOINT|EXPOSE|COPY|ADD|USER|PARAMETER|SYSTEM|ADAPTER)\s+(.*)$/i

export function readDockerfile(source: string): Statement[] {
  const statements: Statement[] = []
  const known = new Map<string, string>()
  let start = 1
  let held = ''
  for (const [at, content] of source.split(/\r?\n/).entries()) {
    if (held === '') start = at + 1
    if (/^\s*#/.test(content)) continue
    held += content.replace(/\\\s*$/, ' ').slice(0, 4_000)
    if (/\\\s*$/.test(content) && held.length < 20_000) continue
    const [, word = '', rest = ''] = INSTRUCTION.exec(held) ?? []
    held = ''
    if (word !== '') add(word.toUpperCase(), fill(rest.trim()), start)
  }
  return statements

  function fill(text: string): string {
    return text.replaceAll(
      /\$\{?(\w+)(?::-([^}]*))?\}?/g,
      (all, name: string, other: string | undefined) => known.get(name) ?? other ?? all,
    )
  }

  function add(word: string, rest: string, line: number) {
    const named: [string, Expr][] = []
    const args: Expr[] = []
    if (word === 'ARG' || word === 'ENV') {
      for (const [, name = '', quoted, bare] of rest.matchAll(/([\w.]+)(?:=|\s+)(?:"([^"]*)"|(\S+))/g)) {
        const value = quoted ?? bare ?? ''
        known.set(name, value)
        named.push([name, { kind: 'text', value, line }])
      }
    } else {
      const value = word === 'FROM' ? (rest.replace(/^(?:--\S+\s+)*/, '').split(/\s+/)[0] ?? '') : rest
      args.push({ kind: 'text', value, line })
    }
    const callee: Expr = { kind: 'name', name: word, line }
    statements.push({ kind: 'do', value: { kind: 'call', callee, args, named, line, end: line }, scope: '', line })
  }
}
