// Erases the personal fields of one entry, for good: the text goes, the commitment and every proof stay.
import { useQueryClient } from '@tanstack/react-query'
import { Eraser } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'

export function ErasePersonal({ index }: { index: number }) {
  const may = useMay()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  if (!may('log:admin')) return null
  async function erase() {
    const { erased } = await api.post('/api/log/erase', { body: { indexes: [index], reason: reason.trim() } })
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/api/log') })
    toast(`${plural(erased, 'personal field')} erased.`)
  }
  return (
    <>
      <Button small icon={Eraser} onClick={() => setOpen(true)}>
        Erase…
      </Button>
      {open && (
        <Confirm
          title={`Erase the personal fields of entry ${index}?`}
          typed={`erase ${index}`}
          action="Erase for good"
          ready={reason.trim() !== ''}
          onConfirm={erase}
          onClose={() => setOpen(false)}
        >
          <p className="mb-4">
            The text is deleted from this installation; copies in older backups are not. That it was erased, by whom and
            why, is itself recorded.
          </p>
          <TextField
            label="Why"
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            placeholder="request of the person"
            hint="This stands in the log. Do not name the person here."
          />
        </Confirm>
      )}
    </>
  )
}
