// Every route of the API.
import { changeAccountRoute, inviteAccount, listAccounts, recoverAccount, showAccount } from './accounts.ts'
import { acceptanceRoutes } from './acceptances.ts'
import { approvalRoutes } from './approvals.ts'
import { assetViewRoutes } from './asset-views.ts'
import { assetRoutes } from './assets.ts'
import { assuranceRoutes } from './assurance.ts'
import { attackPathRoutes } from './attack-paths.ts'
import { attestationRoutes } from './attestations.ts'
import { createBackup } from './backup.ts'
import { budgetRoutes } from './budgets.ts'
import { catalogRoutes } from './catalog.ts'
import { declarationRoutes } from './declarations.ts'
import { factRoutes } from './facts.ts'
import { evidenceRoutes } from './evidence.ts'
import { exchangeRoutes } from './exchanges.ts'
import { showGraphMap } from './graph-map.ts'
import { homeRoutes } from './home.ts'
import { jobRoutes } from './jobs.ts'
import { keyRoutes } from './keys.ts'
import { matrixRoutes } from './matrix.ts'
import { dryRunRoute } from './policy-dry-run.ts'
import { playgroundRoutes } from './playground.ts'
import { policyRoutes } from './policy.ts'
import { upstreamRoutes } from './upstreams.ts'
import { organisationRoutes } from './organisation.ts'
import { systemAnalysisRoutes } from './system-analysis.ts'
import { systemControlRoutes } from './system-controls.ts'
import { threatSystemsRoutes } from './threat-systems.ts'
import { systemThreatRoutes } from './system-threats.ts'
import { systemRoutes } from './systems.ts'
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
import { reportRoutes } from './reports.ts'
import { responsibilityRoutes } from './responsibility-matrix.ts'
import { reviewRoutes } from './reviews.ts'
import { factorRoutes } from './factors.ts'
import { showRiskMethod } from './risk-method.ts'
import { riskRoutes } from './risks.ts'
import { rulingRoutes } from './rulings.ts'
import { discoveryRoutes } from './discoveries.ts'
import { scanFindingRoutes } from './scan-findings.ts'
import { scanBomRoutes } from './scan-boms.ts'
import { scanResultRoutes } from './scan-results.ts'
import { scanSourceRoutes } from './scan-sources.ts'
import { scanRoutes } from './scans.ts'
import { showSystem } from './system.ts'
import { usageRoutes } from './usage.ts'
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
  ...budgetRoutes,
  ...approvalRoutes,
  ...policyRoutes,
  dryRunRoute,
  ...upstreamRoutes,
  ...playgroundRoutes,
  showSystem,
  createBackup,
  ...assetRoutes,
  ...evidenceRoutes,
  ...systemRoutes,
  ...systemThreatRoutes,
  ...systemControlRoutes,
  ...systemAnalysisRoutes,
  ...matrixRoutes,
  ...threatSystemsRoutes,
  ...attackPathRoutes,
  showGraphMap,
  ...scanSourceRoutes,
  ...scanRoutes,
  ...scanResultRoutes,
  ...scanBomRoutes,
  ...discoveryRoutes,
  ...scanFindingRoutes,
  ...organisationRoutes,
  ...assetViewRoutes,
  ...factRoutes,
  ...riskRoutes,
  ...factorRoutes,
  ...declarationRoutes,
  ...homeRoutes,
  showRiskMethod,
  ...acceptanceRoutes,
  ...rulingRoutes,
  ...responsibilityRoutes,
  ...assuranceRoutes,
  ...reviewRoutes,
  ...attestationRoutes,
  ...reportRoutes,
  ...catalogRoutes,
  ...exchangeRoutes,
  ...usageRoutes,
  ...logRoutes,
  ...jobRoutes,
] as const

export type Routes = (typeof routes)[number]
