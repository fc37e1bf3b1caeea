// Coming in and going out: who am I, sign in, sign out, and links that work once.
import { z } from 'zod'
import { askForSignIn, askToRedeem, passkeyForLink, signInWithPasskey, siteOf } from '../../admit/passkeys.ts'
import { inspectLink, ownerLink, redeemLink } from '../../admit/links.ts'
import { type SignedIn, signInWithPassword, signOut } from '../../admit/sessions.ts'
import { Failure } from '../../lib/failure.ts'
import { permissionsOfActor } from '../../model/actor.ts'
import { type Client, defineRoute, type SessionPort } from '../route.ts'
import { Done, Email, Name, Permission, Role, Time } from './shapes.ts'
import { Authentication, Options, Registration } from './webauthn.ts'

const Secret = z.string().min(1).max(200).describe('the part of the link after #').meta({ secret: true })
const Password = z.string().min(1).max(4096).meta({ secret: true })

const Person = z.object({ id: z.string(), email: z.string(), name: z.string(), role: Role })

const SignedInReply = z.object({
  account: Person,
  csrf: z.string().describe('send it as x-parapet-csrf with every change'),
})

export const showSession = defineRoute({
  id: 'show-session',
  method: 'GET',
  path: '/api/session',
  command: 'session show',
  summary: 'Says who you are and what you may do',
  needs: 'anyone',
  reply: z.discriminatedUnion('signedIn', [
    z.object({
      signedIn: z.literal(false),
      hasOwner: z.boolean().describe('false until the first owner followed the link that the server printed'),
      passkeys: z.boolean().describe('whether browsers can use passkeys at this address'),
    }),
    z.object({
      signedIn: z.literal(true),
      actor: z.object({ kind: z.enum(['account', 'token', 'local', 'system']), id: z.string(), role: Role }),
      account: Person.optional().describe('the person, or who made the token'),
      permissions: z.array(Permission),
      csrf: z.string().optional().describe('send it as x-parapet-csrf with every change; only in a browser session'),
      passkeys: z.boolean(),
      sample: z.boolean().describe('the organisation shown is made up'),
    }),
  ]),
  async handle({ app, actor, client, session }) {
    const passkeys = siteOf(client.origin) !== undefined
    if (actor.kind === 'anonymous') {
      const hasOwner = (await app.store.read.accounts.countEnabled('owner')) > 0
      return { signedIn: false as const, hasOwner, passkeys }
    }
    const account = actor.accountId === undefined ? undefined : await app.store.read.accounts.byId(actor.accountId)
    return {
      signedIn: true as const,
      actor: { kind: actor.kind, id: actor.id, role: actor.role },
      account,
      permissions: [...permissionsOfActor(actor)],
      csrf: session.csrf,
      passkeys,
      sample: app.isSample,
    }
  },
})

export const signIn = defineRoute({
  id: 'sign-in',
  method: 'POST',
  path: '/api/session',
  command: 'session sign-in',
  summary: 'Signs in with e-mail address and password',
  needs: 'anyone',
  body: z.strictObject({ email: Email, password: Password }),
  reply: SignedInReply,
  async handle({ app, body, client, session }) {
    return started(session, await signInWithPassword(app.admit, body, visitor(client, session)))
  },
})

export const signOutRoute = defineRoute({
  id: 'sign-out',
  method: 'DELETE',
  path: '/api/session',
  command: 'session sign-out',
  summary: 'Ends this session',
  needs: 'person',
  reply: Done,
  async handle({ app, actor, session }) {
    if (session.id !== undefined) await signOut(app.admit, actor, session.id)
    session.end()
    return { done: true as const }
  },
})

export const startPasskeySignIn = defineRoute({
  id: 'start-passkey-sign-in',
  method: 'POST',
  path: '/api/session/passkey/options',
  command: 'session passkey-options',
  summary: 'Gives the challenge that a passkey signs to sign in',
  needs: 'anyone',
  reply: z.object({ options: Options }),
  async handle({ app, client }) {
    return { options: await askForSignIn(app.admit, client.origin) }
  },
})

export const passkeySignIn = defineRoute({
  id: 'sign-in-with-passkey',
  method: 'POST',
  path: '/api/session/passkey',
  command: 'session passkey',
  summary: 'Signs in with a passkey',
  needs: 'anyone',
  body: z.strictObject({ response: Authentication }),
  reply: SignedInReply,
  async handle({ app, body, client, session }) {
    const who = visitor(client, session)
    return started(session, await signInWithPasskey(app.admit, body.response, client.origin, who))
  },
})

export const inspectLinkRoute = defineRoute({
  id: 'inspect-link',
  method: 'POST',
  path: '/api/links/inspect',
  command: 'link inspect',
  summary: 'Says what a one-time link is for, without using it',
  needs: 'anyone',
  body: z.strictObject({ secret: Secret }),
  reply: z.object({
    purpose: z.enum(['owner', 'invitation', 'recovery']),
    role: Role,
    email: z.string().optional().describe('absent where the person chooses it'),
    name: z.string().optional(),
    expiresAt: Time,
    passkeys: z.boolean().describe('whether a passkey can be made at this address'),
  }),
  async handle({ app, body, client }) {
    const { link, account } = await inspectLink(app.admit, body.secret)
    return {
      purpose: link.purpose,
      role: account?.role ?? link.role,
      email: account?.email,
      name: account?.name,
      expiresAt: link.expiresAt,
      passkeys: siteOf(client.origin) !== undefined,
    }
  },
})

export const startPasskeyForLink = defineRoute({
  id: 'start-passkey-for-link',
  method: 'POST',
  path: '/api/links/passkey/options',
  command: 'link passkey-options',
  summary: 'Gives the challenge for a passkey made while following a one-time link',
  needs: 'anyone',
  body: z.strictObject({ secret: Secret, email: Email.optional(), name: Name.optional() }),
  reply: z.object({ options: Options }),
  async handle({ app, body, client }) {
    const { secret, email, name } = body
    return { options: await askToRedeem(app.admit, { secret, email, name }, client.origin) }
  },
})

export const redeemLinkRoute = defineRoute({
  id: 'redeem-link',
  method: 'POST',
  path: '/api/links/redeem',
  command: 'link redeem',
  summary: 'Follows a one-time link: sets a password or a passkey and signs in',
  needs: 'anyone',
  body: z.strictObject({
    secret: Secret,
    email: Email.optional().describe('needed for the first owner'),
    name: Name.optional().describe('needed for the first owner'),
    password: Password.optional().describe('12 characters at least; this or a passkey'),
    passkey: z.strictObject({ name: Name, response: Registration }).optional(),
  }),
  reply: SignedInReply,
  async handle({ app, body, client, session }) {
    const { secret, email, name, password, passkey } = body
    if ((password === undefined) === (passkey === undefined)) {
      throw new Failure('input_invalid', 'give either a password or a passkey')
    }
    const credential =
      passkey === undefined
        ? { password: password ?? '' }
        : await passkeyForLink(
            app.admit,
            { ...passkey, linkId: (await inspectLink(app.admit, secret)).link.id },
            client.origin,
          )
    const given = { secret, email, name, credential }
    return started(session, await redeemLink(app.admit, given, visitor(client, session)))
  },
})

export const createOwnerLink = defineRoute({
  id: 'create-owner-link',
  method: 'POST',
  path: '/api/links/owner',
  command: 'link owner',
  summary: 'Makes a way back in for an owner; only on the machine that runs Parapet',
  needs: 'account:write',
  body: z.strictObject({ email: Email.optional().describe('which owner; the oldest unless told otherwise') }),
  reply: z.object({ url: z.string(), expiresAt: Time }),
  async handle({ app, actor, body, client }) {
    const link = await ownerLink(app.admit, actor, body.email)
    return { url: linkUrl(app.config.publicUrl ?? client.origin, link.secret), expiresAt: link.expiresAt }
  },
})

export function linkUrl(origin: string, secret: string): string {
  return `${origin}/welcome#${secret}`
}

function visitor(client: Client, session: SessionPort) {
  return { address: client.address, sessionId: session.id }
}

function started(session: SessionPort, { secret, account }: SignedIn): z.input<typeof SignedInReply> {
  return { account, csrf: session.start(secret) }
}
