// Hands the log over to a new signing key. The old and the new one both sign the hand-over, so whoever trusts the old
// key follows to the new one by itself.
import { useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.tsx'

export function RotateKey() {
  const may = useMay()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  if (!may('log:admin')) return null
  return (
    <>
      <Button small icon={KeyRound} onClick={() => setOpen(true)}>
        Rotate the key…
      </Button>
      {open && (
        <Confirm
          title="Rotate the signing key?"
          typed="rotate"
          action="Rotate the key"
          onClose={() => setOpen(false)}
          onConfirm={async () => {
            await api.post('/api/log/rotate-key')
            await client.invalidateQueries({
              predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/log'),
            })
            toast('The log is signed with a new key from now on.')
          }}
        >
          A new key is made and the old one signs over to it. Reports of before and after verify with the key that
          people already keep. There is no way back to the old key.
        </Confirm>
      )}
    </>
  )
}
