// People: invite, change role, disable, give a way back in.
import { z } from 'zod'
import { accountOr404, changeAccount, invite, recover, stateOf } from '../../admit/accounts.ts'
import type { App } from '../../app/app.ts'
import type { Account as AccountRow } from '../../model/account.ts'
import { defineRoute } from '../route.ts'
import { linkUrl } from './session.ts'
import { Email, Name, pageOf, paging, Role, Time } from './shapes.ts'

const Account = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  state: z.enum(['active', 'invited', 'disabled']).describe('invited: has not set a password or passkey yet'),
  createdAt: Time,
})
const Link = z.object({ url: z.string().describe('works once; shown only now'), expiresAt: Time })
const ById = z.strictObject({ id: z.string().min(1).max(100) })

export const listAccounts = defineRoute({
  id: 'list-accounts',
  method: 'GET',
  path: '/api/accounts',
  command: 'account list',
  summary: 'Lists the accounts',
  needs: 'account:read',
  query: z.strictObject(paging),
  reply: pageOf(Account),
  async handle({ app, query }) {
    const page = await app.store.read.accounts.list(query)
    return { items: await Promise.all(page.items.map((account) => shown(app, account))), next: page.next }
  },
})

export const showAccount = defineRoute({
  id: 'show-account',
  method: 'GET',
  path: '/api/accounts/:id',
  command: 'account show',
  summary: 'Shows an account',
  needs: 'account:read',
  params: ById,
  reply: Account,
  async handle({ app, params }) {
    return shown(app, await accountOr404(app.store.read, params.id))
  },
})

export const inviteAccount = defineRoute({
  id: 'invite-account',
  method: 'POST',
  path: '/api/accounts',
  command: 'account invite',
  summary: 'Invites somebody and gives the link to send',
  needs: 'account:write',
  body: z.strictObject({ email: Email, name: Name, role: Role.default('developer') }),
  reply: z.object({ account: Account, link: Link }),
  async handle({ app, actor, body, client }) {
    const { account, link } = await invite(app.admit, actor, body)
    return { account: await shown(app, account), link: toLink(app, client.origin, link) }
  },
})

export const changeAccountRoute = defineRoute({
  id: 'change-account',
  method: 'PATCH',
  path: '/api/accounts/:id',
  command: 'account change',
  summary: 'Changes the role or name of an account, disables or enables it',
  needs: 'account:write',
  params: ById,
  body: z.strictObject({
    role: Role.optional(),
    disabled: z.boolean().optional().describe('true ends all sessions and tokens of the person'),
    name: Name.optional(),
  }),
  reply: Account,
  async handle({ app, actor, params, body }) {
    return shown(app, await changeAccount(app.admit, actor, params.id, body))
  },
})

export const recoverAccount = defineRoute({
  id: 'recover-account',
  method: 'POST',
  path: '/api/accounts/:id/recovery-link',
  command: 'account recover',
  summary: 'Gives a link by which somebody who lost password and passkeys comes in again',
  needs: 'account:write',
  params: ById,
  reply: Link,
  async handle({ app, actor, params, client }) {
    return toLink(app, client.origin, await recover(app.admit, actor, params.id))
  },
})

async function shown(app: App, account: AccountRow): Promise<z.input<typeof Account>> {
  const { id, email, name, role, createdAt } = account
  return { id, email, name, role, createdAt, state: await stateOf(app.store.read, account) }
}

function toLink(app: App, origin: string, link: { secret: string; expiresAt: string }): z.input<typeof Link> {
  return { url: linkUrl(app.config.publicUrl ?? origin, link.secret), expiresAt: link.expiresAt }
}
