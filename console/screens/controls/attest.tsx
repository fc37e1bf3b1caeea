// Vouches in one's own name: that a measure is carried out, a training was done, a policy was read. It ends, and has to
// be said again.
import { useState } from 'react'
import { api } from '../../api.ts'
import { inDays } from '../../lib/days.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { ATTESTED_WORDS, type Attested } from './attested.ts'

interface AttestProps {
  what: Attested
  title?: string
  /** What it is to prove. */
  proves?: { system: string; measure: string }
  onDone: () => void
}

const USUAL_DAYS = 180

export function Attest({ what: first, title: given = '', proves, onDone }: AttestProps) {
  const [what, setWhat] = useState(first)
  const [title, setTitle] = useState(given)
  const [version, setVersion] = useState('')
  const [until, setUntil] = useState(() => inDays(USUAL_DAYS))
  const refresh = useRefresh()
  const form = useSubmit(async () => {
    await api.post('/api/attestations', {
      body: {
        what,
        title,
        until: `${until}T23:59:59Z`,
        ...(version.trim() && { version: version.trim() }),
        ...(proves && { proves }),
      },
    })
    await refresh()
    toast('Recorded in your name.')
    onDone()
  })
  return (
    <Form form={form} action="Vouch for it" onCancel={onDone} ground={proves && 'sunken'}>
      {!proves && (
        <SelectField
          label="I attest that"
          value={what}
          options={toOptions(ATTESTED_WORDS)}
          onChange={(event) => setWhat(oneOf(ATTESTED_WORDS, event.target.value) ?? what)}
        />
      )}
      <TextField
        label={what === 'statement' ? 'What I vouch for' : 'Name of it'}
        required
        maxLength={300}
        value={title}
        error={form.errorAt('title')}
        hint={
          proves && 'Where the catalogue asks for an observation or a test, somebody’s word makes it partial at most.'
        }
        onChange={(event) => setTitle(event.target.value)}
      />
      {what !== 'statement' && (
        <TextField
          label="Version"
          maxLength={100}
          value={version}
          error={form.errorAt('version')}
          onChange={(event) => setVersion(event.target.value)}
        />
      )}
      <TextField
        label="To be said again by"
        type="date"
        required
        value={until}
        error={form.errorAt('until')}
        onChange={(event) => setUntil(event.target.value)}
      />
    </Form>
  )
}
