// States an asset: a new one, or a changed one. What others changed meanwhile is kept; where both changed the same field
// both values are shown and nothing is saved until somebody chose.
import { useState } from 'react'
import { ApiError, api, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Check } from '../../ui/field.tsx'
import { Merge, type Side } from '../../ui/merge.tsx'
import { Problem } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { Basics, Circumstances, Owned } from './asset-fields.tsx'
import { type Asset, type Draft, idFromName, newDraft, toDraft, toStated, withChoices } from './draft.ts'
import { LinksField } from './links-field.tsx'

type Collision = Reply<'POST', '/api/assets/:id/merge'>

interface AssetFormProps {
  /** The one to change; without it a new one is stated. */
  asset?: Asset
  onClose: () => void
  onSaved: (asset: Pick<Asset, 'id' | 'kind'>) => void
}

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

function saidOf({ saved, merged, name }: Reply<'PUT', '/api/assets/:id'>): string {
  if (!saved) return 'Nothing was new, so nothing was saved.'
  if (merged.length > 0) return `${name} is saved, with ${plural(merged.length, 'change')} of others.`
  return `${name} is saved.`
}
