// A report that was just made: its files, each with the proof that goes with it.
import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { api, type Reply } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { formatBytes } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { toastError } from '../../ui/toast.tsx'

export type Made = Reply<'POST', '/api/reports'>

export function ReportMade({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <Dialog title={made.title} description={made.summary} onClose={onClose}>
      <ul className="divide-y divide-line rounded-md border border-line text-sm">
        {made.files.map((file) => (
          <FileRow key={file.name} entry={made.entry} file={file} />
        ))}
      </ul>
      {made.notPrinted && <p className="mt-3 text-xs text-ink-3">There is no PDF: {made.notPrinted}</p>}
      <p className="mt-3 text-xs text-ink-3">
        Recorded as{' '}
        <TextLink to="/log/$index" params={{ index: String(made.entry) }}>
          entry {made.entry}
        </TextLink>
        . HTML and JSON carry their proof; anyone can check it offline.
      </p>
    </Dialog>
  )
}

function FileRow({ entry, file: { name, bytes } }: { entry: number; file: Made['files'][number] }) {
  const [busy, setBusy] = useState(false)
  async function get() {
    setBusy(true)
    try {
      const file = await api.get('/api/reports/:entry/files/:name', { params: { entry, name } })
      download(name, file.mediaType, toBytes(file.content))
      if (file.proof !== undefined) download(`${name}.proof.json`, 'application/json', file.proof)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <span className="min-w-0 grow">
        <span className="block font-mono text-xs break-all">{name}</span>
        <span className="text-xs text-ink-3">{formatBytes(bytes)}</span>
      </span>
      <Button small icon={FileDown} busy={busy} onClick={() => void get()} aria-label={`Download ${name}`}>
        Download
      </Button>
    </li>
  )
}

const toBytes = (base64: string) => Uint8Array.from(atob(base64), (one) => one.codePointAt(0) ?? 0)
