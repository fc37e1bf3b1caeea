// One file or member while it is scanned, and what a reader may do with it: report, look inside, spend of the budget.
import type { ArtefactMember } from '../../model/artefact.ts'
import type { ArtefactLimits } from './limits.ts'
import type { ByteSource } from './source.ts'
import type { TechniqueId } from './techniques.ts'

export interface Found {
  why: string
  /** Where the row's own words are too general. */
  effect?: string
  offset?: number
  opcode?: string
  /** Within the piece, where it has parts that are no members. */
  place?: string
}

/** What all pieces of one artefact share. */
export interface Shared {
  readonly limits: ArtefactLimits
  found(piece: Piece, technique: TechniqueId, found: Found): void
  scan(name: string, source: ByteSource, place: string, depth: number, beside: Piece['beside']): string
  member(piece: Piece, member: ArtefactMember): boolean
  expand(bytes: number): void
  opcodes(count: number): void
}

export interface Piece {
  readonly name: string
  readonly source: ByteSource
  readonly place: string
  readonly depth: number
  readonly beside: (name: string) => ByteSource | undefined
  readonly shared: Shared
}

export type Reader = (piece: Piece) => void

/** A bound was met. The message says which, and becomes the reason why the rest was not looked at. */
export class Limit extends Error {}

export function report(piece: Piece, technique: TechniqueId, found: Found): void {
  piece.shared.found(piece, technique, found)
}

export function inside(piece: Piece, name: string, source: ByteSource, beside?: Piece['beside']): string {
  const place = piece.place ? `${piece.place}!${name}` : name
  return piece.shared.scan(name, source, place, piece.depth + 1, beside ?? piece.beside)
}

/** The whole piece as bytes, for formats that are text or small. */
export function whole(piece: Piece, most = piece.shared.limits.textBytes): Uint8Array {
  if (piece.source.size > most) throw new Limit(`it has more than ${most} bytes`)
  return piece.source.read(0, piece.source.size)
}

export const extension = (name: string): string => /\.(?<ext>[^./\\]+)$/.exec(name.toLowerCase())?.groups?.['ext'] ?? ''
export const baseName = (name: string): string => name.split(/[/\\]/).at(-1) ?? name
