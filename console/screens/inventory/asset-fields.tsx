// The fields of an asset, in the order in which people know the answers: what it is, who answers for it, where it stands.
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { read } from '../../api.ts'
import { useMay } from '../../session.ts'
import { ASSET_KINDS, kindName } from '../../ui/asset-kind.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { OwnersFields } from '../../ui/owners.tsx'
import type { Draft } from './draft.ts'
import { DATA_CLASS_WORDS, ENVIRONMENT_WORDS, EXPOSURE_WORDS, oneOf, toOptions } from './words.ts'

const NOT_SAID = { value: '', label: 'Not said yet' }

interface PartProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  errorAt: (path: string) => string | undefined
}

export function Basics({
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

export function Owned({ draft, set, errorAt }: PartProps) {
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

export function Circumstances({ draft, set, errorAt }: PartProps) {
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
