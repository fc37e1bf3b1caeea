// States an asset: a new one, or a changed one. What others changed meanwhile is kept; where both changed the same field
// both values are shown and nothing is saved until somebody chose.
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { ApiError, api, read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { ASSET_KINDS, kindName } from '../../ui/asset-kind.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check, SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Merge, type Side } from '../../ui/merge.tsx'
import { OwnersFields } from '../../ui/owners.tsx'
import { Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { type Asset, type Draft, idFromName, newDraft, toDraft, toStated, withChoices } from './draft.ts'
import { LinksField } from './links-field.tsx'
import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS, EXPOSURE_WORDS, oneOf, toOptions } from './words.ts'

type Collision = Reply<'POST', '/api/assets/:id/merge'>

interface AssetFormProps {
  /** The one to change; without it a new one is stated. */
  asset?: Asset
  onClose: () => void
  onSaved: (asset: Pick<Asset, 'id' | 'kind'>) => void
}

const NOT_SAID = { value: '', label: 'Not said yet' }

export function AssetForm({ asset, onClose, onSaved }: AssetFormProps) {
  const refresh = useRefresh()
  const [draft, setDraft] = useState<Draft>(() => (asset ? toDraft(asset) : newDraft('system')))
  const [base, setBase] = useState(asset?.revision)
  const [ownId, setOwnId] = useState(false)
  const [collision, setCollision] = useState<Collision>()
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }))
  const id = asset?.id ?? (ownId ? draft.id : idFromName(draft.name))

  async function put(stated: Draft, revision: number | undefined) {
    try {
      const body = { ...toStated(stated), ...(revision === undefined ? {} : { revision }) }
      const saved = await api.put('/api/assets/:id', { params: { id }, body })
      await refresh()
      toast(saidOf(saved))
      onSaved(saved)
    } catch (trouble) {
      const isBehind = trouble instanceof ApiError && trouble.status === 409 && revision !== undefined
      if (!isBehind) throw trouble
      const found = await api.post('/api/assets/:id/merge', { params: { id }, body: { ...toStated(stated), revision } })
      if (found.overlaps.length === 0) throw trouble
      setCollision(found)
    }
  }
  const form = useSubmit(() => put(draft, base))
  async function settle(choices: Readonly<Record<string, Side>>) {
    if (!collision) return
    const settled = withChoices(collision.merged, draft, choices)
    setDraft(settled)
    setBase(collision.revision)
    setCollision(undefined)
    await put(settled, collision.revision)
  }
  return (
    <Dialog
      drawer
      title={asset ? `Change ${asset.name}` : 'Register an asset'}
      description={
        asset ? <code className="font-mono text-xs">{asset.id}</code> : 'A system, or something it is made of.'
      }
      onClose={onClose}
    >
      {collision ? (
        <Merge
          clashes={collision.overlaps}
          busy={form.busy}
          onMerge={(choices) => void form.run(() => settle(choices))}
          onCancel={() => setCollision(undefined)}
        />
      ) : (
        <form onSubmit={form.submit} className="grid gap-5">
          <Problem error={form.error} />
          <Basics
            draft={draft}
            set={set}
            id={id}
            isNew={!asset}
            onOwnId={() => setOwnId(true)}
            errorAt={form.errorAt}
          />
          <Owned draft={draft} set={set} errorAt={form.errorAt} />
          <Circumstances draft={draft} set={set} errorAt={form.errorAt} />
          <LinksField links={draft.links} onChange={(links) => set({ links })} self={id} errorAt={form.errorAt} />
          <Check
            label="It is meant to be here"
            hint="Unticked, it stays a finding until somebody confirms or removes it."
            checked={draft.sanctioned}
            onChange={(event) => set({ sanctioned: event.target.checked })}
          />
          <footer className="sticky -bottom-4 -mx-5 -mb-4 flex justify-end gap-2 border-t border-line bg-raised px-5 py-3">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" busy={form.busy}>
              {asset ? 'Save the changes' : 'Register it'}
            </Button>
          </footer>
        </form>
      )}
    </Dialog>
  )
}

interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  errorAt: (path: string) => string | undefined
}

function Basics({
  draft,
  set,
  id,
  isNew,
  onOwnId,
  errorAt,
}: PartProps & { id: string; isNew: boolean; onOwnId: () => void }) {
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <TextField
          label="Name"
          required
          maxLength={200}
          value={draft.name}
          error={errorAt('name')}
          onChange={(event) => set({ name: event.target.value })}
          autoComplete="off"
        />
        <SelectField
          label="Kind"
          value={draft.kind}
          options={ASSET_KINDS.map((kind) => ({ value: kind, label: kindName(kind) }))}
          onChange={(event) => set({ kind: ASSET_KINDS.find((kind) => kind === event.target.value) ?? draft.kind })}
          error={errorAt('kind')}
        />
      </div>
      {isNew && (
        <TextField
          label="Id"
          required
          value={id}
          error={errorAt('id')}
          hint="Lower-case words joined by hyphens. Files and scripts name it by this; it stays for good."
          onChange={(event) => {
            onOwnId()
            set({ id: event.target.value })
          }}
          className="font-mono text-sm"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <TextArea
        label="What is it for?"
        maxLength={2000}
        value={draft.description}
        error={errorAt('description')}
        onChange={(event) => set({ description: event.target.value })}
      />
    </div>
  )
}

function Owned({ draft, set, errorAt }: PartProps) {
  const list = useId()
  const may = useMay()
  const people = useQuery({ ...read('/api/accounts', { query: { limit: 200 } }), enabled: may('account:read') })
  return (
    <>
      <OwnersFields owners={draft.owners} onChange={(owners) => set({ owners })} errorAt={errorAt} suggestions={list} />
      <datalist id={list}>
        {people.data?.items.map(({ email, name }) => (
          <option key={email} value={email}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  )
}

function Circumstances({ draft, set, errorAt }: PartProps) {
  const models = useQuery({ ...read('/api/catalog/responsibility'), staleTime: Infinity })
  const chosen = models.data?.deploymentModels.find(({ id }) => id === draft.deploymentModel)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField
        label="Who can reach it?"
        value={draft.exposure}
        options={[NOT_SAID, ...toOptions(EXPOSURE_WORDS)]}
        onChange={(event) => set({ exposure: oneOf(EXPOSURE_WORDS, event.target.value) ?? '' })}
        error={errorAt('exposure')}
      />
      <SelectField
        label="Most sensitive data in it"
        value={draft.dataClass}
        options={[NOT_SAID, ...toOptions(DATA_CLASS_WORDS)]}
        onChange={(event) => set({ dataClass: oneOf(DATA_CLASS_WORDS, event.target.value) ?? '' })}
        error={errorAt('dataClass')}
      />
      {draft.kind === 'system' && (
        <div className="sm:col-span-2">
          <SelectField
            label="Who trains, supplies and hosts the model?"
            value={draft.deploymentModel}
            options={[
              NOT_SAID,
              ...(models.data?.deploymentModels ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => set({ deploymentModel: event.target.value })}
            hint={chosen?.summary ?? 'Decides who must act on each threat: you, the supplier, or both.'}
            error={errorAt('deploymentModel')}
          />
        </div>
      )}
      <SelectField
        label="Environment"
        value={draft.environment}
        options={[NOT_SAID, ...toOptions(ENVIRONMENT_WORDS)]}
        onChange={(event) => set({ environment: oneOf(ENVIRONMENT_WORDS, event.target.value) ?? '' })}
        error={errorAt('environment')}
      />
      <TextField
        label="Version"
        maxLength={100}
        value={draft.version}
        error={errorAt('version')}
        onChange={(event) => set({ version: event.target.value })}
        autoComplete="off"
      />
      <div className="sm:col-span-2">
        <TextField
          label="Tags"
          value={draft.tags}
          error={errorAt('tags')}
          hint="Divided by commas, as in customer-facing, eu."
          onChange={(event) => set({ tags: event.target.value })}
          autoComplete="off"
        />
      </div>
    </div>
  )
}

function saidOf({ saved, merged, name }: Reply<'PUT', '/api/assets/:id'>): string {
  if (!saved) return 'Nothing was new, so nothing was saved.'
  if (merged.length > 0) return `${name} is saved, with ${plural(merged.length, 'change')} of others.`
  return `${name} is saved.`
}
