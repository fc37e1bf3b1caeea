// Keys of programs that call models.
import type { Migration } from '../migrate.ts'

export const gatewayKeys: Migration = {
  name: '0005-gateway-keys',
  statements: ({ text }) => [
    `create table gateway_key (
      id ${text} primary key, name ${text} not null, secret_hash ${text} not null unique, models ${text} not null,
      routes ${text} not null, created_by ${text} not null, created_at ${text} not null, expires_at ${text},
      revoked_at ${text}, last_used_at ${text})`,
  ],
}
