// A text before and after the guards. Where it changed, what is common at both ends is shown once more in both, and what
// lies between is marked.
import { Fragment } from 'react'
import { cx } from '../../ui/class.ts'
import { changesOf } from './changes.ts'

interface ChangedTextProps {
  name: string
  /** Absent: it was not there. */
  before: string | undefined
  after: string | undefined
  /** Where it did not go on. */
  nothing: string
}

export function ChangedText({ name, before, after, nothing }: ChangedTextProps) {
  if (before === after) return <Box title={`${name}, unchanged`}>{before}</Box>
  const changes = changesOf(before ?? '', after ?? '')
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Box title={`${name} before`}>
        {before === undefined ? (
          <span className="text-ink-3">was not there</span>
        ) : after === undefined ? (
          before
        ) : (
          changes.map((one, i) => (
            <Piece key={`${i} ${one.changed}`} text={one.before} changed={one.changed} as="del" />
          ))
        )}
      </Box>
      <Box title={`${name} after`}>
        {after === undefined ? (
          <span className="text-ink-3">{nothing}</span>
        ) : (
          changes.map((one, i) => <Piece key={`${i} ${one.changed}`} text={one.after} changed={one.changed} as="ins" />)
        )}
      </Box>
    </div>
  )
}

function Box({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <figure className="min-w-0 rounded-md border border-line bg-panel">
      <figcaption className="border-b border-line bg-sunken px-3 py-1 text-xs text-ink-3">{title}</figcaption>
      <div className="max-h-60 overflow-y-auto px-3 py-2 text-sm break-words whitespace-pre-wrap">{children}</div>
    </figure>
  )
}

function Piece({ text, changed, as: Tag }: { text: string; changed: boolean; as: 'del' | 'ins' }) {
  if (!changed || text === '') return <Fragment>{text}</Fragment>
  return (
    <Tag
      className={cx(
        'rounded-xs px-0.5',
        Tag === 'del' ? 'bg-bad-soft text-bad decoration-bad/60' : 'bg-good-soft text-good no-underline',
      )}
    >
      {text}
    </Tag>
  )
}
