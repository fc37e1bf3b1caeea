// Paging, filters and finding by any name: what the catalogue's routes share.
import { z } from 'zod'
import type { Catalog, Framework, FrameworkItem } from '../../catalog/catalog.ts'
import { type Match, matchesOf, resolveName } from '../../catalog/resolve.ts'
import { Failure } from '../../lib/failure.ts'
import { suggest } from '../../lib/suggest.ts'
import { MOST_ROWS } from '../../model/page.ts'
import { list } from './catalog-reply.ts'

export const Name = z.string().trim().min(1).max(200)
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true')

export const paging = {
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(MOST_ROWS).describe('rows in a page'),
  cursor: Name.optional().describe('where the last page ended'),
}

export const page = <S extends z.ZodType>(row: S) =>
  z.object({ items: list(row), next: z.string().optional().describe('cursor of the next page') })

/** The cursor is the id of the last row shown: a catalogue does not change while it is read. */
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[],
  query: { limit: number; cursor?: string | undefined },
) {
  const after = query.cursor === undefined ? -1 : rows.findIndex(({ id }) => id === query.cursor)
  if (query.cursor !== undefined && after < 0) {
    throw new Failure('input_invalid', 'cursor: no row of this list has that id', { hint: 'start from the first page' })
  }
  const items = rows.slice(after + 1, after + 1 + query.limit)
  const last = items.at(-1)
  return last && after + 1 + query.limit < rows.length ? { items, next: last.id } : { items }
}

type Found = 'threat' | 'control' | 'measure' | 'framework'

/** By id or by any name that it has or had. */
export function find<T>(catalog: Catalog, kind: Found, name: string, byId: ReadonlyMap<string, T>) {
  const direct = byId.get(name)
  if (direct) return { found: direct, foundAs: null }
  const matches = resolveName(catalog, name).filter((match) => match.kind === kind)
  const [match, ...others] = matches
  const found = match && byId.get(match.id)
  if (!match || !found) throw new Failure('not_found', `"${name.slice(0, 80)}" is no ${kind}`, otherKind(catalog, name))
  if (others.length > 0) {
    throw new Failure('conflict', `"${name.slice(0, 80)}" names ${matches.length} things`, {
      hint: `ask for one of ${matches.map(({ id }) => id).join(', ')}`,
    })
  }
  return { found, foundAs: { name: match.as, by: match.by, note: match.note ?? null, until: match.until ?? null } }
}

function otherKind(catalog: Catalog, name: string): { hint: string } {
  const [match]: readonly Match[] = resolveName(catalog, name)
  return { hint: match ? `it is a ${match.kind}: ${match.of ? `${match.of}/` : ''}${match.id}` : 'search for it' }
}

/** Whether a row has every value that the query names. */
export function matches<Row extends object, Query extends object>(
  row: Row,
  query: Query,
  keys: readonly (keyof Row & keyof Query)[],
): boolean {
  return keys.every((key) => query[key] === undefined || Object.is(row[key], query[key]))
}

/** By its id, by its id without the edition, or by that of a requirement inside it. */
export function findItem(catalog: Catalog, framework: Framework, name: string): FrameworkItem {
  const items = catalog.itemsByFramework.get(framework.id)
  const direct = items?.get(name)
  if (direct) return direct
  const match = matchesOf(catalog, `${framework.id}/${name}`).find(({ of }) => of === framework.id)
  const found = match && items?.get(match.id)
  if (!found) {
    const near = suggest(name, items?.keys() ?? [])
    throw new Failure('not_found', `${framework.id} has no item "${name.slice(0, 80)}"`, {
      hint: near ? `did you mean "${near}"?` : 'list its items to see their ids',
    })
  }
  return found
}
