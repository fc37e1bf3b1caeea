// Every noun's table, on whatever runs its statements.
import type { Runner } from '../runner.ts'
import type { Tables } from '../store.ts'
import { accounts } from './accounts.ts'
import { approvals } from './approvals.ts'
import { assuranceLinks } from './assurance-links.ts'
import { attachments, type Blobs } from './attachments.ts'
import { calls } from './calls.ts'
import { contents } from './contents.ts'
import { gatewayKeys } from './gateway-keys.ts'
import { budgets } from './budgets.ts'
import { decisions } from './decisions.ts'
import { evidence } from './evidence.ts'
import { inputSeries } from './input-series.ts'
import { jobs } from './jobs.ts'
import { leases } from './leases.ts'
import { links } from './links.ts'
import { policyDraft, policyVersions, upstreamKeys } from './policies.ts'
import { passkeys } from './passkeys.ts'
import { register } from './register.ts'
import { discoveries } from './discoveries.ts'
import { scanFindings } from './scan-findings.ts'
import { scans, scanSources } from './scans.ts'
import { sealedTexts } from './sealed-texts.ts'
import { sessions } from './sessions.ts'
import { sightings } from './sightings.ts'
import { tokens } from './tokens.ts'
import { usage } from './usage.ts'

export const tables = (runner: Runner, blobs: Blobs | undefined, removed: Set<string>): Tables => ({
  accounts: accounts(runner),
  passkeys: passkeys(runner),
  sessions: sessions(runner),
  tokens: tokens(runner),
  gatewayKeys: gatewayKeys(runner),
  budgets: budgets(runner),
  leases: leases(runner),
  inputSeries: inputSeries(runner),
  approvals: approvals(runner),
  policyVersions: policyVersions(runner),
  policyDraft: policyDraft(runner),
  upstreamKeys: upstreamKeys(runner),
  links: links(runner),
  jobs: jobs(runner),
  decisions: decisions(runner),
  assuranceLinks: assuranceLinks(runner),
  evidence: evidence(runner),
  calls: calls(runner),
  usage: usage(runner),
  sightings: sightings(runner),
  contents: contents(runner),
  scanSources: scanSources(runner),
  scans: scans(runner),
  discoveries: discoveries(runner),
  scanFindings: scanFindings(runner),
  register: register(runner),
  sealedTexts: sealedTexts(runner),
  attachments: attachments(runner, blobs, removed),
})
