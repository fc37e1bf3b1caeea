// What a part of the project is called, where the code does not say it: the nearest manifest above a file names it, else
// its folder does.
import { field, textField } from '../syntax/expr.ts'
import type { Project } from './project.ts'

/** The part of the project that a file belongs to: the folder of its manifest, and what that calls it. */
export function homeOf(file: string, { project }: { project: Project }): { folder: string; name: string } {
  const folders = file.split('/').slice(0, -1)
  for (let depth = folders.length; depth >= 0; depth--) {
    const folder = folders
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join('')
    const said = saidIn(folder, project) ?? project.called.get(folder)
    if (said !== undefined) return { folder, name: said }
  }
  return { folder: folders.map((part) => `${part}/`).join(''), name: nameOfFolder(folders) }
}

const MANIFESTS: readonly [file: string, ...sections: string[]][] = [
  ['package.json'],
  ['pyproject.toml', 'project'],
  ['pyproject.toml', 'tool', 'poetry'],
  ['Cargo.toml', 'package'],
  ['composer.json'],
]

function saidIn(folder: string, project: Project): string | undefined {
  for (const [file, ...sections] of MANIFESTS) {
    const document = project.unitOf(folder + file)?.documents[0]
    const name = textField(
      sections.reduce((held, section) => field(held, section), document),
      'name',
    )
    if (name !== undefined && name !== '') return name
  }
  return undefined
}

/** Folders that are there for the layout. */
const LAYOUT =
  /^(?:src|app|lib|main|cmd|server|api|pages|internal|java|kotlin|com|org|io|mcp|packages|apps|services|\[.*\])$/

const nameOfFolder = (folders: readonly string[]): string =>
  folders.findLast((part) => !LAYOUT.test(part)) ?? 'mcp-server'
