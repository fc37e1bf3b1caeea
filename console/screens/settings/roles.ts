// The roles in words. The type ties this list to the server's: a role that is added there must be explained here.
import type { Role } from '../../../src/model/role.ts'

export type { Role }

export const ROLE_SAYS: Readonly<Record<Role, string>> = {
  owner: 'May do everything, including people and keys.',
  'risk-owner': 'Reads everything but tokens; decides about risks.',
  engineer: 'Runs the system: tokens, jobs, seals the log.',
  developer: 'Reads the catalogue, the log and the state of the system.',
  auditor: 'Reads everything and gets proofs; changes nothing.',
  agent: 'For software: reads the catalogue.',
}

const isRole = (value: string): value is Role => value in ROLE_SAYS
export const ROLES: readonly Role[] = Object.keys(ROLE_SAYS).filter(isRole)
