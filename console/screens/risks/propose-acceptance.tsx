// Proposes to bear a risk as it is now: why, under which conditions, until when. Whoever owns the risk decides.
import { useState } from 'react'
import { api } from '../../api.ts'
import { inDays } from '../../lib/days.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import type { RiskRow } from './words.ts'

const USUAL_DAYS = 30

export function ProposeAcceptance({ system, row, onDone }: { system: string; row: RiskRow; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [conditions, setConditions] = useState('')
  const [until, setUntil] = useState(() => inDays(USUAL_DAYS))
  const refresh = useRefresh()
  const form = useSubmit(async () => {
    const lines = conditions.split('\n').flatMap((line) => line.trim() || [])
    await api.post('/api/acceptances', {
      body: { system, threat: row.threat, reason, conditions: lines, until: `${until}T23:59:59Z` },
    })
    await refresh()
    toast('Proposed. Its risk owner decides.')
    onDone()
  })
  return (
    <Form form={form} action="Propose it" onCancel={onDone} ground="framed">
      {row.aboveAppetite && (
        <p className="text-ink-2">It is above the appetite, so somebody else than you has to approve it.</p>
      )}
      <TextArea
        label="Why it can be borne"
        required
        maxLength={2000}
        value={reason}
        error={form.errorAt('reason')}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextArea
        label="As long as"
        hint="One condition a line. Empty: no condition."
        rows={2}
        value={conditions}
        error={form.errorAt('conditions')}
        onChange={(event) => setConditions(event.target.value)}
      />
      <TextField
        label="Until"
        type="date"
        required
        value={until}
        error={form.errorAt('until')}
        onChange={(event) => setUntil(event.target.value)}
      />
    </Form>
  )
}
