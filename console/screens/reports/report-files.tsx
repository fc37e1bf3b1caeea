// The files of a report to take away. HTML and JSON carry their proof; for the others it is a file of its own, to lie beside.
import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { api, type Reply } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { formatBytes } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { toastError } from '../../ui/toast.tsx'

type ReportFile = Reply<'GET', '/api/reports/:entry'>['files'][number]

export function ReportFiles({ entry, files }: { entry: number; files: readonly ReportFile[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line text-sm">
      {files.map((file) => (
        <FileRow key={file.name} entry={entry} file={file} />
      ))}
    </ul>
  )
}

function FileRow({ entry, file: { name, bytes } }: { entry: number; file: ReportFile }) {
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
        <span className="text-xs text-ink-3">
          {formatBytes(bytes)},{' '}
          {/\.(?:html|json)$/.test(name) ? 'carries its proof' : 'its proof comes as a second file'}
        </span>
      </span>
      <Button small icon={FileDown} busy={busy} onClick={() => void get()} aria-label={`Download ${name}`}>
        Download
      </Button>
    </li>
  )
}

const toBytes = (base64: string) => Uint8Array.from(atob(base64), (one) => one.codePointAt(0) ?? 0)
