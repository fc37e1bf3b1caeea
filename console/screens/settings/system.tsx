// The installation itself: version, store, health, room on the disk.
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { read, type Reply } from '../../api.ts'
import { formatAbsolute, formatBytes, formatDuration, toWords } from '../../lib/format.ts'
import { cx } from '../../ui/class.ts'
import { Code } from '../../ui/code.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { Time } from '../../ui/time.tsx'

type Data = Reply<'GET', '/api/system'>

export function System() {
  const query = useQuery({ ...read('/api/system'), refetchInterval: 30_000 })
  return (
    <Page title="System" lead="What runs here and whether it can do its work.">
      <Loaded query={query}>
        {(system) => (
          <>
            <Section title="Health">
              <Checks checks={system.checks} />
            </Section>
            <div className="mt-8 grid gap-8 md:grid-cols-2">
              <Section title="Software">
                <Facts
                  rows={[
                    ['Parapet', system.version],
                    ['Node', system.node],
                    ['Catalogue', system.catalogVersion],
                    ['Store', system.store === 'sqlite' ? 'SQLite, embedded' : 'PostgreSQL'],
                    ['Address', system.publicUrl],
                  ]}
                />
              </Section>
              <Section title="Machine" above="none">
                <Facts
                  rows={[
                    ['Started', <Time key="at" at={system.startedAt} />],
                    ['Up for', formatDuration(system.uptimeSeconds)],
                    ['Memory', formatBytes(system.memoryBytes)],
                    ['Data folder', <Code key="dir">{system.dataDir.path}</Code>],
                    system.dataDir.freeBytes !== undefined && ['Free space', <Room key="room" {...system.dataDir} />],
                  ]}
                />
              </Section>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

const CHECK_NAMES = { store: 'Store', log: 'Evidence log', record: 'Record of calls', clock: 'Clock' } as const
const LOOK = {
  good: { Icon: CircleCheck, colour: 'text-good-mark', word: 'Good' },
  warning: { Icon: TriangleAlert, colour: 'text-warn-mark', word: 'Warning' },
  failing: { Icon: CircleAlert, colour: 'text-bad-mark', word: 'Failing' },
} as const

export function Checks({ checks }: { checks: Data['checks'] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {checks.map(({ id, state, note }) => {
        const { Icon, colour, word } = LOOK[state]
        return (
          <li key={id} className="flex items-start gap-3 px-4 py-2.5 text-sm">
            <Icon size={17} aria-hidden className={cx('mt-px shrink-0', colour)} />
            <span className="w-28 shrink-0 font-medium">{CHECK_NAMES[id]}</span>
            <span className="text-ink-2">
              <span className="sr-only">{word}: </span>
              {note ? withDates(note) : toWords(state)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** Times that a note names, as people read them. */
const withDates = (note: string) => note.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => formatAbsolute(at))

function Room({ freeBytes = 0, totalBytes }: Data['dataDir']) {
  if (!totalBytes) return <>{formatBytes(freeBytes)}</>
  return (
    <span>
      {formatBytes(freeBytes)} of {formatBytes(totalBytes)}
      <meter
        min={0}
        max={totalBytes}
        value={totalBytes - freeBytes}
        high={totalBytes * 0.9}
        aria-label="Disk used"
        className="mt-1 block h-2 w-full max-w-56"
      />
    </span>
  )
}
