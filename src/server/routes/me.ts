// What a person does with his own account: password and passkeys. Only in a session: a token must not be able to leave
// another way in behind.
import { z } from 'zod'
import { changePassword } from '../../admit/accounts.ts'
import { addPasskey, askToRegister, removePasskey } from '../../admit/passkeys.ts'
import type { Passkey as PasskeyRow } from '../../model/account.ts'
import { defineRoute } from '../route.ts'
import { Done, Name, Time } from './shapes.ts'
import { Options, Registration } from './webauthn.ts'

const Passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: Time,
  lastUsedAt: Time.optional(),
})

export const listPasskeys = defineRoute({
  id: 'list-passkeys',
  method: 'GET',
  path: '/api/me/passkeys',
  command: 'passkey list',
  summary: 'Lists your passkeys',
  needs: 'person',
  reply: z.object({ items: z.array(Passkey), hasPassword: z.boolean() }),
  async handle({ app, actor }) {
    const id = actor.accountId ?? ''
    const items = await app.store.read.passkeys.ofAccount(id)
    const account = await app.store.read.accounts.byId(id)
    return { items: items.map(shown), hasPassword: account?.passwordHash !== undefined }
  },
})

export const startPasskey = defineRoute({
  id: 'start-passkey',
  method: 'POST',
  path: '/api/me/passkeys/options',
  command: 'passkey options',
  summary: 'Gives the challenge for a new passkey',
  needs: 'person',
  reply: z.object({ options: Options }),
  async handle({ app, actor, client }) {
    return { options: await askToRegister(app.admit, actor, client.origin) }
  },
})

export const addPasskeyRoute = defineRoute({
  id: 'add-passkey',
  method: 'POST',
  path: '/api/me/passkeys',
  command: 'passkey add',
  summary: 'Adds a passkey to your account',
  needs: 'person',
  body: z.strictObject({ name: Name, response: Registration }),
  reply: Passkey,
  async handle({ app, actor, body, client }) {
    return shown(await addPasskey(app.admit, actor, body, client.origin))
  },
})

export const removePasskeyRoute = defineRoute({
  id: 'remove-passkey',
  method: 'DELETE',
  path: '/api/me/passkeys/:id',
  command: 'passkey remove',
  summary: 'Removes one of your passkeys',
  needs: 'person',
  params: z.strictObject({ id: z.string().min(1).max(1400) }),
  reply: Done,
  async handle({ app, actor, params }) {
    await removePasskey(app.admit, actor, params.id)
    return { done: true as const }
  },
})

/** The CLI asks for it with a prompt: a flag would leave it in the shell's history. */
const HIDDEN = { secret: true }

export const changePasswordRoute = defineRoute({
  id: 'change-password',
  method: 'POST',
  path: '/api/me/password',
  command: 'password change',
  summary: 'Changes your password and ends your other sessions',
  needs: 'person',
  body: z.strictObject({
    current: z.string().max(4096).optional().describe('needed when the account has a password').meta(HIDDEN),
    next: z.string().min(1).max(4096).describe('12 characters at least').meta(HIDDEN),
  }),
  reply: Done,
  async handle({ app, actor, body, session }) {
    await changePassword(app.admit, actor, { current: body.current, next: body.next }, session.id)
    return { done: true as const }
  },
})

function shown({ id, name, createdAt, lastUsedAt }: PasskeyRow) {
  return { id, name, createdAt, lastUsedAt }
}
