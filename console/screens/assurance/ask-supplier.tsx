// Asks a supplier about controls that are its part, in two steps: what to ask, then the link to send, once.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read } from '../../api.ts'
import { plural, toTitle } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { SecretOnce } from '../settings/people-dialogs.tsx'

const DAY_MS = 86_400_000
const DAYS = [14, 30, 60].map((days) => ({ value: String(days), label: plural(days, 'day') }))

export function AskSupplier({ system, onClose }: { system: string; onClose: () => void }) {
  const [supplier, setSupplier] = useState('')
  const [days, setDays] = useState('30')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [url, setUrl] = useState<string>()
  const refresh = useRefresh()
  const query = useQuery(
    read('/api/systems/:id/controls', { params: { id: system }, query: { need: 'needed', limit: 200 } }),
  )
  const theirs = query.data?.items.filter(({ party }) => party === 'supplier' || party === 'shared') ?? []
  const asked = theirs.filter(({ control }) => !left.has(control)).map(({ control }) => control)
  const form = useSubmit(async () => {
    const until = new Date(Date.now() + Number(days) * DAY_MS).toISOString()
    const made = await api.post('/api/assurance', { body: { system, supplier, controls: asked, until } })
    setUrl(made.url)
    await refresh()
  })
  function toggle(control: string) {
    const next = new Set(left)
    if (!next.delete(control)) next.add(control)
    setLeft(next)
  }
  if (url !== undefined) {
    return (
      <Dialog title={`The link for ${supplier}`} onClose={onClose}>
        <div className="grid gap-4 text-sm">
          <p className="text-ink-2">
            Parapet sends no mail. Hand this link over yourself: whoever has it can answer once, without an account. It
            is shown only now.
          </p>
          <SecretOnce text={url} label="The link" />
          <footer className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              Done
            </Button>
          </footer>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog
      drawer
      title="Ask a supplier"
      description="One question for each measure of the controls below. Answers count after somebody here has read them."
      onClose={onClose}
    >
      <Form form={form} action="Make the link" onCancel={onClose} ready={asked.length > 0}>
        <TextField
          label="Supplier"
          required
          maxLength={200}
          value={supplier}
          error={form.errorAt('supplier')}
          onChange={(event) => setSupplier(event.target.value)}
          autoComplete="off"
        />
        <SelectField
          label="The link works for"
          value={days}
          options={DAYS}
          onChange={(event) => setDays(event.target.value)}
        />
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-sm font-medium">Controls that are its part, or shared</legend>
          <Loaded query={query}>
            {() =>
              theirs.length === 0 ? (
                <p className="text-sm text-ink-2">
                  None: say who trains, supplies and hosts the model, and its parts become known.
                </p>
              ) : (
                theirs.map(({ control, name, party }) => (
                  <Check
                    key={control}
                    label={toTitle(name)}
                    hint={party}
                    checked={!left.has(control)}
                    onChange={() => toggle(control)}
                  />
                ))
              )
            }
          </Loaded>
        </fieldset>
      </Form>
    </Dialog>
  )
}
