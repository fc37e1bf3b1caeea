// What if? Supposes facts, choices and proofs, and shows exactly what would differ. Nothing is saved until somebody applies
// it, and then it comes out as shown: both are derived by the same function.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, read } from '../../api.ts'
import { inDays } from '../../lib/days.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useMay } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/page.tsx'
import { toast } from '../../ui/toast.tsx'
import { Suppose } from './suppose.tsx'
import { applySupposed, canApply, type Supposed, toAsked } from './supposed.ts'
import { Difference } from './what-if-difference.tsx'

interface WhatIfProps {
  system: string
  deploymentModel: string | undefined
  /** Begins with the cheapest plan in force. */
  withPlan: boolean
  onClose: () => void
}

export function WhatIf({ system, deploymentModel, withPlan, onClose }: WhatIfProps) {
  const plan = useQuery({ ...read('/api/systems/:id/plan', { params: { id: system } }), enabled: withPlan })
  return (
    <Dialog
      drawer
      title="What if…"
      description="Suppose that something were otherwise and see what differs. Nothing is saved."
      onClose={onClose}
    >
      {withPlan ? (
        <Loaded query={plan}>
          {({ measures }) => (
            <Bench
              system={system}
              deploymentModel={deploymentModel}
              start={measures.map(({ measure }) => ({ change: 'status', measure, status: 'proven' }))}
              onDone={onClose}
            />
          )}
        </Loaded>
      ) : (
        <Bench system={system} deploymentModel={deploymentModel} start={NOTHING} onDone={onClose} />
      )}
    </Dialog>
  )
}

const NOTHING: readonly Supposed[] = []

interface BenchProps {
  system: string
  deploymentModel: string | undefined
  start: readonly Supposed[]
  onDone: () => void
}

function Bench({ system, deploymentModel, start, onDone }: BenchProps) {
  const [supposed, setSupposed] = useState(start)
  const may = useMay()
  const asked = supposed.map(toAsked)
  const difference = useQuery({
    queryKey: ['/api/systems/:id/what-if', system, asked],
    queryFn: () => api.post('/api/systems/:id/what-if', { params: { id: system }, body: { changes: asked } }),
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <Suppose supposed={supposed} deploymentModel={deploymentModel} onChange={setSupposed} />
      {supposed.length > 0 && (
        <Section title="What would differ" above="normal">
          <Loaded query={difference}>{(data) => <Difference of={data} stale={difference.isPlaceholderData} />}</Loaded>
        </Section>
      )}
      {supposed.length > 0 &&
        (canApply(supposed) ? (
          may('risk:write') && may('asset:write') && <Apply system={system} supposed={supposed} onDone={onDone} />
        ) : (
          <p className="mt-6 border-t border-line pt-4 text-sm text-ink-2">
            A proof cannot be decided: that a measure holds is shown by the gateway, a scan, a test or somebody who
            vouches for it. Take the supposed proofs out to apply the rest.
          </p>
        ))}
    </>
  )
}

const LOOK_AGAIN_DAYS = 90

function Apply({ system, supposed, onDone }: { system: string; supposed: readonly Supposed[]; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(() => inDays(LOOK_AGAIN_DAYS))
  const refresh = useRefresh()
  const selects = supposed.some(({ change }) => change === 'selection')
  const leavesOut = supposed.some((one) => one.change === 'selection' && one.decision === 'not-needed')
  const form = useSubmit(async () => {
    try {
      await applySupposed(system, supposed, { reason, until })
    } finally {
      await refresh()
    }
    toast('It is so now, and came out as shown.')
    onDone()
  })
  return (
    <div className="mt-6">
      <Form form={form} action="Make it so" onCancel={onDone} cancel="Save nothing" ground="framed">
        {selects && (
          <TextArea
            label="Why, for whoever reads this in a year"
            required
            maxLength={2000}
            value={reason}
            error={form.errorAt('reason')}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        {leavesOut && (
          <TextField
            label="Left out until"
            type="date"
            required
            value={until}
            error={form.errorAt('until')}
            onChange={(event) => setUntil(event.target.value)}
          />
        )}
      </Form>
    </div>
  )
}
