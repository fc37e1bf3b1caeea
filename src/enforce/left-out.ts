// Settings of a request that get lost where the upstream speaks another format than the client: those that no other
// format has, and those that this one does not. The client hears of them, or is refused, as its route wants.
import type { Json, JsonObject } from '../lib/canonical-json.ts'
import type { Sampling } from '../model/turn.ts'
import { objectOf } from './wire/claims.ts'
import type { ClientSide, UpstreamSide } from './wire/wire.ts'

const MOST = 20
const NAME = /^[\w.]{1,64}$/

/** Members of the body that are not read into a turn. A name may be written with or without underscores. */
export function unreadMembers(body: JsonObject, { members }: ClientSide): string[] {
  const known = new Set(members?.map(plain))
  const unread = (object: JsonObject, within: string): string[] =>
    Object.entries(object).flatMap(([key, value]) => {
      const name = within + key
      if (isNothing(value) || known.has(plain(name))) return []
      const inner = objectOf(value)
      return inner !== undefined && known.has(plain(`${name}.`)) ? unread(inner, `${name}.`) : [name]
    })
  return members === undefined ? [] : unread(body, '')
}

/** What the format of the upstream lacks, and what was not understood, as names fit for a header. */
export function leftOut(unread: readonly string[], sampling: Sampling, { says }: UpstreamSide): string[] {
  const lacking = Object.entries(sampling).flatMap(([name, value]) =>
    value === undefined || says === undefined || says.some((one) => one === name) ? [] : [name],
  )
  return [...unread, ...lacking].filter((name) => NAME.test(name)).slice(0, MOST)
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

function isNothing(value: Json): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0)
}
