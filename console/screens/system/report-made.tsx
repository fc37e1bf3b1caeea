// A report that was just made: its files, each with the proof that goes with it.
import type { Reply } from '../../api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { ReportFiles } from '../reports/report-files.tsx'

export type Made = Reply<'POST', '/api/reports'>

export function ReportMade({ made, onClose }: { made: Made; onClose: () => void }) {
  return (
    <Dialog title={made.title} description={made.summary} onClose={onClose}>
      <ReportFiles entry={made.entry} files={made.files} />
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
