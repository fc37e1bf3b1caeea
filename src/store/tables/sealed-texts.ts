// Sealed texts of all kinds, by the key-encryption key that they need: its id stands at the beginning of each.
import type { SealedKind, SealedTextStore } from '../../enforce/sealed-texts.ts'
import { keyPrefix } from '../../enforce/vault.ts'
import type { Runner } from '../runner.ts'

const TABLES: Readonly<Record<SealedKind, string>> = {
  call: 'exchange_content',
  approval: 'approval',
  series: 'input_series',
}

export function sealedTexts(runner: Runner): SealedTextStore {
  return {
    notUnder: (kind, keyId, after, limit) =>
      runner.sql(
        `select id, sealed from ${TABLES[kind]} where id > $1 and sealed is not null and substr(sealed, 1, $2) <> $3
          order by id limit $4`,
        [after, keyPrefix(keyId).length, keyPrefix(keyId), limit],
      ),
    async replace(kind, texts) {
      let replaced = 0
      for (const { id, from, to } of texts) {
        const rows = await runner.sql(
          `update ${TABLES[kind]} set sealed = $1 where id = $2 and sealed = $3 returning id`,
          [to, id, from],
        )
        replaced += rows.length
      }
      return replaced
    },
  }
}
