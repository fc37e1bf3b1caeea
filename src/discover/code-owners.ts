// Whose a file is, as the repository itself says: its CODEOWNERS, in the way that the forges read it, where the last rule
// that matches counts.
import { join } from 'node:path'
import { fitsPath } from './path-pattern.ts'
import { smallFile } from './small-file.ts'

const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']
const MOST_BYTES = 1024 * 1024
const MOST_RULES = 5000
const MOST_OWNER = 120

export type OwnerOf = (file: string) => string | undefined

export function codeOwners(folder: string): OwnerOf {
  for (const place of PLACES) {
    const text = smallFile(join(folder, place), { most: MOST_BYTES })
    if (text !== undefined) return parseCodeOwners(text)
  }
  return () => undefined
}

export function parseCodeOwners(text: string): OwnerOf {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const bare = line.replace(/(?:^|\s)#.*$/, '').trim()
    // Sections of GitLab: `[Name]`, also optional ones.
    if (bare === '' || /^\^?\[/.test(bare)) return []
    const [pattern = '', ...owners] = bare.split(/(?<!\\)\s+/)
    return [{ matches: matcherOf(pattern.replaceAll('\\ ', ' ')), owner: owners[0]?.slice(0, MOST_OWNER) }]
  })
  const known = rules.slice(0, MOST_RULES).toReversed()
  return (file) => known.find(({ matches }) => matches(file))?.owner
}

/** As in .gitignore: with a slash before its end it is anchored; a folder stands for all in it. */
function matcherOf(pattern: string): (file: string) => boolean {
  const isAnchored = pattern.replace(/\/$/, '').includes('/')
  const bare = pattern.replace(/^\//, '').replace(/\/$/, '')
  if (bare === '*' || bare === '**') return () => true
  const parts = bare.slice(0, 300).split('/')
  const isFolder = pattern.endsWith('/')
  return (file) => {
    const names = file.split('/')
    const starts = isAnchored ? [0] : names.map((_, i) => i)
    return starts.some((start) => fitsPath(parts, names.slice(start), isFolder ? 'folder' : 'either'))
  }
}
