// Makes a token in two steps: what it may do, then its secret, once.
import { useState } from 'react'
import type { Permission } from '../../../src/model/role.ts'
import { api } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useSession } from '../../session.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { SecretOnce } from './people-dialogs.tsx'

const DAY_MS = 86_400_000
const LIFETIMES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
]

export function CreateToken({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { permissions } = useSession()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState<readonly Permission[]>([])
  const [secret, setSecret] = useState<string>()

  const form = useSubmit(async () => {
    const expiresAt = new Date(Date.now() + Number(days) * DAY_MS - 60_000).toISOString()
    const made = await api.post('/api/tokens', { body: { name, scopes: [...scopes], expiresAt } })
    setSecret(made.secret)
    onDone()
  })
  const toggle = (permission: Permission) =>
    setScopes(scopes.includes(permission) ? scopes.filter((scope) => scope !== permission) : [...scopes, permission])

  if (secret !== undefined) {
    return (
      <Dialog title={`${name} is made`} onClose={onClose}>
        <div className="grid gap-4 text-sm">
          <p className="text-ink-2">Copy the secret now. Only its hash is kept, so it cannot be shown again.</p>
          <SecretOnce text={secret} label="The token’s secret" />
          <footer className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              I have copied it
            </Button>
          </footer>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title="Create a token" onClose={onClose}>
      <Form form={form} action="Create the token" onCancel={onClose} ready={scopes.length > 0}>
        <TextField
          label="Name"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="nightly export"
          autoComplete="off"
          hint="What will use it. It stands in the log beside everything the token does."
        />
        <SelectField
          label="Ends after"
          options={LIFETIMES}
          value={days}
          onChange={(event) => setDays(event.target.value)}
        />
        <fieldset>
          <legend className="mb-2 text-sm font-medium">What it may do</legend>
          <ul className="divide-y divide-line rounded-md border border-line px-3">
            {nouns(permissions).map(([noun, verbs]) => (
              <li key={noun} className="grid grid-cols-[minmax(0,1fr)_repeat(3,4.75rem)] items-center py-1.5">
                <span className="text-sm text-ink-2">{toWords(noun)}</span>
                {verbs.map((permission) => (
                  <Check
                    key={permission}
                    label={permission.split(':')[1]}
                    aria-label={permission}
                    checked={scopes.includes(permission)}
                    onChange={() => toggle(permission)}
                  />
                ))}
              </li>
            ))}
          </ul>
        </fieldset>
      </Form>
    </Dialog>
  )
}

function nouns(permissions: readonly Permission[]): [string, Permission[]][] {
  const groups = new Map<string, Permission[]>()
  for (const permission of permissions) {
    const noun = permission.split(':')[0] ?? ''
    groups.set(noun, [...(groups.get(noun) ?? []), permission])
  }
  return [...groups]
}
