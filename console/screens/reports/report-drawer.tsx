// One report: its files to take away. HTML and JSON carry their proof; for the others it is a file of its own, to lie beside.
import { useQuery } from '@tanstack/react-query'
import { FileDown, ScrollText } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { downloadBytes } from '../../lib/export.ts'
import { formatAbsolute, formatBytes } from '../../lib/format.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Section } from '../../ui/page.tsx'
import { toastError } from '../../ui/toast.tsx'
import { useNames } from '../log/names.tsx'
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
        <ul className="divide-y divide-line rounded-md border border-line text-sm">
          {report.files.map((file) => (
            <OneFile key={file.name} entry={report.entry} file={file} />
          ))}
        </ul>
      </Section>
      <p className="mt-6 max-w-[62ch] text-sm text-ink-2">
        Whoever gets a file can check it on the page <TextLink to="/log/verify">Verify</TextLink>, or without this
        server with the one-file verifier and the public key. A changed word fails.
      </p>
    </>
  )
}

function OneFile({ entry, file: { name, bytes } }: { entry: number; file: Report['files'][number] }) {
  const [busy, setBusy] = useState(false)
  async function take() {
    setBusy(true)
    try {
      const got = await api.get('/api/reports/:entry/files/:name', { params: { entry, name } })
      downloadBytes(got.name, got.mediaType, fromBase64(got.content))
      if (got.proof !== undefined)
        downloadBytes(`${got.name}.proof.json`, 'application/json', new TextEncoder().encode(got.proof))
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  const carries = /\.(?:html|json)$/.test(name)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-4 py-2.5">
      <span className="min-w-0 grow basis-56">
        <span className="font-mono text-xs break-all">{name}</span>
        <span className="block text-xs text-ink-3">
          {formatBytes(bytes)}, {carries ? 'carries its proof' : 'its proof comes as a second file'}
        </span>
      </span>
      <Button small icon={FileDown} busy={busy} onClick={() => void take()} aria-label={`Download ${name}`}>
        Download
      </Button>
    </li>
  )
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.codePointAt(0) ?? 0)
