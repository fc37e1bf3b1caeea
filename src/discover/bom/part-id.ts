// Logical ids of parts: kind and name, written so that they stand in an IRI and in a `bom-ref` alike.
import type { BomKind } from '../../model/bom.ts'

export function partId(kind: BomKind, name: string): string {
  return `${kind}/${encodeURIComponent(name.toWellFormed().normalize('NFC'))}`
}
