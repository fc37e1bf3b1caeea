// One source: whose part it is, how often it is scanned; changed or closed by whoever may scan.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { SystemField } from '../system/system-field.tsx'
import { SourceGates } from './source-gates.tsx'
import { ScheduleField } from './schedule-field.tsx'
import { SOURCE_WORDS } from './words.ts'

type Source = Reply<'GET', '/api/scan-sources/:id'>

export function SourceDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const query = useQuery(read('/api/scan-sources/:id', { params: { id } }))
  const may = useMay()
  return (
    <Dialog
      drawer
      title={query.data?.name ?? 'Source'}
      description={query.data && SOURCE_WORDS[query.data.kind]}
      onClose={onClose}
    >
      <Loaded query={query}>
        {(source) => (
          <>
            <Facts
              rows={[
                source.url !== undefined && ['Cloned from', source.url],
                source.path !== undefined && ['Folder', source.path],
                source.token !== undefined && ['With the token', source.token],
                ['Stated', <Time key="at" at={source.createdAt} />],
                source.closedAt !== undefined && ['Closed', <Time key="closed" at={source.closedAt} />],
                [
                  'Scans',
                  <TextLink key="scans" to="/discovery/scans" search={{ source: source.id }}>
                    See its scans
                  </TextLink>,
                ],
              ]}
            />
            {source.kind !== 'traffic' && source.kind !== 'bom' && (
              <SourceGates source={source} mayChange={may('scan:write') && source.closedAt === undefined} />
            )}
            {may('scan:write') && source.closedAt === undefined && (
              <div className="mt-6 border-t border-line pt-4">
                <Change key={source.id} source={source} onClose={onClose} />
              </div>
            )}
          </>
        )}
      </Loaded>
    </Dialog>
  )
}

function Change({ source, onClose }: { source: Source; onClose: () => void }) {
  const refresh = useRefresh()
  const [closing, setClosing] = useState(false)
  const [draft, setDraft] = useState({
    name: source.name,
    system: source.system ?? '',
    ref: source.ref ?? '',
    everyHours: source.everyHours === undefined ? '' : String(source.everyHours),
  })
  const isFetched = source.kind === 'git' || source.kind === 'path'
  const form = useSubmit(async () => {
    const { name, system, ref, everyHours } = draft
    await api.patch('/api/scan-sources/:id', {
      params: { id: source.id },
      body: {
        name,
        system: system === '' ? null : system,
        ...(source.kind === 'git' ? { ref: ref === '' ? null : ref } : {}),
        ...(isFetched ? { everyHours: everyHours === '' ? null : Number(everyHours) } : {}),
      },
    })
    await refresh()
    toast(`${name} is saved.`)
    onClose()
  })
  if (closing)
    return (
      <Confirm
        title={`Close ${source.name}?`}
        action="Close the source"
        onClose={() => setClosing(false)}
        onConfirm={async () => {
          await api.post('/api/scan-sources/:id/close', { params: { id: source.id } })
          await refresh()
          onClose()
        }}
      >
        What it found stays. Nothing more is looked for in it.
      </Confirm>
    )
  return (
    <Form
      form={form}
      action="Save"
      onCancel={onClose}
      more={
        <Button variant="quiet" onClick={() => setClosing(true)}>
          Close the source
        </Button>
      }
    >
      <TextField
        label="Name"
        required
        value={draft.name}
        error={form.errorAt('name')}
        onChange={(event) => setDraft({ ...draft, name: event.target.value })}
      />
      <SystemField
        label="Which system is it a part of?"
        none="No system"
        value={draft.system}
        error={form.errorAt('system')}
        onChange={(event) => setDraft({ ...draft, system: event.target.value })}
      />
      {source.kind === 'git' && (
        <TextField
          label="Branch, tag or commit"
          value={draft.ref}
          error={form.errorAt('ref')}
          onChange={(event) => setDraft({ ...draft, ref: event.target.value })}
        />
      )}
      {isFetched && (
        <ScheduleField value={draft.everyHours} onChange={(everyHours) => setDraft({ ...draft, everyHours })} />
      )}
    </Form>
  )
}
