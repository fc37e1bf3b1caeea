// Inviting, changing a role, and the link that is shown once.
import { useState } from 'react'
import { type Role, ROLE_SAYS, ROLES } from './roles.ts'
import { api, type Reply } from '../../api.ts'
import { formatAbsolute, toWords } from '../../lib/format.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Copy } from '../../ui/copy.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'

export type Person = Reply<'GET', '/api/accounts'>['items'][number]

export interface NewLink {
  url: string
  expiresAt: string
  name: string
  purpose: 'invitation' | 'recovery'
}

const OPTIONS = ROLES.map((role) => ({ value: role, label: toWords(role) }))
const isRole = (value: string): value is Role => ROLES.some((role) => role === value)

export function Invite({ onClose, onDone }: { onClose: () => void; onDone: (link: NewLink) => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('developer')
  const form = useSubmit(async () => {
    const { link } = await api.post('/api/accounts', { body: { name, email, role } })
    onDone({ ...link, name, purpose: 'invitation' })
  })
  return (
    <Dialog title="Invite someone" onClose={onClose}>
      <Form form={form} action="Make the invitation" onCancel={onClose}>
        <TextField
          label="Name"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="off"
        />
        <TextField
          label="E-mail address"
          type="email"
          required
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          autoComplete="off"
        />
        <SelectField
          label="Role"
          options={OPTIONS}
          value={role}
          onChange={(event) => isRole(event.target.value) && setRole(event.target.value)}
          hint={ROLE_SAYS[role]}
        />
      </Form>
    </Dialog>
  )
}

export function LinkMade({ link, onClose }: { link: NewLink; onClose: () => void }) {
  return (
    <Dialog
      title={link.purpose === 'invitation' ? `Invitation for ${link.name}` : `Recovery link for ${link.name}`}
      onClose={onClose}
    >
      <div className="grid gap-4 text-sm">
        <p className="text-ink-2">
          Parapet sends no mail. Hand this link over yourself; it works once, until {formatAbsolute(link.expiresAt)},
          and is shown only now.
        </p>
        <SecretOnce text={link.url} label="The link" />
        <footer className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </footer>
      </div>
    </Dialog>
  )
}

/** Something that is shown this one time. */
export function SecretOnce({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken p-2 pl-3">
      <input
        readOnly
        aria-label={label}
        value={text}
        onFocus={(event) => event.target.select()}
        className="min-w-0 grow bg-transparent font-mono text-xs outline-none"
      />
      <Copy text={text} />
    </div>
  )
}

export function ChangeRole({ person, onClose, onDone }: { person: Person; onClose: () => void; onDone: () => void }) {
  const [role, setRole] = useState<Role>(person.role)
  const form = useSubmit(async () => {
    await api.patch('/api/accounts/:id', { params: { id: person.id }, body: { role } })
    toast(`${person.name} is now ${toWords(role).toLowerCase()}.`)
    onDone()
    onClose()
  })
  return (
    <Dialog title={`Role of ${person.name}`} onClose={onClose}>
      <Form form={form} action="Change the role" onCancel={onClose} ready={role !== person.role}>
        <SelectField
          label="Role"
          options={OPTIONS}
          value={role}
          onChange={(event) => isRole(event.target.value) && setRole(event.target.value)}
          hint={ROLE_SAYS[role]}
        />
      </Form>
    </Dialog>
  )
}
