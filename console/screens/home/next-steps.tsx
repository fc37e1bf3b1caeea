// What a new installation still lacks, worked out from what it has: a step that is done says so and drops to the end.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Boxes,
  ChevronRight,
  CircleCheck,
  CircleDashed,
  Fingerprint,
  KeyRound,
  type LucideIcon,
  Share2,
  ShieldCheck,
  UserPlus,
} from 'lucide-react'
import { read } from '../../api.ts'
import { useMay, useSession } from '../../session.ts'
import { cx } from '../../ui/class.ts'
import { Section } from '../../ui/page.tsx'
import { hasKept } from '../log/verifier.ts'
import { SkeletonLines } from '../../ui/states.tsx'

interface Step {
  id: string
  icon: LucideIcon
  title: string
  why: string
  to: string
  search?: Record<string, string>
  done: boolean
}

export function NextSteps() {
  const may = useMay()
  const { passkeys: possible } = useSession()
  const passkeys = useQuery(read('/api/me/passkeys'))
  const people = useQuery({ ...read('/api/accounts', { query: { limit: 2 } }), enabled: may('account:write') })
  const tokens = useQuery({ ...read('/api/tokens', { query: { limit: 1 } }), enabled: may('token:write') })
  const log = useQuery({ ...read('/api/log'), enabled: may('log:read') })
  const systems = useQuery({ ...read('/api/systems', { query: { limit: 1 } }), enabled: may('asset:write') })
  const asked = [passkeys, people, tokens, log, systems]
  if (asked.some(({ isLoading }) => isLoading)) {
    return (
      <Section title="What to do next">
        <SkeletonLines lines={4} />
      </Section>
    )
  }
  const steps: Step[] = [
    ...(systems.data
      ? [
          {
            id: 'system',
            icon: Boxes,
            title: 'Register your first system',
            why: 'Threats, controls and risk follow from what it is made of and a few answers.',
            to: '/inventory',
            search: { new: '1' },
            done: systems.data.total > 0,
          },
        ]
      : []),
    ...(possible && passkeys.data
      ? [
          {
            id: 'passkey',
            icon: Fingerprint,
            title: 'Add a passkey',
            why: 'Nobody can guess or phish it.',
            to: '/settings/account',
            done: passkeys.data.items.length > 0,
          },
        ]
      : []),
    ...(people.data
      ? [
          {
            id: 'people',
            icon: UserPlus,
            title: 'Invite a second person',
            why: 'One owner alone can lock everybody out.',
            to: '/settings/people',
            search: { new: '1' },
            done: people.data.items.length > 1,
          },
        ]
      : []),
    ...(log.data
      ? [
          {
            id: 'publish',
            icon: Share2,
            title: 'Publish checkpoints outside',
            why: 'Until one has left the house, whoever owns this machine could rewrite the log unnoticed.',
            to: '/log/checkpoints',
            done: log.data.exposure.publishers.length > 0,
          },
        ]
      : []),
    ...(tokens.data
      ? [
          {
            id: 'token',
            icon: KeyRound,
            title: 'Create an API token',
            why: 'For scripts and pipelines, with only the permissions they need.',
            to: '/settings/tokens',
            search: { new: '1' },
            done: tokens.data.items.length > 0,
          },
        ]
      : []),
    ...(log.data
      ? [
          {
            id: 'verify',
            icon: ShieldCheck,
            title: 'Verify the log in this browser',
            why: 'With the file that auditors use. From then on this browser notices a rollback.',
            to: '/log/verify',
            done: hasKept(),
          },
        ]
      : []),
  ]
  if (steps.length === 0) return null
  const open = steps.filter(({ done }) => !done)
  const done = steps.filter((step) => step.done)
  return (
    <Section
      title="What to do next"
      note={open.length === 0 ? 'All of it is done.' : `${done.length} of ${steps.length} done`}
    >
      <ul className="divide-y divide-line rounded-md border border-line">
        {[...open, ...done].map((step) => (
          <StepRow key={step.id} step={step} />
        ))}
      </ul>
    </Section>
  )
}

function StepRow({ step: { icon: Icon, title, why, to, search, done } }: { step: Step }) {
  return (
    <li className="group relative flex items-center gap-3.5 px-4 py-3 text-sm hover:bg-hover">
      {done ? (
        <CircleCheck size={18} aria-hidden className="shrink-0 text-good-mark" />
      ) : (
        <CircleDashed size={18} aria-hidden className="shrink-0 text-ink-3" />
      )}
      <div className="min-w-0 grow">
        <Link
          to={to}
          {...(search ? { search } : {})}
          data-row=""
          className={cx(
            'outline-none after:absolute after:inset-0 focus-visible:underline',
            done ? 'text-ink-2' : 'font-medium group-hover:text-accent-word',
          )}
        >
          {title}
          {done && <span className="sr-only"> (done)</span>}
        </Link>
        {!done && <p className="text-ink-2">{why}</p>}
      </div>
      {done ? (
        <span className="text-xs text-ink-3">Done</span>
      ) : (
        <Icon size={17} strokeWidth={1.75} aria-hidden className="shrink-0 text-ink-3" />
      )}
      {!done && <ChevronRight size={15} aria-hidden className="shrink-0 text-ink-3" />}
    </li>
  )
}
