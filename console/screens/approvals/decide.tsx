// The decision about a call that waits. Both buttons are equally near: nobody is led to approve.
import { useState } from 'react'
import { api } from '../../api.ts'
import { sentence } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Problem } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useNames } from '../log/names.tsx'
import type { Approval } from './words.ts'

export function Decide({ approval }: { approval: Approval }) {
  const { id, missing, given, expiresAt, cannot } = approval
  const [reason, setReason] = useState('')
  const may = useMay()
  const nameOf = useNames()
  const refresh = useRefresh()
  const form = useSubmit(() => decide('approve'))
  const params = { id }
  async function decide(what: 'approve' | 'refuse') {
    const said = reason.trim()
    if (what === 'approve')
      await api.post('/api/approvals/:id/approve', { params, body: said === '' ? {} : { reason: said } })
    else await api.post('/api/approvals/:id/refuse', { params, body: { reason: said } })
    await refresh()
    toast(what === 'approve' ? 'Your approval is on record.' : 'It is refused, and its client is told.')
  }
  return (
    <form onSubmit={form.submit} className="grid gap-3">
      <p className="text-sm text-ink-2">
        Needs {missing.join(' and ')}. Refused unless approved <Time at={expiresAt} />.
      </p>
      {given.map(({ by, role }) => (
        <p key={by} className="text-sm text-ink-2">
          {nameOf('account', by) ?? by} has approved as {role}.
        </p>
      ))}
      {may('approval:write') && (
        <>
          <Problem error={form.error} />
          <TextArea
            label="Reason"
            hint="Needed to refuse. The client is not told."
            maxLength={2000}
            value={reason}
            error={form.errorAt('reason')}
            onChange={(event) => setReason(event.target.value)}
          />
          {cannot !== undefined && <p className="text-sm text-ink-2">{sentence(cannot)}</p>}
          <footer className="flex flex-wrap gap-2">
            <Button
              busy={form.busy}
              disabled={reason.trim() === ''}
              onClick={() => void form.run(() => decide('refuse'))}
            >
              Refuse
            </Button>
            <Button type="submit" variant="primary" busy={form.busy} disabled={cannot !== undefined}>
              Approve
            </Button>
          </footer>
        </>
      )}
    </form>
  )
}
