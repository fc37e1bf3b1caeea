// Brings all that is sealed under the newest key-encryption key, as a job: there may be a month of words of calls. One that is
// stopped begins anew, and finds only what is left.
import { resealTexts } from '../enforce/sealed-texts.ts'
import { Failure } from '../lib/failure.ts'
import type { Vault } from '../enforce/vault.ts'
import type { Store } from '../store/store.ts'
import type { JobKind } from './job-kind.ts'

export const RESEAL_JOB = 'reseal'

export const resealJob = (store: Store, vault: Vault): JobKind => ({
  kind: RESEAL_JOB,
  mostAttempts: 5,
  async run({ input }, report) {
    // A replica that was not told of the new key would bring all of it back under the one before.
    if (input['sealedBy'] !== (await vault.current()))
      throw new Failure('unavailable', 'another key-encryption key seals here', {
        hint: 'give every replica the same secrets.keys, restart it, and rotate again',
      })
    const resealed = await resealTexts({ home: store, vault }, (done, note) => report({ done, total: undefined, note }))
    // What was sealed under the earlier key is not to be found in the files either.
    await store.forget()
    return { ...resealed }
  },
})
