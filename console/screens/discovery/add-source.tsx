// States a repository to be scanned, and scans it at once.
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { SystemField } from '../system/system-field.tsx'
import { ScheduleField } from './schedule-field.tsx'

const BLANK = { kind: 'git', name: '', url: '', path: '', ref: '', token: '', system: '', everyHours: '' }

export function AddSource({ onClose }: { onClose: () => void }) {
  const refresh = useRefresh()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(BLANK)
  const isGit = draft.kind === 'git'
  const form = useSubmit(async () => {
    const { kind: _, name, url, path, ref, token, system, everyHours } = draft
    const place = isGit ? { url, ...(ref && { ref }), ...(token && { token }) } : { path }
    const source = await api.post('/api/scan-sources', {
      body: {
        kind: isGit ? 'git' : 'path',
        name: name.trim() || nameOf(isGit ? url : path),
        ...place,
        ...(system && { system }),
        ...(everyHours && { everyHours: Number(everyHours) }),
      },
    })
    const scan = await api
      .post('/api/scan-sources/:id/scan', { params: { id: source.id } })
      .catch(async (trouble: unknown) => {
        await refresh()
        throw trouble
      })
    await refresh()
    void navigate({ to: '/discovery/scans/$id', params: { id: scan.id } })
  })
  const field = (name: keyof typeof BLANK) => ({
    value: draft[name],
    error: form.errorAt(name),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  return (
    <Dialog title="Add a repository" onClose={onClose}>
      <Form form={form} action="Add and scan" onCancel={onClose}>
        <SelectField
          label="What is it?"
          options={[
            { value: 'git', label: 'A git repository' },
            { value: 'path', label: 'A folder of the server' },
          ]}
          {...field('kind')}
        />
        {isGit ? (
          <>
            <TextField
              label="Where is it cloned from?"
              hint="Nothing of it is run: no hooks, no submodules."
              required
              placeholder="https://git.example.org/team/assistant.git"
              autoComplete="off"
              {...field('url')}
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField label="Branch, tag or commit" placeholder="the default branch" {...field('ref')} />
              <TextField
                label="Token"
                hint="A name from scans.tokens in the configuration."
                placeholder="none"
                {...field('token')}
              />
            </div>
          </>
        ) : (
          <TextField label="Folder" hint="Below one of scans.roots in the configuration." required {...field('path')} />
        )}
        <TextField
          label="Name"
          placeholder={nameOf(isGit ? draft.url : draft.path) || 'assistant'}
          {...field('name')}
        />
        <SystemField label="Which system is it a part of?" none="No system yet" {...field('system')} />
        <ScheduleField value={draft.everyHours} onChange={(everyHours) => setDraft({ ...draft, everyHours })} />
      </Form>
    </Dialog>
  )
}

/** `https://host/team/assistant.git` → `assistant`. */
const nameOf = (place: string) =>
  place
    .replace(/[/]+$/, '')
    .replace(/\.git$/, '')
    .split(/[/:]/)
    .at(-1) ?? ''
