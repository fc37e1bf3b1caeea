// The contract of the store, in parts. Both engines run all of it.
import { describe } from 'node:test'
import { approvalContract } from './approvals.ts'
import { backupContract } from './backup.ts'
import { callContract } from './calls.ts'
import { budgetContract } from './budgets.ts'
import { inputSeriesContract } from './input-series.ts'
import { changeContract } from './change.ts'
import { decisionContract } from './decisions.ts'
import { evidenceContract } from './evidence.ts'
import { jobContract } from './jobs.ts'
import { logContract } from './log.ts'
import { migrationContract } from './migrations.ts'
import type { Places } from './place.ts'
import { policyContract } from './policies.ts'
import { registerContract } from './register.ts'
import { scanContract } from './scans.ts'
import { tableContract } from './tables.ts'

/** `others`: the other engine where it is at hand, to carry a backup across. */
export function storeContract(places: Places, others: Places): void {
  describe('changes', () => changeContract(places))
  describe('tables', () => tableContract(places))
  describe('decisions', () => decisionContract(places))
  describe('log', () => logContract(places))
  describe('policies', () => policyContract(places))
  describe('register', () => registerContract(places))
  describe('jobs', () => jobContract(places))
  describe('budgets', () => budgetContract(places))
  describe('series of inputs', () => inputSeriesContract(places))
  describe('approvals', () => approvalContract(places))
  describe('evidence', () => evidenceContract(places))
  describe('calls', () => callContract(places))
  describe('scans', () => scanContract(places))
  describe('backup', () => backupContract(places, others))
  describe('migrations', () => migrationContract(places))
}
