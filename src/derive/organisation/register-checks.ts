// What the register shows of a practice by itself. Each check counts what satisfies it, names what does not, and never
// passes on an empty register: nothing on record is nothing shown.
import { type Asset, type AssetKind, OWNER_ROLES, type OwnerRole } from '../../model/asset.ts'
import type { StatusReport } from '../../model/status.ts'
import { type Share, shareOf } from './share.ts'

export type RegisterCheck = (assets: readonly Asset[]) => StatusReport

interface ShareCheck extends Share {
  among: (asset: Asset) => boolean
  holds: (asset: Asset, all: readonly Asset[]) => boolean
}

const isKind =
  (...kinds: AssetKind[]) =>
  ({ kind }: Asset) =>
    kinds.includes(kind)

const DATA: readonly AssetKind[] = ['dataset', 'knowledge-base', 'vector-store', 'memory', 'log-store']
const ORIGIN = new Set(['servedBy', 'fineTunedFrom', 'derivedFrom', 'trainedOn'])

const owner = (role: OwnerRole): ShareCheck => ({
  what: 'asset',
  among: () => true,
  holds: ({ owners }) => owners[role] !== undefined,
  lacks: `without ${role} owner`,
})

const SHARES: Readonly<Record<string, ShareCheck>> = {
  'ai-inventory.kinds': {
    what: 'asset',
    among: () => true,
    holds: ({ source, sanctioned }) => source === 'declared' || sanctioned,
    lacks: 'seen, but neither declared nor sanctioned',
  },
  'ai-inventory.business-owner': owner('business'),
  'ai-inventory.data-owner': owner('data'),
  'ai-inventory.risk-owner': owner('risk'),
  'ai-inventory.duplicate-spend': {
    what: 'provider',
    among: isKind('provider'),
    holds: (one, all) => !all.some((other) => other.id !== one.id && other.kind === 'provider' && sameName(one, other)),
    lacks: 'registered twice under one name',
  },
  'risk-assessments.data-classification': {
    what: 'store of data',
    among: isKind(...DATA),
    holds: ({ dataClass }) => dataClass !== undefined,
    lacks: 'without a class of data',
  },
  'risk-assessments.model-provenance': {
    what: 'model',
    among: isKind('model'),
    holds: ({ version, links }) => version !== undefined && links.some(({ kind }) => ORIGIN.has(kind)),
    lacks: 'without version, or without a link to where it comes from',
  },
  'ai-spm.risk-score': {
    what: 'system',
    among: isKind('system'),
    holds: ({ exposure, dataClass }) => exposure !== undefined && dataClass !== undefined,
    lacks: 'without exposure or class of data, from which the score follows',
  },
  'data-lifecycle-protection.provenance': {
    what: 'data set',
    among: isKind('dataset', 'knowledge-base'),
    holds: ({ owners, version }) => owners.data !== undefined && version !== undefined,
    lacks: 'without data owner or version',
  },
  'secure-agents.visibility': {
    what: 'agent',
    among: isKind('agent'),
    holds: ({ owners, environment }) => environment !== undefined && OWNER_ROLES.every((role) => owners[role]),
    lacks: 'without all owners or without environment',
  },
  'secure-agents.own-identity': {
    what: 'agent',
    among: isKind('agent'),
    holds: (one, all) => {
      const [own] = identitiesOf(one)
      return own !== undefined && !all.some((other) => other.id !== one.id && other.kind === 'agent' && identitiesOf(other).includes(own)) // prettier-ignore
    },
    lacks: 'without an identity of its own',
  },
  'shadow-ai-control.approved-tools': {
    what: 'application, tool or provider',
    among: isKind('application', 'tool', 'mcp-server', 'provider'),
    holds: ({ sanctioned }) => sanctioned,
    lacks: 'not sanctioned',
  },
}

/** By `<practice>.<requirement>`. */
export const REGISTER_CHECKS: Readonly<Record<string, RegisterCheck>> = Object.fromEntries(
  Object.entries(SHARES).map(([id, share]) => [id, (assets) => check(share, assets)]),
)

function check(share: ShareCheck, assets: readonly Asset[]): StatusReport {
  const counted = assets.filter(share.among)
  const failing = counted.filter((asset) => !share.holds(asset, assets))
  return shareOf(
    share,
    counted.map(({ id }) => id),
    failing.map(({ id }) => id),
  )
}

const sameName = (a: Asset, b: Asset) => a.name.toLowerCase() === b.name.toLowerCase()

const identitiesOf = ({ links }: Asset) => links.filter(({ kind }) => kind === 'authenticatesAs').map(({ to }) => to)
