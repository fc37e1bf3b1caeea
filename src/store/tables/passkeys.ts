// Passkeys: public keys only, so a stolen database signs nobody in.
import type { PasskeyStore } from '../../admit/admit-store.ts'
import { Failure } from '../../lib/failure.ts'
import type { Passkey } from '../../model/account.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { jsonStrings } from './json.ts'

export function passkeys(runner: Runner): PasskeyStore {
  const { build } = runner
  return {
    async insert(passkey) {
      const row = {
        id: passkey.id,
        account_id: passkey.accountId,
        name: passkey.name,
        public_key: passkey.publicKey,
        counter: passkey.counter,
        transports: JSON.stringify(passkey.transports),
        created_at: passkey.createdAt,
        last_used_at: passkey.lastUsedAt ?? null,
      }
      const query = build
        .insertInto('passkey')
        .values(row)
        .onConflict((on) => on.doNothing())
      if ((await runner.run(query)) === 0)
        throw new Failure('conflict', 'this passkey is registered already', { hint: 'sign in with it' })
    },
    async byId(id) {
      const query = build.selectFrom('passkey').selectAll().where('id', '=', id)
      const row = await runner.first(runner.locks ? query.forUpdate() : query)
      return row && toPasskey(row)
    },
    async ofAccount(accountId) {
      const query = build.selectFrom('passkey').selectAll().where('account_id', '=', accountId)
      return (await runner.all(query.orderBy('created_at').orderBy('id').limit(100))).map(toPasskey)
    },
    async used(id, counter, at) {
      await runner.run(build.updateTable('passkey').set({ counter, last_used_at: at }).where('id', '=', id))
    },
    async remove(id) {
      return (await runner.run(build.deleteFrom('passkey').where('id', '=', id))) > 0
    },
  }
}

function toPasskey(row: Schema['passkey']): Passkey {
  return {
    id: row.id,
    accountId: row.account_id,
    name: row.name,
    publicKey: row.public_key,
    counter: row.counter,
    transports: jsonStrings(row.transports),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  }
}
