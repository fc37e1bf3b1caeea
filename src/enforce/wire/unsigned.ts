// Reasoning that its provider did not sign as it stands: what another model thought, or what a guard changed. Clients show it,
// and give it back with the rest of the answer; no provider takes it, so it goes no further than here.
import type { JsonEdit, JsonPath } from '../../lib/json-edit.ts'
import type { Message, Part } from '../../model/turn.ts'
import { isText } from '../texts.ts'

/** Stands where a signature would. An empty one says nothing: some servers sign nothing, and want their reasoning back. */
export const UNSIGNED = 'unsigned'

/** What was signed and changed is not signed any more. */
export function unsigning(said: readonly Pick<Message, 'parts'>[], edits: readonly JsonEdit[]): JsonEdit[] {
  if (edits.length === 0) return []
  const changed = new Set(edits.map(({ at }) => keyOf(at)))
  return said
    .flatMap(({ parts }): readonly Part[] => parts)
    .flatMap((part) =>
      isText(part) && part.signatureAt !== undefined && changed.has(keyOf(part.at))
        ? [{ at: part.signatureAt, to: UNSIGNED }]
        : [],
    )
}

const keyOf = (at: JsonPath): string => JSON.stringify(at)
