// One order for everything in a BOM, so that the same parts are the same bytes.
import type { Bom, BomLink } from '../../model/bom.ts'
import { lean } from './lean.ts'

export interface ReadBom {
  bom: Bom
  /** Places that could not be read, and why. */
  notRead: string[]
}

export function sortBom(bom: Bom): Bom {
  const links = new Map(bom.links.map((link) => [keyOf(link), link]))
  return {
    ...bom,
    parts: bom.parts.map(lean).toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)),
    links: [...links.entries()].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, link]) => link),
  }
}

const keyOf = ({ from, kind, to }: BomLink) => `${from}\n${kind}\n${to}`
