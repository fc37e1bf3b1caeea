// The steps of a verification, as the verifier named them, and its verdict.
import { CircleCheck, CircleX, ShieldAlert, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../../ui/class.ts'
import { TextLink } from '../../ui/link.tsx'
import type { Step, Verdict } from './verifier.ts'

const NAMES: Readonly<Record<string, string>> = {
  format: 'Format',
  key: 'Public key',
  checkpoint: 'Signed checkpoint',
  handover: 'Changes of key',
  entry: 'Entry in the tree',
  entries: 'Entries in the tree',
  personal: 'Personal fields',
  attachments: 'Attached files',
  history: 'Extends what was seen before',
}

export function VerdictView({ verdict, children }: { verdict: Verdict; children?: ReactNode }) {
  const failed = verdict.steps.find(({ ok }) => !ok)
  const Icon = verdict.ok ? ShieldCheck : ShieldAlert
  return (
    <div
      role="status"
      data-verdict={verdict.ok ? 'ok' : (failed?.code ?? 'failed')}
      className="animate-appear overflow-hidden rounded-md border border-line"
    >
      <div
        className={cx(
          'flex items-start gap-3 px-4 py-3',
          verdict.ok ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad',
        )}
      >
        <Icon size={20} aria-hidden className="mt-px shrink-0" />
        <div className="min-w-0">
          <p className="font-semibold">{verdict.ok ? 'Verified in this browser' : 'This does not verify'}</p>
          <p className="text-sm">{verdict.ok ? children : failed?.message}</p>
        </div>
      </div>
      <ol className="divide-y divide-line text-sm">
        {verdict.steps.map((step) => (
          <StepRow key={step.step + step.message} step={step} />
        ))}
      </ol>
    </div>
  )
}

function StepRow({ step }: { step: Step }) {
  const Icon = step.ok ? CircleCheck : CircleX
  return (
    <li className="flex items-start gap-2.5 px-4 py-2">
      <Icon size={16} aria-hidden className={cx('mt-0.5 shrink-0', step.ok ? 'text-good-mark' : 'text-bad-mark')} />
      <span className="w-44 shrink-0 max-md:w-28">
        <span className="sr-only">{step.ok ? 'Passed: ' : 'Failed: '}</span>
        {NAMES[step.step] ?? step.step}
      </span>
      <span className={cx('min-w-0', step.ok ? 'text-ink-2' : 'text-bad')}>
        {step.message}
        {step.code && <span className="ml-2 font-mono text-xs">{step.code}</span>}
        {step.index !== undefined && (
          <TextLink to="/log/$index" params={{ index: String(step.index) }} className="ml-2 text-xs">
            entry {step.index}
          </TextLink>
        )}
      </span>
    </li>
  )
}
