// Makes a report: which kind, about what, as of when. What was made is recorded in the log with the hash of each file.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { SystemField } from '../system/system-field.tsx'
import { oneOf } from '../inventory/words.ts'
import { REPORT_WORDS } from './words.ts'

interface MakeReportProps {
  /** One of the kinds, where it is known already. */
  kind: string
  onClose: () => void
  onMade: (entry: number) => void
}

const KINDS = {
  dossier: true,
  'risk-register': true,
  'control-statement': true,
  'supplier-assurance': true,
  'framework-statement': true,
} as const

export function MakeReport({ kind: first, onClose, onMade }: MakeReportProps) {
  const [kind, setKind] = useState(oneOf(KINDS, first) ?? 'dossier')
  const [system, setSystem] = useState('')
  const [framework, setFramework] = useState('')
  const [day, setDay] = useState('')
  const frameworks = useQuery({ ...read('/api/catalog/frameworks', { query: { limit: 200 } }), staleTime: Infinity })
  const refresh = useRefresh()
  const needsSystem = kind === 'dossier'
  const form = useSubmit(async () => {
    const made = await api.post('/api/reports', {
      body: {
        kind,
        ...(system && { system }),
        ...(kind === 'framework-statement' && { framework }),
        ...(day && { at: `${day}T23:59:59.999Z` }),
      },
    })
    await refresh()
    toast('The report is made and recorded.', 'good', made.notPrinted)
    onMade(made.entry)
  })
  return (
    <Dialog title="Make a report" onClose={onClose}>
      <Form form={form} action="Make it" onCancel={onClose}>
        <SelectField
          label="Kind"
          value={kind}
          hint={REPORT_WORDS[kind]?.says}
          options={Object.entries(REPORT_WORDS).map(([value, { name }]) => ({ value, label: name }))}
          onChange={(event) => setKind(oneOf(KINDS, event.target.value) ?? kind)}
        />
        {kind === 'framework-statement' && (
          <SelectField
            label="Framework"
            required
            value={framework}
            error={form.errorAt('framework')}
            options={[
              { value: '', label: 'Choose one' },
              ...(frameworks.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []),
            ]}
            onChange={(event) => setFramework(event.target.value)}
          />
        )}
        <SystemField
          label="System"
          none={needsSystem ? 'Choose one' : 'All systems'}
          required={needsSystem}
          value={system}
          error={form.errorAt('system')}
          onChange={(event) => setSystem(event.target.value)}
        />
        <TextField
          label="As of"
          type="date"
          hint="Empty: now. A past day is shown with what was known then."
          value={day}
          error={form.errorAt('at')}
          onChange={(event) => setDay(event.target.value)}
        />
      </Form>
    </Dialog>
  )
}
