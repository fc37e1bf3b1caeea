// A status that answers "why?": the reason in words, what is covered, and when the answer changes by itself.
import { CircleQuestionMark } from 'lucide-react'
import type { ReactNode } from 'react'
import type { StatusReport } from '../../src/model/status.ts'
import { plural } from '../lib/format.ts'
import { Coverage } from './coverage.tsx'
import { Popover } from './popover.tsx'
import { Said } from './said.tsx'
import { Status, STATUS_WORDS } from './status.tsx'
import { Time } from './time.tsx'

interface WhyProps {
  /** Lists know the reason only; pages know what it rests on. */
  report: Pick<StatusReport, 'status' | 'reason'> &
    Partial<Omit<StatusReport, 'validUntil'>> & { validUntil?: string | undefined }
  /** What it is the status of, for a screen reader that reads the button alone. */
  of: string
  /** Links to the proofs, or to what would mend it. */
  children?: ReactNode
}

export function Why({ report, of, children }: WhyProps) {
  const { status, reason, evidence, coverage, failing, validUntil } = report
  return (
    <Popover
      label={`Why ${of} is ${STATUS_WORDS[status].toLowerCase()}`}
      button={(props) => (
        <button
          type="button"
          {...props}
          aria-label={`${STATUS_WORDS[status]}: why? (${of})`}
          className="group/why inline-flex items-center gap-1 rounded-full text-ink-3 hover:text-ink"
        >
          <Status is={status} />
          <CircleQuestionMark size={13} aria-hidden className="opacity-55 group-hover/why:opacity-100" />
        </button>
      )}
    >
      {() => (
        <div className="grid gap-3">
          <p className="text-pretty">
            <Said text={reason} />
          </p>
          {coverage && <Coverage coverage={coverage} />}
          {failing && failing.length > 0 && (
            <p className="text-xs text-ink-2">
              It does not hold for <b className="font-medium text-ink">{failing.join(', ')}</b>.
            </p>
          )}
          {evidence && (
            <p className="text-xs text-ink-3">
              {evidence.length === 0 ? 'No proof yet.' : `Rests on ${plural(evidence.length, 'proof')}.`}
            </p>
          )}
          {validUntil && (
            <p className="text-xs text-ink-3">
              Stays so until <Time at={validUntil} absolute />.
            </p>
          )}
          {children}
        </div>
      )}
    </Popover>
  )
}
