// What a part of the project is called, where the code does not say it: the nearest manifest above a file names it, else
// its folder does.
import { field, textField } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'

export function nameOfProject(file: string, { project }: Evidence): string {
  const folders = file.split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const folder = folders
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join('')
    const said = saidIn(folder, project) ?? project.called.get(folder)
    if (said !== undefined) return said
  }
  return nameOfFolder(folders)
}

const MANIFESTS: readonly [file: string, section: string | undefined][] = [
  ['package.json', undefined],
  ['pyproject.toml', 'project'],
  ['Cargo.toml', 'package'],
]

function saidIn(folder: string, project: Evidence['project']): string | undefined {
  for (const [file, section] of MANIFESTS) {
    const document = project.unitOf(folder + file)?.documents[0]
    const name = textField(section === undefined ? document : field(document, section), 'name')
    if (name !== undefined && name !== '') return name
  }
  return undefined
}

/** Folders that are there for the layout. */
const LAYOUT =
  /^(?:src|app|lib|main|cmd|server|api|pages|internal|java|kotlin|com|org|io|mcp|packages|apps|services|\[.*\])$/

const nameOfFolder = (folders: readonly string[]): string =>
  folders.findLast((part) => !LAYOUT.test(part)) ?? 'mcp-server'
