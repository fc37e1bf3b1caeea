// What a scan did not look at, and why. Said plainly: what was not read is not known to be fine.
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { List, usePage } from '../../ui/list.tsx'
import { Section } from '../../ui/page.tsx'
import type { Column } from '../../ui/table.tsx'

type Missed = Reply<'GET', '/api/scans/:id/missed'>['items'][number]

const REASONS: Readonly<Record<Missed['reason'], string>> = {
  too_large: 'Too large',
  too_slow: 'Took too long',
  out_of_time: 'No time was left',
  too_many_files: 'Too many files',
  unreadable: 'Cannot be read',
  not_text: 'Not text',
  minified: 'Minified',
  link_outside: 'Links out of the source',
  parser_failed: 'Not understood',
  too_deep: 'Too deep',
}

const COLUMNS: readonly Column<Missed>[] = [
  { id: 'file', head: 'File', cell: ({ file }) => <code className="font-mono text-xs wrap-anywhere">{file}</code> },
  { id: 'reason', head: 'Why not', className: 'w-44', cell: ({ reason }) => REASONS[reason] },
  { id: 'detail', head: 'More', hide: 'md', cell: ({ detail }) => <span className="text-ink-2">{detail}</span> },
]

export function NotLookedAt({ scan, missed }: { scan: string; missed: number }) {
  const query = usePage((page) => ({
    ...read('/api/scans/:id/missed', { params: { id: scan }, query: page }),
    enabled: missed > 0,
  }))
  return (
    <Section title="Not looked at" count={missed}>
      {missed === 0 ? (
        <p className="flex items-center gap-2 text-sm text-ink-2">
          <CircleCheck size={16} aria-hidden className="text-good-mark" /> Every file was looked at.
        </p>
      ) : (
        <>
          <p className="mb-2 flex items-center gap-2 text-sm text-ink-2">
            <TriangleAlert size={16} aria-hidden className="text-warn-mark" />
            {plural(missed, 'file')} may hold something that this scan does not know of.
          </p>
          <List
            label="Files that were not looked at"
            columns={COLUMNS}
            page={query}
            rowKey={({ file, reason }) => `${file} ${reason}`}
            empty={null}
          />
        </>
      )}
    </Section>
  )
}
