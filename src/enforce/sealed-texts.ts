// Texts that are kept sealed, many of each kind, and how all of them come under a new key-encryption key: in batches, each a
// change of its own, so that nobody waits for it and whoever is stopped goes on where he was. None of them is read for it.
import { Failure } from '../lib/failure.ts'
import type { Vault } from './vault.ts'

/** What a text of each kind is sealed for: words of calls, what people are asked about, what callers asked lately. */
export const SEALED = {
  call: (id: string) => `call ${id}`,
  approval: (id: string) => `approval ${id}`,
  series: (id: string) => `series ${id}`,
} as const

export type SealedKind = keyof typeof SEALED

export interface SealedText {
  id: string
  sealed: string
}

export interface SealedTextStore {
  /** Of those that another key-encryption key than this one sealed, the next by their ids. */
  notUnder(kind: SealedKind, keyId: string, after: string, limit: number): Promise<SealedText[]>
  /** Changes nothing where the text is gone or is another one by now. Returns how many it changed. */
  replace(kind: SealedKind, texts: readonly { id: string; from: string; to: string }[]): Promise<number>
}

export interface SealedTextHome {
  readonly read: { readonly sealedTexts: SealedTextStore }
  change<T>(work: (tx: { sealedTexts: SealedTextStore }) => Promise<T>): Promise<T>
}

export interface Resealed {
  /** Id of the key-encryption key that they are under now. */
  sealedBy: string
  resealed: number
  /** Damaged, or sealed with a key that is not here: they stay as they are. */
  unopened: number
}

const BATCH = 200

export async function resealTexts(
  { home, vault }: { home: SealedTextHome; vault: Vault },
  told: (done: number, kind: SealedKind) => Promise<void>,
): Promise<Resealed> {
  const sealedBy = await vault.current()
  let [resealed, unopened] = [0, 0]
  for (const kind of Object.keys(SEALED) as SealedKind[]) {
    for (let after = ''; ;) {
      const texts = await home.read.sealedTexts.notUnder(kind, sealedBy, after, BATCH)
      const changed: { id: string; from: string; to: string }[] = []
      for (const { id, sealed } of texts) {
        const to = await vault.reseal(sealed, SEALED[kind](id)).catch(unopenable)
        if (to === undefined) unopened++
        else changed.push({ id, from: sealed, to })
      }
      if (changed.length > 0) resealed += await home.change((tx) => tx.sealedTexts.replace(kind, changed))
      await told(resealed + unopened, kind)
      const last = texts.at(-1)
      if (last === undefined || texts.length < BATCH) break
      after = last.id
    }
  }
  return { sealedBy, resealed, unopened }
}

function unopenable(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error
}
