// What an asset was before: every revision with what changed in it, newest first.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { read, type Reply } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useWords } from '../../lib/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Pager } from '../../ui/pager.tsx'
import { Badge } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'

type Revision = Reply<'GET', '/api/assets/:id/history'>['items'][number]

export function HistoryPanel({ asset }: { asset: string }) {
  const [{ cursor }, set] = useWords()
  const history = useQuery({
    ...read('/api/assets/:id/history', { params: { id: asset }, query: { limit: 20, cursor } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded query={history}>
      {({ items, next }) => (
        <>
          <ol className="divide-y divide-line rounded-md border border-line">
            {items.map((revision) => (
              <li
                key={revision.revision}
                className="grid gap-x-6 gap-y-1 px-4 py-3 text-sm md:grid-cols-[11rem_minmax(0,1fr)]"
              >
                <div>
                  <p className="font-medium">
                    Revision {revision.revision}
                    {revision.retiredAt && <Badge>left the register</Badge>}
                  </p>
                  <p className="text-xs text-ink-3">
                    <Time at={revision.recordedAt} />
                  </p>
                </div>
                <Changes of={revision} />
              </li>
            ))}
          </ol>
          <Pager cursor={cursor} next={next} onMove={(to) => set({ cursor: to })} />
        </>
      )}
    </Loaded>
  )
}

function Changes({ of: { id, revision } }: { of: Revision }) {
  const diff = useQuery({
    ...read('/api/assets/:id/diff', { params: { id }, query: { to: revision } }),
    staleTime: Infinity,
  })
  if (revision === 1) return <p className="text-ink-2">Stated for the first time.</p>
  return (
    <Loaded query={diff}>
      {({ changes }) =>
        changes.length === 0 ? (
          <p className="text-ink-2">Only its standing in the register changed.</p>
        ) : (
          <ul className="grid gap-1">
            {changes.map(({ field, before, after }) => (
              <li key={field} className="break-words">
                <span className="text-ink-3">{toWords(field)}:</span>{' '}
                {before !== undefined && <del className="text-ink-3">{String(before)}</del>}
                {before !== undefined && after !== undefined && ' → '}
                {after !== undefined && <ins className="font-medium no-underline">{String(after)}</ins>}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
