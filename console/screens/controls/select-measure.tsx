// Chooses a measure for a system, or leaves it out until a day, with the reason.
import { useState } from 'react'
import { api } from '../../api.ts'
import { inDays } from '../../lib/days.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'

interface SelectMeasureProps {
  system: string
  measure: string
  isRuled: boolean
  onDone: () => void
}

const CHOICES = [
  { value: 'chosen', label: 'It is chosen' },
  { value: 'not-needed', label: 'It is left out' },
]
const LOOK_AGAIN_DAYS = 90

export function SelectMeasure({ system, measure, isRuled, onDone }: SelectMeasureProps) {
  const [choice, setChoice] = useState<'chosen' | 'not-needed'>('chosen')
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(() => inDays(LOOK_AGAIN_DAYS))
  const refresh = useRefresh()
  const path = '/api/systems/:system/measures/:measure/selection'
  const params = { system, measure }
  async function finish(said: string) {
    await refresh()
    toast(said)
    onDone()
  }
  const form = useSubmit(async () => {
    const end = choice === 'not-needed' ? { until: `${until}T23:59:59Z` } : {}
    await api.put(path, { params, body: { choice, reason, ...end } })
    await finish('The choice is recorded.')
  })
  async function takeBack() {
    await api.delete(path, { params, body: { reason } })
    await finish('It is as the catalogue asks again.')
  }
  return (
    <Form
      form={form}
      action="Record it"
      onCancel={onDone}
      more={
        isRuled && (
          <Button busy={form.busy} disabled={reason.trim() === ''} onClick={() => void form.run(takeBack)}>
            Take the decision back
          </Button>
        )
      }
      ground="sunken"
    >
      <SelectField
        label="Decision"
        value={choice}
        options={CHOICES}
        hint={
          choice === 'chosen'
            ? 'It counts in the risk as designed; only a proof counts in the risk as proven.'
            : 'Left out with a reason and an end; a threat that asks for it stays as it is.'
        }
        onChange={(event) => setChoice(event.target.value === 'chosen' ? 'chosen' : 'not-needed')}
      />
      <TextArea
        label="Why"
        required
        maxLength={2000}
        value={reason}
        error={form.errorAt('reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      {choice === 'not-needed' && (
        <TextField
          label="Until"
          type="date"
          required
          value={until}
          error={form.errorAt('until')}
          onChange={(event) => setUntil(event.target.value)}
        />
      )}
    </Form>
  )
}
