// Budgets: what is spent, reserved and left of each in its present period.
import { PiggyBank, Plus } from 'lucide-react'
import { useState } from 'react'
import { api, read, type Reply } from '../../api.ts'
import { formatNumber } from '../../lib/format.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm, Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { List, usePage } from '../../ui/list.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Badge } from '../../ui/status.tsx'
import type { Column } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useSystemNames } from '../system/system-names.tsx'
import { useKeyNames } from './use-key-names.ts'
import { toMoney } from './words.ts'

type Budget = Reply<'GET', '/api/budgets'>['items'][number]
type Doing = { what: 'change' | 'close' | 'release'; budget: Budget }

const PERIOD_WORDS = { hour: 'an hour', day: 'a day', week: 'a week', month: 'a month', total: 'in all' } as const

const say = (unit: Budget['unit'], amount: number) =>
  unit === 'usd' ? toMoney(amount) : `${formatNumber(amount)} tokens`

export function Budgets() {
  const [, set] = useWords()
  const may = useMay()
  const nameOf = useKeyNames()
  const systemOf = useSystemNames()
  const [doing, setDoing] = useState<Doing>()
  const query = usePage((page) => read('/api/budgets', { query: { ...page } }))
  const create = may('budget:write') && (
    <Button variant="primary" icon={Plus} onClick={() => set({ new: 'budget' })}>
      Set a budget
    </Button>
  )
  return (
    <>
      {query.data && query.data.items.length > 0 && <div className="mb-3 flex justify-end">{create}</div>}
      <List
        label="Budgets"
        columns={columns(nameOf, systemOf, may('budget:write') ? setDoing : undefined)}
        page={query}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon={PiggyBank} title="No budgets yet" action={create}>
            A budget stops calls before they cost more than you set: of a key, a system, a model, or of all together.
          </EmptyState>
        }
      />
      {doing && <Do doing={doing} onClose={() => setDoing(undefined)} />}
    </>
  )
}

function columns(
  nameOf: (key: string) => string,
  systemOf: (id: string) => string,
  act: ((doing: Doing) => void) | undefined,
): readonly Column<Budget>[] {
  return [
    {
      id: 'name',
      head: 'Budget',
      className: 'w-28 md:w-56',
      cell: ({ name, key, asset, model, state }) => (
        <>
          <span className="font-medium">{name}</span> {state === 'closed' && <Badge>Closed</Badge>}
          <span className="block text-xs text-ink-3">
            {[key && `key ${nameOf(key)}`, asset && systemOf(asset), model && `model ${model}`]
              .filter(Boolean)
              .join(', ') || 'all calls'}
          </span>
        </>
      ),
    },
    { id: 'bar', head: 'Used', cell: (budget) => <Used budget={budget} /> },
    {
      id: 'left',
      head: 'Left',
      end: true,
      hide: 'md',
      className: 'tabular w-32',
      cell: ({ unit, now }) => say(unit, now.left),
    },
    {
      id: 'renews',
      head: 'Begins anew',
      hide: 'lg',
      className: 'w-32',
      cell: ({ renewsAt, state }) =>
        renewsAt !== undefined && state === 'open' ? <Time at={renewsAt} /> : <span className="text-ink-3">never</span>,
    },
    ...(act === undefined
      ? []
      : [
          {
            id: 'do',
            head: 'Actions',
            end: true,
            className: 'w-20 md:w-44',
            cell: (budget: Budget) =>
              budget.state === 'open' && (
                <span className="inline-flex flex-wrap justify-end gap-1.5">
                  {budget.now.lost > 0 && (
                    <Button
                      small
                      aria-label={`Release ${budget.name}`}
                      onClick={() => act({ what: 'release', budget })}
                    >
                      Release
                    </Button>
                  )}
                  <Button small aria-label={`Change ${budget.name}`} onClick={() => act({ what: 'change', budget })}>
                    Change
                  </Button>
                  <Button small aria-label={`Close ${budget.name}`} onClick={() => act({ what: 'close', budget })}>
                    Close
                  </Button>
                </span>
              ),
          },
        ]),
  ]
}

/** Spent is full, reserved and lost are hatched by their own shade; the words beside say the same. */
function Used({ budget: { unit, period, now } }: { budget: Budget }) {
  const share = (amount: number) => Math.min(100, (amount / now.limit) * 100)
  const [spent, reserved, lost] = [share(now.spent), share(now.reserved), share(now.lost)]
  return (
    <div className="min-w-24 md:min-w-40">
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" className="mt-1 h-2.5 w-full" aria-hidden>
        <rect width="100" height="8" className="fill-sunken" />
        <rect width={spent} height="8" className={spent >= 90 ? 'fill-bad-mark' : 'fill-accent'} />
        <rect x={spent} width={reserved} height="8" className="fill-warn-mark" />
        <rect x={spent + reserved} width={lost} height="8" className="fill-note-mark" />
      </svg>
      <p className="mt-1 text-xs text-ink-2">
        {say(unit, now.spent)} of {say(unit, now.limit)} {PERIOD_WORDS[period]} spent
        {now.reserved > 0 && `, ${say(unit, now.reserved)} reserved`}
        {now.lost > 0 && `, ${say(unit, now.lost)} lost`}
      </p>
    </div>
  )
}

function Do({ doing: { what, budget }, onClose }: { doing: Doing; onClose: () => void }) {
  const refresh = useRefresh()
  const params = { id: budget.id }
  if (what === 'change') return <Change budget={budget} onClose={onClose} />
  if (what === 'close')
    return (
      <Confirm
        title={`Close ${budget.name}?`}
        typed={budget.name}
        action="Close the budget"
        onClose={onClose}
        onConfirm={async () => {
          await api.post('/api/budgets/:id/close', { params })
          await refresh()
        }}
      >
        It limits nothing any more. What was spent stays on record.
      </Confirm>
    )
  return (
    <Confirm
      title={`Release ${say(budget.unit, budget.now.lost)}?`}
      action="Release it"
      onClose={onClose}
      onConfirm={async () => {
        await api.post('/api/budgets/:id/release', { params })
        await refresh()
      }}
    >
      Processes had reserved it when they fell silent, so it counts as spent. Look at the bill of the provider first.
    </Confirm>
  )
}

function Change({ budget, onClose }: { budget: Budget; onClose: () => void }) {
  const refresh = useRefresh()
  const [limit, setLimit] = useState(String(budget.now.limit))
  const form = useSubmit(async () => {
    await api.patch('/api/budgets/:id', { params: { id: budget.id }, body: { [budget.unit]: Number(limit) } })
    await refresh()
    onClose()
  })
  return (
    <Dialog title={`Change ${budget.name}`} onClose={onClose}>
      <Form form={form} action="Save" onCancel={onClose}>
        <TextField
          label={budget.unit === 'usd' ? 'Dollars' : 'Tokens'}
          type="number"
          min={0}
          step="any"
          required
          value={limit}
          error={form.errorAt(budget.unit)}
          onChange={({ target }) => setLimit(target.value)}
        />
      </Form>
    </Dialog>
  )
}
