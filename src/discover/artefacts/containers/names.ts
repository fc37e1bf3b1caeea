// Names of members as those who unpack them would take them.
import { type Piece, report } from '../piece.ts'

/** Whether a path, taken from the target folder, leaves it. */
export function leavesFolder(path: string): boolean {
  if (/^(?:[\\/]|[A-Za-z]:|~)/.test(path)) return true
  let depth = 0
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}

export function checkName(piece: Piece, name: string): void {
  if (leavesFolder(name)) report(piece, 'archive-traversal', { why: 'a member’s name leaves the folder', place: name })
  else if (hasControl(name))
    report(piece, 'archive-differs', { why: 'a member’s name has control characters', place: name })
  else if (/\.pth$/i.test(name) && /(?:site|dist)-packages/.test(name))
    report(piece, 'archive-imports-at-start', { why: 'a member lands in site-packages', place: name })
}

const hasControl = (name: string) => [...name].some((char) => (char.codePointAt(0) ?? 32) < 32)

/** Where a link leads, seen from the root of the archive. */
export function linkLeaves(name: string, target: string, isHard: boolean): boolean {
  if (/^(?:[\\/]|[A-Za-z]:)/.test(target)) return true
  const folder = isHard ? '' : name.split('/').slice(0, -1).join('/')
  return leavesFolder(folder ? `${folder}/${target}` : target)
}
