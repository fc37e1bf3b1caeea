// Reply of the comparison of two catalogues.
import { z } from 'zod'
import type { Json } from '../../lib/canonical-json.ts'
import { DIFF_KINDS } from '../../catalog/diff.ts'
import { list, texts } from './catalog-reply.ts'

const text = z.string()
const Kind = z.enum(DIFF_KINDS)
const Changed = z.object({ kind: Kind, id: text, name: text })
const Value: z.ZodType<Json, Json> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), text, list(Value), z.record(text, Value)]),
)
const Fields = list(z.object({ path: text, before: Value, after: Value }))
const Link = z.object({ threat: text, control: text })

export const CatalogDiff = z.object({
  old: z.object({ name: text, version: text }),
  new: z.object({ name: text, version: text }),
  same: z.boolean(),
  added: list(Changed),
  removed: list(Changed),
  renamed: list(z.object({ kind: Kind, id: text, renamedTo: texts, note: text, fields: Fields })),
  changed: list(Changed.extend({ fields: Fields })),
  links: z.object({ added: list(Link), removed: list(Link) }),
})
