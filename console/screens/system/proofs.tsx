// Proofs as rows: what was shown, by whom, and how long that counts. Each leads to its leaf in the log.
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleX } from 'lucide-react'
import type { Reply } from '../../api.ts'
import { formatDay, plural, toWords } from '../../lib/format.ts'
import { DecayLine } from '../../ui/decay-line.tsx'
import { Time } from '../../ui/time.tsx'

type Proof = Reply<'GET', '/api/systems/:id'>['evidence'][number]

interface ProofsProps {
  proofs: readonly Proof[]
  /** When the page speaks of another day. */
  at?: string
  /** How long a proof of this kind counts, as in `24h`; `release`: until the next one. */
  lasts?: string
  /** Shows how they age. */
  ages?: boolean
}

export function Proofs({ proofs, at, lasts, ages = false }: ProofsProps) {
  if (proofs.length === 0) {
    return (
      <p className="max-w-[68ch] text-sm text-ink-2">
        Nothing has been proven yet. Proofs come from the gateway, from scans and attack tests, and where nothing else
        can show it, from a person who vouches for it.
      </p>
    )
  }
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {proofs.map((proof) => (
        <li
          key={proof.id}
          className="group relative grid gap-x-4 gap-y-1.5 px-4 py-2.5 text-sm hover:bg-hover sm:grid-cols-[1.125rem_minmax(0,1fr)_auto]"
        >
          {proof.supports ? (
            <CircleCheck size={17} aria-hidden className="mt-px text-good-mark" />
          ) : (
            <CircleX size={17} aria-hidden className="mt-px text-bad-mark" />
          )}
          <div className="min-w-0">
            <p>
              <Link
                to="/log/$index"
                params={{ index: String(proof.entry) }}
                className="font-medium outline-none after:absolute after:inset-0 group-hover:text-accent-word focus-visible:underline"
              >
                {proof.supports ? 'Holds' : 'Does not hold'}
              </Link>
              <span className="ml-2 font-mono text-2xs break-all text-ink-3">{proof.measure}</span>
            </p>
            {proof.note && <p className="break-words text-ink-2">{proof.note}</p>}
            <p className="text-xs break-words text-ink-3">
              {toWords(proof.kind)} by {proof.collector}
              {proof.population &&
                `, ${proof.population.covered.length} of ${plural(proof.population.names.length, proof.population.of)}`}
              {proof.failing.length > 0 && `; not for ${proof.failing.slice(0, 3).join(', ')}`}
              {proof.release && `, release ${proof.release}`}
            </p>
            {ages && (
              <div className="mt-1.5">
                <DecayLine
                  observedAt={proof.observedTo}
                  validUntil={proof.validUntil ?? endOf(proof.observedTo, lasts)}
                  at={at}
                />
              </div>
            )}
          </div>
          <span className="text-xs text-ink-3" title={`arrived ${formatDay(proof.receivedAt)}`}>
            <Time at={proof.observedTo} />
          </span>
        </li>
      ))}
    </ul>
  )
}

const HOUR_MS = 3_600_000

function endOf(from: string, lasts = 'release'): string | undefined {
  const { count, unit } = /^(?<count>\d+)(?<unit>[hd])$/.exec(lasts)?.groups ?? {}
  if (count === undefined) return undefined
  return new Date(Date.parse(from) + Number(count) * (unit === 'd' ? 24 : 1) * HOUR_MS).toISOString()
}
