// Sets things aside: for good, or until a day on which they wait again.
import { useState } from 'react'
import { api } from '../../api.ts'
import { inDays } from '../../lib/days.ts'
import { plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'

interface IgnoreThingsProps {
  things: readonly { id: string }[]
  onClose: () => void
  onDone: () => void
}

export function IgnoreThings({ things, onClose, onDone }: IgnoreThingsProps) {
  const refresh = useRefresh()
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState('')
  const form = useSubmit(async () => {
    const { ignored } = await api.post('/api/discoveries/ignore', {
      body: {
        ids: things.map(({ id }) => id),
        reason,
        ...(until === '' ? {} : { until: `${until}T00:00:00.000Z` }),
      },
    })
    await refresh()
    toast(`${plural(ignored, 'thing')} set aside.`)
    onDone()
  })
  return (
    <Dialog title={`Ignore ${plural(things.length, 'thing')}`} onClose={onClose}>
      <Form form={form} action="Ignore" onCancel={onClose}>
        <TextArea
          label="Why?"
          hint="It is written into the log with your name."
          required
          value={reason}
          error={form.errorAt('reason')}
          onChange={(event) => setReason(event.target.value)}
        />
        <TextField
          label="Until"
          hint="Empty: for good. Otherwise it waits for you again on that day."
          type="date"
          min={inDays(1)}
          value={until}
          error={form.errorAt('until')}
          onChange={(event) => setUntil(event.target.value)}
        />
      </Form>
    </Dialog>
  )
}
