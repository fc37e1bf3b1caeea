// What can be done with an asset: change it, confirm it, take it out of the register. The form has an address.
import { BadgeCheck, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'
import { AssetForm } from './asset-form.tsx'
import { type Asset, toDraft, toStated } from './draft.ts'

export function AssetActions({ asset }: { asset: Asset }) {
  const [{ edit }, set] = useWords()
  const [retiring, setRetiring] = useState(false)
  const refresh = useRefresh()
  const may = useMay()
  const { id, name, revision } = asset
  async function confirm() {
    const body = { ...toStated({ ...toDraft(asset), sanctioned: true }), revision }
    await api.put('/api/assets/:id', { params: { id }, body })
    await refresh()
    toast(`${name} is confirmed.`)
  }
  const confirming = useSubmit(confirm)
  if (!may('asset:write')) return null
  const isGone = asset.retiredAt !== undefined
  return (
    <>
      {!asset.sanctioned && !isGone && (
        <Button icon={BadgeCheck} variant="primary" busy={confirming.busy} onClick={() => void confirming.run(confirm)}>
          It belongs here
        </Button>
      )}
      <Button icon={Pencil} onClick={() => set({ edit: '1' })}>
        {isGone ? 'Register it again' : 'Edit'}
      </Button>
      {!isGone && (
        <Button
          variant="quiet"
          icon={Trash2}
          aria-label="Take it out of the register"
          title="Take it out of the register"
          onClick={() => setRetiring(true)}
        />
      )}
      {edit && (
        <AssetForm asset={asset} onClose={() => set({ edit: undefined })} onSaved={() => set({ edit: undefined })} />
      )}
      {retiring && (
        <Confirm
          title={`Take ${name} out of the register?`}
          typed={id}
          action="Take it out"
          onClose={() => setRetiring(false)}
          onConfirm={async () => {
            await api.post('/api/assets/:id/retire', { params: { id }, body: { revision } })
            await refresh()
            toast(`${name} left the register.`)
          }}
        >
          Nothing is derived for it any more and it leaves every list. What was recorded stays, past dates still show
          it, and it can be registered again.
        </Confirm>
      )}
    </>
  )
}
