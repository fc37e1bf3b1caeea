// Model files and what loading them would do. They are read and never loaded; one that could not be read is never benign.
import { FileBox, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { read, type Reply } from '../../api.ts'
import { plural } from '../../lib/format.ts'
import { useFilters, useWords } from '../../lib/words.ts'
import type { Search } from '../../routes.tsx'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { FilterBar, FilterSelect } from '../../ui/filter-bar.tsx'
import { Page } from '../../ui/page.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import { type Column, RowLink } from '../../ui/table.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { ChosenScan } from './chosen-scan.tsx'
import { ModelFileDrawer } from './model-file-drawer.tsx'
import { UploadScan } from './upload-scan.tsx'
import { GATE_SAYS, GATE_TONE, VERDICT_TONE, VERDICT_WORDS } from './words.ts'

type ModelFile = Reply<'GET', '/api/scans/:id/model-files'>['items'][number]

const EMPTY = {
  title: 'No model file was scanned yet',
  says: 'Upload one to have it judged, or scan a repository that holds some: pickles, checkpoints, ONNX, GGUF, safetensors and what wraps them.',
  action: 'Judge a file',
  to: '/discovery/model-files',
} as const

export function ModelFiles() {
  const [words, set] = useWords()
  const may = useMay()
  return (
    <Page
      wide
      title="Model files"
      lead="What loading each file would do, told from its bytes. Nothing is loaded, and what cannot be read is never called benign."
      actions={
        may('scan:write') && (
          <Button variant="primary" icon={Upload} onClick={() => set({ new: 'upload' })}>
            Judge a file
          </Button>
        )
      }
    >
      <ChosenScan
        fits={({ summary }) =>
          summary !== undefined &&
          summary.modelFiles.benign + summary.modelFiles.suspicious + summary.modelFiles.malicious > 0
        }
        empty={EMPTY}
      >
        {(scan, _, chooser) => <Files scan={scan.id} chooser={chooser} />}
      </ChosenScan>
      {words['new'] && may('scan:write') && <UploadScan first="model" onClose={() => set({ new: undefined })} />}
    </Page>
  )
}

function Files({ scan, chooser }: { scan: string; chooser: ReactNode }) {
  const { words, set, clear } = useFilters(['verdict'])
  const verdict = oneOf(VERDICT_WORDS, words['verdict'])
  const query = usePage((page) =>
    read('/api/scans/:id/model-files', {
      params: { id: scan },
      query: { verdict, ...page },
    }),
  )
  const file = query.data?.items.find((one) => one.file === words['file'])
  return (
    <>
      <FilterBar label="Filter the model files" clear={clear}>
        {chooser}
        <FilterSelect
          label="Any verdict"
          value={words['verdict']}
          options={toOptions(VERDICT_WORDS)}
          onChange={(word) => set({ verdict: word })}
        />
      </FilterBar>
      <List
        label="Model files"
        columns={COLUMNS}
        page={query}
        rowKey={(one) => one.file}
        noun="file"
        clear={clear}
        empty={
          <EmptyState icon={FileBox} title="No model file is in it">
            This scan met no such file.
          </EmptyState>
        }
      />
      {file && <ModelFileDrawer file={file} onClose={() => set({ file: undefined, cursor: words['cursor'] })} />}
    </>
  )
}

const COLUMNS: readonly Column<ModelFile>[] = [
  {
    id: 'verdict',
    head: 'Verdict',
    className: 'w-28',
    cell: ({ verdict }) => <Badge tone={VERDICT_TONE[verdict]}>{VERDICT_WORDS[verdict]}</Badge>,
  },
  {
    id: 'file',
    head: 'File',
    cell: ({ file, format }) => (
      <>
        <RowLink
          to="."
          search={(before: Search) => ({ ...before, file })}
          resetScroll={false}
          className="wrap-anywhere"
        >
          {file}
        </RowLink>
        <span className="block text-xs text-ink-3">{format}</span>
      </>
    ),
  },
  {
    id: 'effect',
    head: 'What loading it does',
    hide: 'md',
    cell: ({ findings: [first, ...more] }) =>
      first ? (
        <>
          {first.effect}
          {more.length > 0 && <span className="text-ink-3"> and {plural(more.length, 'other thing')}</span>}
        </>
      ) : (
        <span className="text-ink-3">nothing but read data</span>
      ),
  },
  {
    id: 'gate',
    head: 'Vouched for',
    hide: 'lg',
    cell: ({ gate }) =>
      gate ? (
        <>
          <Badge tone={GATE_TONE[gate.says]}>{GATE_SAYS[gate.says]}</Badge>
          {gate.by && <span className="block text-xs text-ink-3 wrap-anywhere">by {gate.by}</span>}
        </>
      ) : (
        <span className="text-ink-3">nothing is asked</span>
      ),
  },
  { id: 'members', head: 'Inside', hide: 'lg', end: true, className: 'w-28', cell: ({ members }) => (members.length > 0 ? plural(members.length, 'member') : '') }, // prettier-ignore
]
