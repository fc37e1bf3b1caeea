// A notebook's code cells as one program, each line knowing where it stands in the file. Shell lines and magics are no
// Python, but what they install counts.
import { z } from 'zod'

const Notebook = z.object({
  cells: z
    .array(z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]).default('') }))
    .max(20_000),
})

export interface Notebook {
  code: string
  /** By line of the code, from 1: the line of the file. */
  lines: number[]
  installs: { name: string; line: number }[]
}

export function readNotebook(source: string): Notebook {
  const { cells } = Notebook.parse(JSON.parse(source))
  const raw = source.split('\n')
  const code: string[] = []
  const lines: number[] = [0]
  const installs: Notebook['installs'] = []
  let at = 0
  for (const cell of cells) {
    if (cell.cell_type !== 'code') continue
    const text = typeof cell.source === 'string' ? cell.source : cell.source.join('')
    for (const line of text.split('\n')) {
      const quoted = JSON.stringify(line).slice(1, -1)
      const found = line.trim() === '' ? at : raw.findIndex((content, index) => index >= at && content.includes(quoted))
      if (found >= 0) at = found
      const shell = /^\s*[!%]/.test(line)
      code.push(shell ? '' : line)
      lines.push(at + 1)
      if (!shell) continue
      for (const name of installed(line)) installs.push({ name, line: at + 1 })
    }
    code.push('')
    lines.push(at + 1)
  }
  return { code: code.join('\n'), lines, installs }
}

function installed(line: string): string[] {
  const [, list] = /\bpip3?\s+install\s+(.+)$/.exec(line) ?? []
  return (list ?? '')
    .split(/\s+/)
    .filter((word) => /^["']?[A-Za-z]/.test(word))
    .map((word) => word.replaceAll(/["']/g, ''))
}
