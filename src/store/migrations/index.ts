// Every change of the tables, in order. Forward only: a released migration is never edited, the next one mends it.
import type { Migration } from '../migrate.ts'
import { foundation } from './0001-foundation.ts'
import { register } from './0002-register.ts'
import { evidence } from './0003-evidence.ts'
import { decisions } from './0004-decisions.ts'
import { gatewayKeys } from './0005-gateway-keys.ts'
import { budgets } from './0006-budgets.ts'
import { gatewayPolicy } from './0007-gateway-policy.ts'
import { exchanges } from './0008-exchanges.ts'
import { inputSeries } from './0009-input-series.ts'
import { scans } from './0010-scans.ts'
import { approvals } from './0011-approvals.ts'
import { agents } from './0012-agents.ts'

export const migrations: readonly Migration[] = [
  foundation,
  register,
  evidence,
  decisions,
  gatewayKeys,
  budgets,
  gatewayPolicy,
  exchanges,
  inputSeries,
  scans,
  approvals,
  agents,
]
