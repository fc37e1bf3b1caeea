// Makes a gateway key in two steps: what it is good for, then its secret, once, with what to change in the program.
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { SystemField } from '../system/system-field.tsx'
import { SecretOnce } from '../settings/people-dialogs.tsx'
import { AgentField } from './agents.tsx'
import { BaseUrl } from './base-url.tsx'

const DAY_MS = 86_400_000
const LIFETIMES = [
  { value: '', label: 'Until it is revoked' },
  { value: '30', label: 'After 30 days' },
  { value: '90', label: 'After 90 days' },
  { value: '365', label: 'After a year' },
]
const BLANK = {
  name: '',
  asset: '',
  agent: '',
  models: '',
  routes: '',
  days: '',
  requestsPerMinute: '',
  tokensPerMinute: '',
  concurrent: '',
}

export function CreateKey({ onClose }: { onClose: () => void }) {
  const refresh = useRefresh()
  const [draft, setDraft] = useState(BLANK)
  const [secret, setSecret] = useState<string>()
  const form = useSubmit(async () => {
    const made = await api.post('/api/keys', { body: toBody(draft) })
    setSecret(made.secret)
    await refresh()
  })
  const field = (name: keyof typeof BLANK) => ({
    value: draft[name],
    error: form.errorAt(name),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  if (secret !== undefined) return <Made name={draft.name} secret={secret} onClose={onClose} />
  return (
    <Dialog title="Make a gateway key" onClose={onClose}>
      <Form form={form} action="Make the key" onCancel={onClose}>
        <TextField label="Name" required autoComplete="off" placeholder="support assistant" {...field('name')} />
        <SystemField
          label="System"
          none="None"
          hint="Whose calls they are. Only calls of a system prove its controls."
          {...field('asset')}
        />
        <AgentField
          label="Agent"
          none="None"
          hint="The key is its alone: calls are made under its identity, on record and in the costs."
          {...field('agent')}
        />
        <TextField
          label="Models"
          autoComplete="off"
          placeholder="every model"
          hint="Names between commas; a * stands for any characters."
          {...field('models')}
        />
        <TextField label="Routes" autoComplete="off" placeholder="every route" {...field('routes')} />
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField
            label="Requests a minute"
            type="number"
            min={1}
            placeholder="no limit"
            {...field('requestsPerMinute')}
          />
          <TextField
            label="Tokens a minute"
            type="number"
            min={1}
            placeholder="no limit"
            {...field('tokensPerMinute')}
          />
          <TextField label="At once" type="number" min={1} placeholder="no limit" {...field('concurrent')} />
        </div>
        <SelectField label="Ends" options={LIFETIMES} {...field('days')} />
      </Form>
    </Dialog>
  )
}

function Made({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog title={`${name} is made`} onClose={onClose}>
      <div className="grid gap-4 text-sm">
        <p className="text-ink-2">Copy the key now. Only its hash is kept, so it cannot be shown again.</p>
        <SecretOnce text={secret} label="The gateway key" />
        <BaseUrl />
        <footer className="flex justify-end">
          <Button variant="primary" onClick={onClose}>
            I have copied it
          </Button>
        </footer>
      </div>
    </Dialog>
  )
}

function toBody({ name, asset, agent, models, routes, days, ...limits }: typeof BLANK) {
  const [ofModels, ofRoutes] = [patterns(models), patterns(routes)]
  const given = Object.entries(limits).flatMap(([key, value]) => (value === '' ? [] : [[key, Number(value)] as const]))
  return {
    name,
    ...(asset === '' ? {} : { asset }),
    ...(agent === '' ? {} : { agent }),
    ...(ofModels.length === 0 ? {} : { models: ofModels }),
    ...(ofRoutes.length === 0 ? {} : { routes: ofRoutes }),
    ...(days === '' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
    ...(Object.fromEntries(given) as { requestsPerMinute?: number; tokensPerMinute?: number; concurrent?: number }),
  }
}

const patterns = (text: string) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
