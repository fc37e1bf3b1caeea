// Every route of the API.
import { changeAccountRoute, inviteAccount, listAccounts, recoverAccount, showAccount } from './accounts.ts'
import { createBackup } from './backup.ts'
import { catalogRoutes } from './catalog.ts'
import { jobRoutes } from './jobs.ts'
import { keyRoutes } from './keys.ts'
import { logRoutes } from './log.ts'
import { addPasskeyRoute, changePasswordRoute, listPasskeys, removePasskeyRoute, startPasskey } from './me.ts'
import {
  createOwnerLink,
  inspectLinkRoute,
  passkeySignIn,
  redeemLinkRoute,
  showSession,
  signIn,
  signOutRoute,
  startPasskeyForLink,
  startPasskeySignIn,
} from './session.ts'
import { showSystem } from './system.ts'
import { createTokenRoute, listTokens, revokeTokenRoute } from './tokens.ts'

export const routes = [
  showSession,
  signIn,
  signOutRoute,
  startPasskeySignIn,
  passkeySignIn,
  inspectLinkRoute,
  startPasskeyForLink,
  redeemLinkRoute,
  createOwnerLink,
  listPasskeys,
  startPasskey,
  addPasskeyRoute,
  removePasskeyRoute,
  changePasswordRoute,
  listAccounts,
  showAccount,
  inviteAccount,
  changeAccountRoute,
  recoverAccount,
  listTokens,
  createTokenRoute,
  revokeTokenRoute,
  ...keyRoutes,
  showSystem,
  createBackup,
  ...catalogRoutes,
  ...logRoutes,
  ...jobRoutes,
] as const

export type Routes = (typeof routes)[number]
