// One report that was made: what it is true for, and its files to take away.
import { useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatAbsolute } from '../../lib/format.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { useNames } from '../log/names.tsx'
import { ReportFiles } from './report-files.tsx'
import { REPORT_WORDS } from './words.ts'

type Report = Reply<'GET', '/api/reports/:entry'>

export function ReportDrawer({ entry, onClose }: { entry: string; onClose: () => void }) {
  const query = useQuery(read('/api/reports/:entry', { params: { entry: Number(entry) } }))
  return (
    <Dialog
      drawer
      title={query.data?.title ?? `Report ${entry}`}
      description={query.data && REPORT_WORDS[query.data.kind]?.says}
      onClose={onClose}
      actions={
        <ButtonLink small icon={ScrollText} to="/log/$index" params={{ index: entry }}>
          In the log
        </ButtonLink>
      }
    >
      <Loaded query={query}>{(report) => <Contents report={report} />}</Loaded>
    </Dialog>
  )
}

function Contents({ report }: { report: Report }) {
  const nameOf = useNames()
  const [kind = '', id = ''] = report.madeBy.split(' ')
  return (
    <>
      <Facts
        rows={[
          ['True for', formatAbsolute(report.asOf)],
          ['By', report.catalog],
          ['Made', `${formatAbsolute(report.madeAt)} by ${nameOf(kind, id) ?? report.madeBy}`],
        ]}
      />
      <Section title="Files" count={report.files.length}>
        <ReportFiles entry={report.entry} files={report.files} />
      </Section>
      <p className="mt-6 max-w-[62ch] text-sm text-ink-2">
        Whoever gets a file can check it on the page <TextLink to="/log/verify">Verify</TextLink>, or without this
        server with the one-file verifier and the public key. A changed word fails.
      </p>
    </>
  )
}
