// What a scan found as a file that other tools read.
import { Download } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { download } from '../../lib/export.ts'
import { Button } from '../../ui/button.tsx'
import { Menu, MENU_ITEM } from '../../ui/menu.tsx'
import { toast, toastError } from '../../ui/toast.tsx'

const FORMATS = {
  cyclonedx: { label: 'CycloneDX 1.7', end: 'cdx.json', type: 'application/vnd.cyclonedx+json' },
  'cyclonedx-1.6': { label: 'CycloneDX 1.6', end: 'cdx-1.6.json', type: 'application/vnd.cyclonedx+json' },
  spdx: { label: 'SPDX 3.0.1', end: 'spdx.json', type: 'application/spdx+json' },
  sarif: { label: 'SARIF 2.1.0', end: 'sarif', type: 'application/sarif+json' },
} as const
type Format = keyof typeof FORMATS

interface DownloadMenuProps {
  scan: string
  /** File name without its ending. */
  name: string
  formats: readonly Format[]
  label?: string
}

export function DownloadMenu({ scan, name, formats, label = 'Download' }: DownloadMenuProps) {
  const [busy, setBusy] = useState(false)
  async function save(format: Format) {
    setBusy(true)
    try {
      const { document } = await api.get('/api/scans/:id/document', { params: { id: scan }, query: { format } })
      const { end, type } = FORMATS[format]
      download(`${name.replaceAll(/[^\w.-]+/g, '-')}.${end}`, type, `${JSON.stringify(document, null, 2)}\n`)
      toast(`${FORMATS[format].label} written.`)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu
      label={label}
      button={(props) => (
        <Button icon={Download} busy={busy} {...props}>
          {label}
        </Button>
      )}
    >
      {formats.map((format) => (
        <button key={format} type="button" className={MENU_ITEM} onClick={() => void save(format)}>
          {FORMATS[format].label}
        </button>
      ))}
    </Menu>
  )
}
