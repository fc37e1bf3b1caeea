// One question about an asset, in a drawer with an address: what each source claims, and one's own answer.
import { useState } from 'react'
import type { FactValue } from '../../../src/model/fact.ts'
import { api } from '../../api.ts'
import { toWords } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useSession } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FactField, Value } from '../../ui/fact-field.tsx'
import { Section } from '../../ui/page.tsx'
import { Problem } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { toast, toastError } from '../../ui/toast.tsx'
import { RefList } from '../catalog/parts.tsx'
import { useNames } from '../log/names.tsx'
import type { Known } from './known.ts'

interface AnswerFactProps {
  asset: string
  known: Known
  mayAnswer: boolean
  onClose: () => void
}

export function AnswerFact({ asset, known, mayAnswer, onClose }: AnswerFactProps) {
  const { account } = useSession()
  const refresh = useRefresh()
  const mine = known.claims.find(({ source, by }) => source === 'answered' && by === account?.id)
  const [value, setValue] = useState<FactValue | undefined>(mine?.value ?? undefined)
  const params = { id: asset }
  const changed = JSON.stringify(value) !== JSON.stringify(mine?.value ?? undefined)
  const form = useSubmit(async () => {
    if (value === undefined) await api.post('/api/assets/:id/facts/withdraw', { params, body: { key: known.id } })
    else await api.post('/api/assets/:id/facts', { params, body: { key: known.id, value: toSent(value) } })
    await refresh()
    toast(value === undefined ? 'Your answer is taken back.' : 'Your answer is recorded.')
    onClose()
  })
  async function withdraw({ source, by }: Known['claims'][number]) {
    try {
      await api.post('/api/assets/:id/facts/withdraw', { params, body: { key: known.id, source, by } })
      await refresh()
    } catch (error) {
      toastError(error)
    }
  }
  return (
    <Dialog
      drawer
      title={known.question}
      description={<code className="font-mono text-xs">{known.id}</code>}
      onClose={onClose}
    >
      {known.isContested && (
        <p className="mb-4 rounded-md bg-warn-soft px-3 py-2.5 text-sm text-warn">
          Sources disagree, so it counts as not known and raises what depends on it. It is settled when they say the
          same: correct the source that is wrong, or take its claim back.
        </p>
      )}
      {known.read?.value !== undefined && (
        <p className="mb-4 rounded-md bg-sunken px-3 py-2.5 text-sm">
          It holds today: <Value value={known.read.value} /> <span className="text-ink-3">{known.read.origin}</span>
        </p>
      )}
      {mayAnswer && (
        <form onSubmit={form.submit} className="grid gap-4">
          <Problem error={form.error} />
          <FactField
            of={known}
            value={value}
            onChange={setValue}
            hint="Your answer, in your name. “Not known” takes it back."
          />
          <div>
            <Button type="submit" variant="primary" busy={form.busy} disabled={!changed}>
              Record my answer
            </Button>
          </div>
        </form>
      )}
      <Section title="What sources claim" count={known.claims.length} above="less">
        <Claims known={known} onWithdraw={mayAnswer ? (claim) => void withdraw(claim) : undefined} />
      </Section>
      <Section title="Threats that read it" count={known.readBy.length} above="less">
        {known.readBy.length > 0 ? (
          <RefList items={known.readBy} />
        ) : (
          <p className="text-sm text-ink-2">None directly; it weighs in likelihood and responsibility.</p>
        )}
      </Section>
    </Dialog>
  )
}

interface ClaimsProps {
  known: Known
  onWithdraw: ((claim: Known['claims'][number]) => void) | undefined
}

function Claims({ known: { claims, usuallyFrom }, onWithdraw }: ClaimsProps) {
  const nameOf = useNames()
  if (claims.length === 0) {
    return (
      <p className="text-sm text-ink-2">
        Nobody has said anything yet. This is usually answered by the {toWords(usuallyFrom).toLowerCase()}.
      </p>
    )
  }
  return (
    <ul className="grid gap-2 sm:grid-cols-2">
      {claims.map((claim) => (
        <li key={claim.id} className="rounded-md border border-line p-3 text-sm">
          <p>
            <Value value={claim.value} />
          </p>
          <p className="mt-1 text-xs break-words text-ink-2">
            {toWords(claim.source)} by {nameOf('account', claim.by) ?? claim.by}
          </p>
          <p className="text-xs text-ink-3">
            <Time at={claim.observedAt} />
            {claim.confidence < 1 && `, ${Math.round(claim.confidence * 100)} % sure`}
          </p>
          {onWithdraw && (
            <Button small variant="quiet" className="mt-1 -ml-2" onClick={() => onWithdraw(claim)}>
              Take this claim back
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

const toSent = (value: FactValue) => (typeof value === 'boolean' || typeof value === 'string' ? value : [...value])
