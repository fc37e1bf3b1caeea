// How much of the log no one outside could vouch for.
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { Reply } from '../../api.ts'
import { formatNumber, plural } from '../../lib/format.ts'
import { cx } from '../../ui/class.ts'
import { Time } from '../../ui/time.tsx'

type Data = Reply<'GET', '/api/log'>['exposure']

export function Exposure({ exposure }: { exposure: Data }) {
  const { entries, since, publishers } = exposure
  const none = publishers.length === 0
  const Icon = entries === 0 ? CircleCheck : none ? TriangleAlert : CircleAlert
  return (
    <div className="text-sm">
      <div className="flex items-start gap-2.5">
        <Icon
          size={18}
          aria-hidden
          className={cx('mt-px shrink-0', entries === 0 ? 'text-good-mark' : 'text-warn-mark')}
        />
        <div>
          <p className="font-medium">
            {entries === 0
              ? 'Everything is vouched for outside'
              : `${plural(entries, 'entry', 'entries')} that only this machine vouches for`}
            {since && entries > 0 && (
              <span className="font-normal text-ink-2">
                , the oldest <Time at={since} />
              </span>
            )}
          </p>
          {none && (
            <p className="mt-1 text-pretty text-ink-2">
              No place outside gets the checkpoints yet. Add one under{' '}
              <code className="rounded-xs bg-sunken px-1 font-mono text-xs">log.publish</code> in parapet.yaml: a folder
              on another machine, a git repository, or a witness.
            </p>
          )}
        </div>
      </div>
      {publishers.length > 0 && (
        <ul className="mt-3 divide-y divide-line rounded-md border border-line">
          {publishers.map(({ id, kind, size, at, error }) => (
            <li key={id} className="px-3 py-2">
              <div className="flex items-center gap-2">
                {error ? (
                  <CircleAlert size={15} aria-hidden className="text-bad-mark" />
                ) : (
                  <CircleCheck size={15} aria-hidden className="text-good-mark" />
                )}
                <span className="font-medium">{id}</span>
                <span className="text-ink-3">{kind}</span>
                <span className="ml-auto text-xs text-ink-3">
                  {size === undefined ? 'nothing arrived yet' : `${formatNumber(size)} entries`}
                  {at && (
                    <>
                      {', '}
                      <Time at={at} />
                    </>
                  )}
                </span>
              </div>
              {error && <p className="mt-1 text-xs text-bad">{error}</p>}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
