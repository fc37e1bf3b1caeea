// Accounts. An e-mail address is one account's, however it is capitalised.
import type { AccountStore } from '../../admit/admit-store.ts'
import { Failure } from '../../lib/failure.ts'
import type { Account } from '../../model/account.ts'
import { ROLES } from '../../model/role.ts'
import type { Runner } from '../runner.ts'
import type { Schema } from '../schema.ts'
import { oneOf } from './json.ts'
import { cursorText, rowsToRead, toPage } from './page.ts'

export function accounts(runner: Runner): AccountStore {
  const { build } = runner
  const select = () => {
    const query = build.selectFrom('account').selectAll()
    return runner.locks ? query.forUpdate() : query
  }
  const one = async (query: ReturnType<typeof select>) => {
    const row = await runner.first(query)
    return row && toAccount(row)
  }
  return {
    async insert(account) {
      const query = build
        .insertInto('account')
        .values(fromAccount(account))
        .onConflict((on) => on.doNothing())
      if ((await runner.run(query)) === 0) throw taken()
    },
    async update(id, change) {
      const row = {
        ...('email' in change && change.email !== undefined ? emails(change.email) : {}),
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.role === undefined ? {} : { role: change.role }),
        ...('passwordHash' in change ? { password_hash: change.passwordHash ?? null } : {}),
        ...(change.disabled === undefined ? {} : { disabled: Number(change.disabled) }),
      }
      if (row.email_key !== undefined) {
        const query = build.selectFrom('account').select('id').where('email_key', '=', row.email_key)
        if ((await runner.all(query)).some((other) => other.id !== id)) throw taken()
      }
      if (Object.keys(row).length > 0) await runner.run(build.updateTable('account').set(row).where('id', '=', id))
    },
    byId: (id) => one(select().where('id', '=', id)),
    byEmail: (email) => one(select().where('email_key', '=', emailKey(email))),
    async list(query) {
      const read = rowsToRead(query)
      const after = cursorText(query) ?? ''
      const rows = await runner.all(
        build.selectFrom('account').selectAll().where('id', '>', after).orderBy('id').limit(read),
      )
      return toPage(rows, read, (row) => row.id, toAccount)
    },
    async countEnabled(role) {
      // Locked where others write at the same time: two owners who demote each other must not both see two owners.
      const query = build
        .selectFrom('account')
        .select('id')
        .where('role', '=', role)
        .where('disabled', '=', 0)
        .orderBy('id')
      return (await runner.all(runner.locks ? query.forUpdate() : query)).length
    },
  }
}

const emailKey = (email: string): string => email.normalize('NFKC').toLowerCase()
const emails = (email: string) => ({ email, email_key: emailKey(email) })

function fromAccount(account: Account): Schema['account'] {
  return {
    id: account.id,
    ...emails(account.email),
    name: account.name,
    role: account.role,
    password_hash: account.passwordHash ?? null,
    disabled: Number(account.disabled),
    created_at: account.createdAt,
  }
}

function toAccount(row: Schema['account']): Account {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: oneOf(ROLES, row.role),
    passwordHash: row.password_hash ?? undefined,
    disabled: row.disabled === 1,
    createdAt: row.created_at,
  }
}

const taken = () =>
  new Failure('conflict', 'an account with this e-mail address exists', {
    hint: 'use another address, or that account',
  })
