// The nouns of the catalogue that can be looked up and searched, and a reference to one of them.
import type { Catalog, FrameworkItem } from './catalog.ts'

export const KINDS = [
  'threat',
  'control',
  'measure',
  'fact',
  'framework',
  'item',
  'obligation',
  'practice',
  'test',
] as const
export type Kind = (typeof KINDS)[number]

export interface Reference {
  readonly kind: Kind
  readonly id: string
  readonly name: string
  /** What it belongs to: an item's framework, a measure's control, an obligation's principle. */
  readonly of?: string
}

export const threatRef = (catalog: Catalog, id: string): Reference => ({
  kind: 'threat',
  id,
  name: catalog.threatsById.get(id)?.name ?? id,
})

export const controlRef = (catalog: Catalog, id: string): Reference => ({
  kind: 'control',
  id,
  name: catalog.controlsById.get(id)?.name ?? id,
})

export const factRef = (catalog: Catalog, id: string): Reference => ({
  kind: 'fact',
  id,
  name: catalog.factsById.get(id)?.question ?? id,
})

export const itemRef = (framework: string, item: Pick<FrameworkItem, 'id' | 'name'>): Reference => ({
  kind: 'item',
  id: item.id,
  name: item.name,
  of: framework,
})

/** `sec-dev-program` and `SEC DEV PROGRAM` alike. */
export function plainKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '')
}

/** Keeps what tells foreign ids apart: `1.1` is not `11`. */
export function foreignKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '')
    .replaceAll(/(?<!\d)\.|\.(?!\d)/g, '')
}
