// The three who answer for an asset. One that is missing is said, since nobody decides about what nobody owns.
import type { OwnerRole, Owners as OwnersData } from '../../src/model/asset.ts'
import { TextField } from './field.tsx'
import { Badge } from './status.tsx'

const OWNER_WORDS: Readonly<Record<OwnerRole, { name: string; says: string }>> = {
  business: { name: 'Business owner', says: 'Why it exists, and whether it may run.' },
  data: { name: 'Data owner', says: 'Which data may go in and come out.' },
  risk: { name: 'Risk owner', says: 'Accepts what risk is left.' },
}
export const OWNER_ROLES: readonly OwnerRole[] = ['business', 'data', 'risk']

export function missingOwners(owners: OwnersData): OwnerRole[] {
  return OWNER_ROLES.filter((role) => !owners[role])
}

/** On one line, for a row of a table. */
export function OwnersBrief({ owners }: { owners: OwnersData }) {
  const missing = missingOwners(owners)
  if (missing.length === OWNER_ROLES.length) return <Badge tone="warn">nobody</Badge>
  const names = [...new Set(OWNER_ROLES.flatMap((role) => owners[role] ?? []))]
  return (
    <span className="grid min-w-0 gap-0.5">
      <span className="truncate" title={names.join(', ')}>
        {names.join(', ')}
      </span>
      {missing.length > 0 && (
        <span>
          <Badge tone="warn">no {missing.join(' or ')} owner</Badge>
        </span>
      )}
    </span>
  )
}

export function OwnersList({ owners }: { owners: OwnersData }) {
  return (
    <dl className="grid gap-2.5 text-sm">
      {OWNER_ROLES.map((role) => (
        <div key={role}>
          <dt className="text-xs text-ink-3">{OWNER_WORDS[role].name}</dt>
          <dd className="min-w-0 break-words">{owners[role] ?? <Badge tone="warn">nobody yet</Badge>}</dd>
        </div>
      ))}
    </dl>
  )
}

interface OwnersFieldsProps {
  owners: OwnersData
  onChange: (owners: OwnersData) => void
  errorAt?: (path: string) => string | undefined
  /** Addresses of people here, offered while one types. */
  suggestions?: string
}

export function OwnersFields({ owners, onChange, errorAt, suggestions }: OwnersFieldsProps) {
  return (
    <fieldset className="grid gap-3 md:grid-cols-3">
      <legend className="sr-only">Owners</legend>
      {OWNER_ROLES.map((role) => (
        <TextField
          key={role}
          label={OWNER_WORDS[role].name}
          hint={OWNER_WORDS[role].says}
          error={errorAt?.(`owners.${role}`)}
          value={owners[role] ?? ''}
          list={suggestions}
          autoComplete="off"
          onChange={(event) => onChange(withOwner(owners, role, event.target.value))}
        />
      ))}
    </fieldset>
  )
}

function withOwner(owners: OwnersData, role: OwnerRole, who: string): OwnersData {
  const { [role]: _, ...others } = owners
  return who === '' ? others : { ...others, [role]: who }
}
