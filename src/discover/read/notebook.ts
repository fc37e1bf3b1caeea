// A notebook's code cells as one program, each line knowing where it stands in the file. Shell lines and magics are none
// of it, but what they install counts.
import { z } from 'zod'
import type { Grammar } from '../syntax/grammars.ts'
import { installedBy } from './installs.ts'

const Notebook = z.object({
  metadata: z
    .object({
      kernelspec: z.object({ language: z.string().optional() }).optional().catch(undefined),
      language_info: z.object({ name: z.string().optional() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  cells: z
    .array(z.object({ cell_type: z.string(), source: z.union([z.string(), z.array(z.string())]).default('') }))
    .max(20_000),
})

/** What kernels call their languages. Whoever says nothing, or another one, writes Python. */
const KERNELS: Readonly<Record<string, Grammar>> = {
  'c#': 'csharp',
  csharp: 'csharp',
  typescript: 'typescript',
  javascript: 'tsx',
  java: 'java',
  kotlin: 'kotlin',
  go: 'go',
  rust: 'rust',
  ruby: 'ruby',
  php: 'php',
}

export interface Notebook {
  code: string
  grammar: Grammar
  /** By line of the code, from 1: the line of the file. */
  lines: number[]
  installs: { ecosystem: 'pypi' | 'nuget'; name: string; version?: string; line: number }[]
}

export function readNotebook(source: string): Notebook {
  const { cells, metadata } = Notebook.parse(JSON.parse(source))
  const kernel = metadata?.kernelspec?.language ?? metadata?.language_info?.name ?? ''
  const grammar = KERNELS[kernel.toLowerCase()] ?? 'python'
  const magic = grammar === 'python' ? /^\s*[!%]/ : /^\s*(?:[!%]|#[!r])/
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
      const shell = magic.test(line)
      code.push(shell ? '' : line)
      lines.push(at + 1)
      if (!shell) continue
      for (const one of installed(line)) installs.push({ ...one, line: at + 1 })
    }
    code.push('')
    lines.push(at + 1)
  }
  return { code: code.join('\n'), grammar, lines, installs }
}

function installed(line: string): Omit<Notebook['installs'][number], 'line'>[] {
  const [, referred, version] = /^\s*#r\s+"nuget:\s*([\w.-]+)\s*(?:,\s*([\w.+-]+))?/.exec(line) ?? []
  if (referred !== undefined)
    return [{ ecosystem: 'nuget', name: referred, ...(version === undefined ? {} : { version }) }]
  return installedBy(line).map(({ name, version }) => ({ ecosystem: 'pypi', name, version }))
}
