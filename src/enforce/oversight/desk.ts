// Where calls wait for a person. The question is on record before anybody waits; the wait ends with the first of what a
// person says (here or on another replica), the end of its time, and the client going away. Which of them was first is
// settled in the store, under a lock, so that all replicas, the log and the call itself know the same end.
// Invariant: a call goes on only when its approval was read from the store as given, while this process still waited.
import { createHmac } from 'node:crypto'
import { canonicalJson, type JsonObject } from '../../lib/canonical-json.ts'
import { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Approval } from '../../model/approval.ts'
import type { EntryRow } from '../../model/entry.ts'
import type { Settled } from '../../model/verdict.ts'
import { SEALED } from '../sealed-texts.ts'
import type { Vault } from '../vault.ts'
import { lapse, settledOf } from './approval.ts'
import type { ApprovalHouse } from './approval-store.ts'
import { entryOf, GATEWAY } from './entries.ts'
import type { Gist } from './gist.ts'

export interface Question extends Pick<
  Approval,
  | 'callId'
  | 'keyId'
  | 'asset'
  | 'route'
  | 'model'
  | 'stage'
  | 'policy'
  | 'askers'
  | 'needs'
  | 'waitSeconds'
  | 'why'
  | 'isKept'
> {
  gist: Gist
}

export interface Desk {
  /**
   * Resolves with what became of it, once that is on record. `opened` hears the id as soon as somebody can answer.
   * Rejects where nobody can be asked.
   */
  ask(question: Question, signal: AbortSignal, opened: (id: string) => void): Promise<Settled>
}

export interface OpenDesk extends Desk {
  readonly waiting: number
  /** Nobody waits any more: every question is closed. */
  closeAll(): Promise<void>
  close(): Promise<void>
}

export interface DeskOptions {
  house: ApprovalHouse
  vault: Vault
  secret: Uint8Array
  /** Of this process alone: whatever waits when it starts has nobody who waits for it. */
  isAlone: boolean
  most: { all: number; perKey: number }
  now: () => Date
  listen(listener: (rows: readonly EntryRow[]) => void): () => void
  onTrouble(error: unknown): void
  /** Milliseconds between two signs of life. */
  beatMs?: number
}

const BEAT_MS = 5000
/** So many beats may be missed before a process counts as gone. */
const MOST_MISSED = 4
const ORPHANS_AT_ONCE = 100
const GONE = 'the process that held the call is gone'

interface Waiter {
  keyId: string
  look(): void
  end(state: 'expired' | 'closed', reason: string): Promise<void>
}

export async function openDesk(options: DeskOptions): Promise<OpenDesk> {
  const { house, vault, secret, most, now, onTrouble, beatMs = BEAT_MS } = options
  const waiters = new Map<string, Waiter>()
  const aliveUntil = () => new Date(now().getTime() + beatMs * MOST_MISSED).toISOString()
  let isOpen = true

  /** As it stands afterwards, whoever ended it. */
  const ended = (id: string, state: 'expired' | 'closed', reason: string) =>
    house.change(async (tx) => {
      const before = await tx.approvals.byId(id)
      if (before === undefined || before.state !== 'waiting') return before
      const after = lapse(before, state, now().toISOString(), reason)
      await tx.approvals.save(after)
      tx.record(entryOf(after, state, GATEWAY))
      return after
    })

  async function sweep(before: string): Promise<void> {
    for (const id of await house.read.approvals.orphans(before, ORPHANS_AT_ONCE))
      if (!waiters.has(id)) await ended(id, 'expired', GONE)
  }

  async function beat(): Promise<void> {
    if (waiters.size > 0) await house.change((tx) => tx.approvals.renew([...waiters.keys()], aliveUntil()))
    await sweep(now().toISOString())
    // Whatever was not heard of.
    for (const { look } of waiters.values()) look()
  }

  function mustHaveRoom(keyId: string): void {
    if (!isOpen) throw new Failure('unavailable', 'the gateway is stopping', { retryAfter: 1 })
    const own = [...waiters.values()].filter((waiter) => waiter.keyId === keyId).length
    if (waiters.size < most.all && own < most.perKey) return
    throw new Failure('too_many', 'as many calls wait for a person as may wait', {
      hint: 'try again when some of them are decided',
      retryAfter: 30,
    })
  }

  async function open(id: string, { gist, ...about }: Question): Promise<Approval> {
    const at = now()
    const text = canonicalJson({ ...gist, calls: gist.calls.map((call) => ({ ...call })) } as JsonObject)
    const approval: Approval = {
      ...about,
      id,
      mark: createHmac('sha256', secret)
        .update(`${SEALED.approval(id)}\0${text}`)
        .digest('hex'),
      sealed: await vault.seal(Buffer.from(text), SEALED.approval(id)),
      state: 'waiting',
      given: [],
      askedAt: at.toISOString(),
      expiresAt: new Date(at.getTime() + about.waitSeconds * 1000).toISOString(),
      endedAt: undefined,
      endedBy: undefined,
      reason: undefined,
      aliveUntil: aliveUntil(),
    }
    await house.change(async (tx) => {
      await tx.approvals.insert(approval)
      tx.record(entryOf(approval, 'asked', GATEWAY))
    })
    return approval
  }

  function wait(approval: Approval, signal: AbortSignal): Promise<Settled> {
    const { id, keyId } = approval
    const { promise, resolve } = Promise.withResolvers<Settled>()
    let isEnding = false
    const settle = (found: Approval | undefined) => {
      if (found?.state === 'waiting') return
      clearTimeout(timer)
      signal.removeEventListener('abort', gone)
      waiters.delete(id)
      // A row that is gone was approved by nobody.
      if (found === undefined) resolve({ id, outcome: 'closed', by: [] })
      else resolve(settledOf(found))
    }
    const end: Waiter['end'] = async (state, reason) => {
      if (isEnding) return
      isEnding = true
      try {
        settle(await ended(id, state, reason))
      } catch (error) {
        // It cannot be written; whoever sweeps later writes it. Nothing goes on meanwhile.
        onTrouble(error)
        settle({ ...approval, state, endedAt: now().toISOString() })
      }
    }
    const read = async () => {
      const found = await house.read.approvals.byId(id)
      if (!isEnding) settle(found)
    }
    const look = () => void read().catch(onTrouble)
    const gone = () =>
      void end('closed', signal.reason instanceof Failure ? 'the time of the call was over' : 'the client is gone')
    const timer = setTimeout(() => void end('expired', 'nobody decided in time'), msUntil(approval.expiresAt, now()))
    waiters.set(id, { keyId, look, end })
    signal.addEventListener('abort', gone, { once: true })
    if (signal.aborted) gone()
    // It may have been decided between its commit and now.
    look()
    return promise
  }

  if (options.isAlone) await sweep('9999')
  const stopListening = options.listen((rows) => {
    for (const { subjectKind, subjectId, kind } of rows)
      if (subjectKind === 'approval' && kind !== 'approval.asked') waiters.get(subjectId)?.look()
  })
  let beating: Promise<void> | undefined
  const timer = setInterval(() => {
    beating ??= beat()
      .catch(onTrouble)
      .finally(() => (beating = undefined))
  }, beatMs).unref()

  async function closeAll(): Promise<void> {
    isOpen = false
    await Promise.all(Array.from(waiters.values(), ({ end }) => end('closed', 'the gateway is stopping')))
  }

  return {
    get waiting() {
      return waiters.size
    },
    async ask(question, signal, opened) {
      signal.throwIfAborted()
      mustHaveRoom(question.keyId)
      const id = newId('approval', now())
      // Its place is taken before anything is awaited, so that many at once cannot all find room.
      waiters.set(id, { keyId: question.keyId, look: () => undefined, end: () => Promise.resolve() })
      let approval: Approval
      try {
        approval = await open(id, question)
      } catch (error) {
        waiters.delete(id)
        // What is wrong here is for the operator.
        onTrouble(error)
        throw new Failure('unavailable', 'this needs a person, and nobody can be asked at the moment', {
          retryAfter: 10,
        })
      }
      const settled = wait(approval, signal)
      opened(id)
      return settled
    },
    closeAll,
    async close() {
      clearInterval(timer)
      stopListening()
      await closeAll()
      await beating
    },
  }
}

const msUntil = (time: string, now: Date) => Math.max(0, Date.parse(time) - now.getTime())
