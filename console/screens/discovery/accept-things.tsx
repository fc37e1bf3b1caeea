// Takes what was found into the register. What it would make is shown before it is made; owners are proposed and can be
// said otherwise. What nobody said stays unknown, since what is unknown never hides a threat.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Owners } from '../../../src/model/asset.ts'
import { api, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { kindName } from '../../ui/asset-kind.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { OwnersBrief, OwnersFields } from '../../ui/owners.tsx'
import { Badge } from '../../ui/status.tsx'
import { toast } from '../../ui/toast.tsx'
import { SystemField } from '../system/system-field.tsx'
import { ownersFrom } from '../inventory/draft.ts'

interface AcceptThingsProps {
  things: readonly { id: string; name: string; system?: string | undefined }[]
  onClose: () => void
  onDone: () => void
}

export function AcceptThings({ things, onClose, onDone }: AcceptThingsProps) {
  const refresh = useRefresh()
  const [system, setSystem] = useState('')
  const [owners, setOwners] = useState<Owners>({})
  const [sanctioned, setSanctioned] = useState(false)
  const body = {
    ids: things.map(({ id }) => id),
    sanctioned,
    ...(system === '' ? {} : { system }),
    ...(Object.keys(owners).length === 0 ? {} : { owners: ownersFrom(owners) }),
  }
  const form = useSubmit(async () => {
    const { items } = await api.post('/api/discoveries/accept', { body })
    await refresh()
    toast(`${plural(items.length, 'asset')} in the register.`)
    onDone()
  })
  const plan = useQuery({
    queryKey: ['discoveries', 'plan', body],
    queryFn: () => api.post('/api/discoveries/plan', { body }),
    retry: false,
    // What is being done is not planned anew.
    enabled: !form.busy,
  })
  return (
    <Dialog drawer title={`Take ${plural(things.length, 'thing')} into the register`} onClose={onClose}>
      <Form
        form={form}
        action="Accept"
        onCancel={onClose}
        ready={plan.data !== undefined && plan.data.items.length > 0}
      >
        <SystemField
          label="Which system is it a part of?"
          none="The system of its source, if it has one"
          value={system}
          onChange={(event) => setSystem(event.target.value)}
          error={form.errorAt('system')}
        />
        <div>
          <p className="mb-2 text-sm text-ink-2">Owners that are left empty are taken from what is proposed.</p>
          <OwnersFields owners={owners} onChange={setOwners} errorAt={form.errorAt} />
        </div>
        <Check
          label="It is meant to be here"
          hint="Otherwise it is in the register as not confirmed, and waits for that."
          checked={sanctioned}
          onChange={(event) => setSanctioned(event.target.checked)}
        />
        <Loaded query={plan}>{({ items }) => <Planned items={items} />}</Loaded>
      </Form>
    </Dialog>
  )
}

type Accepted = Reply<'POST', '/api/discoveries/plan'>['items'][number]

function Planned({ items }: { items: readonly Accepted[] }) {
  if (items.length === 0)
    return <p className="text-sm text-ink-2">Nothing of this becomes an asset: it is listed in the BOM only.</p>
  return (
    <section aria-label="What accepting makes">
      <h3 className="mb-1.5 text-sm font-medium">What this makes</h3>
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {items.map(({ id, asset, kind, name, made, owners, links }) => (
          <li key={id} className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(0,1fr)_14rem]">
            <span className="min-w-0">
              <b className="font-medium wrap-anywhere">{name}</b>{' '}
              {made ? <Badge tone="good">new</Badge> : <Badge>is there already</Badge>}
              <span className="block text-xs text-ink-3">
                {kindName(kind)} <code className="font-mono break-all">{asset}</code>
                {links.length > 0 && `, ${plural(links.length, 'link')}`}
              </span>
            </span>
            <OwnersBrief owners={ownersFrom(owners)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
