// The words of calls, sealed: written with the call, read and taken away one by one, each time with an entry in the log.
import type { KeptRequest } from '../enforce/policies/recorded-call.ts'
import { SEALED } from '../enforce/sealed-texts.ts'
import type { Vault } from '../enforce/vault.ts'
import { Failure } from '../lib/failure.ts'
import type { Actor } from '../model/actor.ts'
import type { Exchange } from '../model/exchange.ts'
import type { Words } from '../model/words.ts'
import type { CallContent } from '../record/call-store.ts'
import { redactWords } from '../record/redact-words.ts'
import type { Store } from '../store/store.ts'

export interface CallContents {
  /** Sealed, for the record. */
  seal(exchange: Exchange, words: Words): Promise<CallContent>
  /** What is kept of a call. That it was read is on record before anybody sees it. */
  read(id: string, actor: Actor): Promise<Words>
  /** False where nothing is kept. */
  erase(id: string, actor: Actor): Promise<boolean>
  /** What clients sent, of those calls that it is kept of; for work within the house. */
  requestsOf(ids: readonly string[]): Promise<ReadonlyMap<string, KeptRequest>>
}

export function createCallContents(store: Store, vault: Vault): CallContents {
  const open = async ({ id, kept, sealed }: CallContent): Promise<Words> => {
    const plain = await vault.open(sealed, SEALED.call(id))
    return { ...(JSON.parse(plain.toString('utf8')) as Omit<Words, 'kept'>), kept }
  }
  return {
    async seal({ id }, words) {
      const { kept, ...plain } = words.kept === 'redacted' ? redactWords(words) : words
      return { id, kept, sealed: await vault.seal(Buffer.from(JSON.stringify(plain)), SEALED.call(id)) }
    },
    async read(id, actor) {
      const content = await store.read.contents.byId(id)
      if (content === undefined)
        throw new Failure('not_found', `nothing is kept of the words of ${id.slice(0, 100)}`, {
          hint: 'record.content says what is kept, and record.contentDays for how long',
        })
      const words = await open(content)
      await store.append([
        { kind: 'call.content-read', actor: named(actor), subject: subject(id), data: { kept: content.kept } },
      ])
      return words
    },
    async erase(id, actor) {
      const isErased = await store.change(async (tx) => {
        if (!(await tx.contents.remove(id))) return false
        tx.record({ kind: 'call.content-erased', actor: named(actor), subject: subject(id), data: {} })
        return true
      })
      if (isErased) await store.forget()
      return isErased
    },
    async requestsOf(ids) {
      const contents = await store.read.contents.byIds(ids)
      const requests = new Map<string, KeptRequest>()
      for (const content of contents) {
        const words = await open(content).catch(unreadable)
        if (words !== undefined && words.request !== '')
          requests.set(content.id, { text: words.request, isRedacted: words.kept === 'redacted' })
      }
      return requests
    },
  }
}

/** One that was sealed with a key that is gone, or is damaged, is as good as none. */
function unreadable(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error
}

const subject = (id: string) => ({ kind: 'call', id })

const named = ({ kind, id }: Actor): Pick<Actor, 'kind' | 'id'> => ({ kind, id })
