// Says who must see to a control, against what the way of deployment says; or leaves it to that again.
import { useState } from 'react'
import { api, type Reply } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextArea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { oneOf } from '../inventory/words.ts'

export type Part = Reply<'GET', '/api/systems/:system/responsibilities'>['controls'][number]

const WHOSE: Readonly<Record<Part['party'], string>> = {
  you: 'Ours',
  supplier: 'The supplier’s',
  shared: 'Shared',
}

export function AssignPart({ system, part }: { system: string; part: Part }) {
  const [open, setOpen] = useState(false)
  const [party, setParty] = useState(part.party)
  const [reason, setReason] = useState('')
  const may = useMay()
  const refresh = useRefresh()
  const path = '/api/systems/:system/controls/:control/responsibility'
  const params = { system, control: part.control }
  async function finish(said: string) {
    await refresh()
    toast(said)
    setOpen(false)
  }
  const form = useSubmit(async () => {
    await api.put(path, { params, body: { party, reason } })
    await finish('It is recorded whose part it is.')
  })
  async function leave() {
    await api.delete(path, { params, body: { reason } })
    await finish('It is as the way of deployment says again.')
  }
  if (!may('risk:write')) return null
  if (!open)
    return (
      <p className="mb-4 flex flex-wrap items-center gap-3 text-sm text-ink-2">
        {WHOSE[part.party]}
        {part.assigned ? ', set by hand.' : ' by the way of deployment.'}
        <Button small onClick={() => setOpen(true)}>
          It is somebody else’s part
        </Button>
      </p>
    )
  return (
    <div className="mb-5">
      <Form
        form={form}
        action="Record it"
        onCancel={() => setOpen(false)}
        more={
          part.assigned && (
            <Button busy={form.busy} disabled={reason.trim() === ''} onClick={() => void form.run(leave)}>
              Leave it to the deployment
            </Button>
          )
        }
        ground="sunken"
      >
        <SelectField
          label="Whose part is it?"
          value={party}
          options={Object.entries(WHOSE).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setParty(oneOf(WHOSE, event.target.value) ?? party)}
        />
        <TextArea
          label="Why"
          required
          maxLength={2000}
          value={reason}
          error={form.errorAt('reason')}
          onChange={(event) => setReason(event.target.value)}
        />
      </Form>
    </div>
  )
}
