// What must be known of a system before anyone can say which threats apply: the questions, and what reads each answer.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'

import { useCallback, useEffect } from 'react'
import { read, type Reply } from '../../api.ts'
import { toTitleOfId, toWords } from '../../lib/format.ts'
import type { Search } from '../../routes.tsx'

import { Dialog } from '../../ui/dialog.tsx'
import { ExportMenu } from '../../ui/export-menu.tsx'
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { NoMatch } from '../../ui/list.tsx'
import { type Column, DataTable, RowLink } from '../../ui/table.tsx'
import { OBSERVER_WORDS } from './families.ts'
import { RefList } from './parts.tsx'

type Row = Reply<'GET', '/api/catalog/facts'>['items'][number]

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'fact',
    head: 'Question',
    cell: ({ id, question }) => (
      <>
        <RowLink to="/catalog/facts" search={(before: Search) => ({ ...before, fact: id })} resetScroll={false}>
          {question}
        </RowLink>
        <span className="block font-mono text-2xs text-ink-3">{id}</span>
      </>
    ),
  },
  {
    id: 'answers',
    head: 'Answers',
    hide: 'md',
    className: 'w-72',
    cell: ({ type, values }) => (
      <span className="text-ink-2">
        {type === 'bool' ? 'yes, no' : (values ?? []).map((value) => toTitleOfId(value)).join(', ')}
      </span>
    ),
  },
  {
    id: 'from',
    head: 'Usually from',
    hide: 'lg',
    className: 'w-32',
    cell: ({ usuallyFrom }) => OBSERVER_WORDS[usuallyFrom],
  },
  { id: 'threats', head: 'Threats', end: true, className: 'w-20', cell: ({ readBy }) => readBy.length },
]

export function FactList() {
  const search = useSearch({ from: '/shell' })
  const navigate = useNavigate()
  const query = useQuery({
    ...read('/api/catalog/facts', { query: { limit: 200 } }),
    staleTime: Infinity,
  })
  const set = useCallback(
    (change: Search) =>
      void navigate({
        to: '/catalog/facts',
        search: (before: Search) => ({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const setText = useCallback((q: string | undefined) => set({ q }), [set])
  const topics = [...new Set(query.data?.items.map(({ topic }) => topic))]
  const rows = query.data?.items
    .filter((row) => fits(row, search))
    .toSorted((a, b) => topics.indexOf(a.topic) - topics.indexOf(b.topic))
  const open = query.data?.items.find(({ id }) => id === search['fact'])
  const clear = () => void navigate({ to: '/catalog/facts', search: {} })
  useEffect(() => {
    if (open) document.title = `${open.question} · Parapet`
  }, [open])
  return (
    <Page
      title="Facts"
      lead="The questions that decide which threats apply. Scanners and the gateway answer most; people answer what is left. An unknown answer raises the threat."
      actions={
        <ExportMenu
          name="facts"
          rows={() => ({
            rows: (rows ?? []).map(({ id, question, type, values, topic, usuallyFrom, readBy }) => ({
              id,
              question,
              type,
              values: values?.join(' '),
              topic,
              usuallyFrom,
              readBy: readBy.map((threat) => threat.id).join(' '),
            })),
          })}
        />
      }
    >
      <FilterBar label="Filter the facts" clear={search['q'] || search['topic'] ? clear : undefined}>
        <FilterText main label="Find a question" value={search['q']} onChange={setText} />
        <FilterSelect
          label="Any topic"
          value={search['topic']}
          options={topics.map((value) => ({ value, label: toWords(value) }))}
          onChange={(topic) => set({ topic })}
        />
      </FilterBar>
      <DataTable
        label="Facts"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ id }) => id}
        error={query.error}
        retry={() => void query.refetch()}
        groupOf={({ topic }) => toWords(topic)}
        waitingRows={12}
        empty={
          <NoMatch noun="question" clear={clear}>
            Fewer words find more.
          </NoMatch>
        }
      />
      {open && (
        <Dialog
          drawer
          title={open.question}
          description={<code className="font-mono text-xs">{open.id}</code>}
          onClose={() => set({ fact: undefined })}
        >
          <Facts
            rows={[
              [
                'Answers',
                open.type === 'bool' ? (
                  'yes or no'
                ) : (
                  <ul key="values">
                    {open.values?.map((value) => (
                      <li key={value}>{toTitleOfId(value)}</li>
                    ))}
                  </ul>
                ),
              ],
              ['Topic', toWords(open.topic)],
              ['Usually from', OBSERVER_WORDS[open.usuallyFrom]],
            ]}
          />
          <Section title="Threats that read it" count={open.readBy.length} above="less">
            {open.readBy.length > 0 ? (
              <RefList items={open.readBy} />
            ) : (
              <p className="text-sm text-ink-2">None directly; it weighs in likelihood and responsibility.</p>
            )}
          </Section>
          {open.impliedBy.length > 0 && (
            <Section title="Follows from" above="less">
              <RefList items={open.impliedBy} />
            </Section>
          )}
        </Dialog>
      )}
    </Page>
  )
}

function fits(row: Row, search: Search): boolean {
  const text = `${row.question} ${row.id}`.toLowerCase()
  const words = (search['q'] ?? '').toLowerCase().split(/\s+/)
  return words.every((word) => text.includes(word)) && (!search['topic'] || row.topic === search['topic'])
}
