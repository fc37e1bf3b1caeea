// Says what is to be done about a risk, and why; or takes that back.
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextArea } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { type RiskRow, TREATMENT_WORDS } from './words.ts'

interface TreatProps {
  system: string
  row: RiskRow
  onDone: () => void
}

export function TreatRisk({ system, row, onDone }: TreatProps) {
  const [treatment, setTreatment] = useState(row.treatment ?? 'mitigate')
  const [reason, setReason] = useState('')
  const refresh = useRefresh()
  const params = { system, threat: row.threat }
  const path = '/api/systems/:system/threats/:threat/treatment'
  async function finish(said: string) {
    await refresh()
    toast(said)
    onDone()
  }
  const form = useSubmit(async () => {
    await api.put(path, { params, body: { treatment, reason } })
    await finish('The treatment is recorded.')
  })
  async function takeBack() {
    await api.delete(path, { params, body: { reason } })
    await finish('Nothing is decided about it any more.')
  }
  return (
    <Form
      form={form}
      action="Record it"
      onCancel={onDone}
      more={
        row.treatment && (
          <Button busy={form.busy} disabled={reason.trim() === ''} onClick={() => void form.run(takeBack)}>
            Take it back
          </Button>
        )
      }
      ground="framed"
    >
      <SelectField
        label="Treatment"
        value={treatment}
        options={toOptions(TREATMENT_WORDS)}
        hint={treatment === 'accept' ? 'An intention only: an acceptance in force is what bears the risk.' : undefined}
        onChange={(event) => setTreatment(oneOf(TREATMENT_WORDS, event.target.value) ?? treatment)}
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
  )
}
