// Export of exactly what the filters of a table show, as CSV or JSON.
import { Download } from 'lucide-react'
import { useState } from 'react'
import { plural } from '../lib/format.ts'
import { download, type ExportRow, toCsv } from '../lib/export.ts'
import { Button } from './button.tsx'
import { Menu, MENU_ITEM } from './menu.tsx'
import { toast, toastError } from './toast.tsx'

interface ExportMenuProps {
  /** File name without its ending. */
  name: string
  /** All rows that the filters let through, not only the page in view; `cut` when there were too many. */
  rows: () => Promise<{ rows: readonly ExportRow[]; cut?: boolean }> | { rows: readonly ExportRow[]; cut?: boolean }
}

export function ExportMenu({ name, rows }: ExportMenuProps) {
  const [busy, setBusy] = useState(false)
  async function run(format: 'csv' | 'json') {
    setBusy(true)
    try {
      const { rows: all, cut } = await rows()
      if (format === 'csv') download(`${name}.csv`, 'text/csv', toCsv(all))
      else download(`${name}.json`, 'application/json', `${JSON.stringify(all, null, 2)}\n`)
      if (cut) toast(`The first ${plural(all.length, 'row')} were exported.`, 'bad', 'Narrow the filters for the rest.')
      else toast(`${plural(all.length, 'row')} exported.`)
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Menu
      label="Export"
      button={(props) => (
        <Button icon={Download} busy={busy} {...props}>
          Export
        </Button>
      )}
    >
      <button type="button" className={MENU_ITEM} onClick={() => void run('csv')}>
        CSV for a spreadsheet
      </button>
      <button type="button" className={MENU_ITEM} onClick={() => void run('json')}>
        JSON
      </button>
    </Menu>
  )
}
