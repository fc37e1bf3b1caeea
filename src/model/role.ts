// What each role may do. A permission is `<noun>:<read|write|admin>` or `risk:accept`; routes name the one they need,
// default is deny.

export const ROLES = ['owner', 'risk-owner', 'engineer', 'developer', 'auditor', 'agent'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = [
  'account:read',
  'account:write',
  'token:read',
  'token:write',
  'key:read',
  'key:write',
  'budget:read',
  'budget:write',
  'policy:read',
  'policy:write',
  'call:read',
  'call:write',
  'call:content',
  'approval:read',
  'approval:write',
  'log:read',
  'log:write',
  'log:admin',
  'catalog:read',
  'asset:read',
  'asset:write',
  'scan:read',
  'scan:write',
  'evidence:read',
  'evidence:write',
  'risk:read',
  'risk:write',
  'risk:accept',
  'job:read',
  'job:write',
  'system:read',
  'system:write',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const READ = PERMISSIONS.filter((permission) => permission.endsWith(':read'))

const GRANTED: Record<Role, readonly Permission[]> = {
  owner: PERMISSIONS,
  'risk-owner': [
    ...READ.filter((permission) => permission !== 'token:read'),
    'asset:write',
    'evidence:write',
    'risk:write',
    'risk:accept',
    'approval:write',
  ],
  engineer: [
    ...READ,
    'token:write',
    'key:write',
    'budget:write',
    'policy:write',
    'job:write',
    'log:write',
    'call:write',
    'approval:write',
    'asset:write',
    'scan:write',
    'evidence:write',
    'risk:write',
  ],
  developer: [
    'call:read',
    'catalog:read',
    'asset:read',
    'scan:read',
    'evidence:read',
    'risk:read',
    'log:read',
    'job:read',
    'system:read',
  ],
  auditor: READ,
  agent: ['catalog:read'],
}

export function isGranted(role: Role, permission: Permission): boolean {
  return GRANTED[role].includes(permission)
}

export function permissionsOf(role: Role): readonly Permission[] {
  return GRANTED[role]
}
