// Shapes that several routes share: what the doors accept and show.
import { z } from 'zod'
import { lineOfText } from '../../lib/text.ts'
import { MOST_ROWS } from '../../model/page.ts'
import { PERMISSIONS, ROLES } from '../../model/role.ts'

export const Role = z.enum(ROLES)
export const Permission = z.enum(PERMISSIONS)
export const Time = z.iso.datetime()

export const Name = lineOfText(200)

export const Email = z.email('is not an e-mail address').trim().max(254)

export const Done = z.object({ done: z.literal(true) })

export const paging = {
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(50).describe(`most items to return, up to ${MOST_ROWS}`),
  cursor: z.string().max(500).optional().describe('where to go on: `next` of the page before'),
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z.string().optional().describe('cursor of the next page; absent on the last one'),
  })
}
