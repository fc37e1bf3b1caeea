// Reads the tour out of a document: fenced blocks marked `sh tour` hold commands after `$ ` and, below each, what it
// prints; `…` stands for whatever it is today. A block marked `text tour-file NAME` is a file that the tour needs.

export interface Step {
  line: number
  command: string
  output: string
}

export function readTour(markdown: string): { steps: Step[]; files: Record<string, string> } {
  const steps: Step[] = []
  const files: Record<string, string> = {}
  for (const { info, body, line } of fences(markdown)) {
    const file = /\btour-file (?<name>[\w.-]+)/.exec(info)?.groups?.['name']
    if (file) files[file] = body.join('\n')
    else if (/\btour\b/.test(info)) steps.push(...stepsOf(body, line))
  }
  return { steps, files }
}

function* fences(markdown: string): Generator<{ info: string; body: string[]; line: number }> {
  let open: { info: string; body: string[]; line: number } | undefined
  for (const [i, text] of markdown.split('\n').entries()) {
    if (text.startsWith('```')) {
      if (open) yield open
      open = open ? undefined : { info: text.slice(3).trim(), body: [], line: i + 2 }
    } else open?.body.push(text)
  }
}

/** A command goes on over lines that end with a backslash. */
function stepsOf(body: readonly string[], first: number): Step[] {
  const steps: Step[] = []
  let continues = false
  for (const [i, text] of body.entries()) {
    const last = steps.at(-1)
    if (text.startsWith('$ ')) steps.push({ line: first + i, command: text.slice(2), output: '' })
    else if (last && continues) last.command += `\n${text}`
    else if (last) last.output += `${text}\n`
    continues = (text.startsWith('$ ') || continues) && text.endsWith('\\')
  }
  return steps
}

/** Whether a text is what was shown: line by line, `…` for anything within a line or, alone, for any lines. */
export function isAsShown(actual: string, shown: string): boolean {
  if (shown.trim() === '') return true
  const pattern = shown
    .trimEnd()
    .split('\n')
    .map((line) =>
      line.trim() === '…' ? '(?:.*\\n)*?' : `${line.trimEnd().split('…').map(literal).join('.*')}[ \\t]*\\n`,
    )
    .join('')
  return new RegExp(`^${pattern}$`).test(`${actual.trimEnd()}\n`)
}

const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
