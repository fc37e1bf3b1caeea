// Whether a text is the body of a call, to the last byte: by its digest, since the words themselves need not have been kept.
// Each try is on record, because whoever may try could guess; the opening goes to those only who showed that they have it.
import { digestOf } from '../enforce/digests.ts'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import type { BodyOf } from '../model/exchange.ts'
import type { CallRow } from '../record/call-store.ts'
import { fromLeaf } from '../record/leaf.ts'
import type { App } from './app.ts'

interface Match {
  isSame: boolean
  digest: string
  opening?: string
}

export async function matchCall(
  { gateway, store }: Pick<App, 'gateway' | 'store'>,
  { kind, id }: Actor,
  call: CallRow,
  texts: Partial<Record<BodyOf, string>>,
): Promise<Partial<Record<BodyOf, Match>>> {
  if (texts.request === undefined && texts.answer === undefined)
    throw new Failure('input_invalid', 'a request or an answer to be held against the call is missing')
  const { digests } = fromLeaf(call.leaf)
  const openings = gateway.openingsOf(call.id)
  const matches: Partial<Record<BodyOf, Match>> = {}
  for (const what of ['request', 'answer'] as const) {
    const text = texts[what]
    if (text === undefined) continue
    const digest = digests?.[what]
    if (digest === undefined) throw new Failure('not_found', `no digest of the ${what} of this call is on record`)
    const opening = openings[what]
    const isSame = digestOf(opening, text) === digest
    matches[what] = isSame ? { isSame, digest, opening } : { isSame, digest }
  }
  const data = Object.fromEntries(Object.entries(matches).map(([what, { isSame }]) => [what, isSame]))
  await store.append([{ kind: 'call.matched', actor: { kind, id }, subject: { kind: 'call', id: call.id }, data }])
  return matches
}
