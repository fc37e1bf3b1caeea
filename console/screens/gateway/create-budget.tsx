// Sets how much may be spent, by whom and in which time.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { BUDGET_PERIODS, BUDGET_UNITS } from '../../../src/model/budget.ts'
import { api, read } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Problem } from '../../ui/states.tsx'

const UNIT_WORDS = { usd: 'Dollars', tokens: 'Tokens' } as const
const PERIOD_WORDS = {
  hour: 'Each hour',
  day: 'Each day',
  week: 'Each week',
  month: 'Each month',
  total: 'In all',
} as const
const BLANK = { name: '', unit: 'usd', amount: '', period: 'month', key: '', asset: '', model: '' }

export function CreateBudget({ onClose }: { onClose: () => void }) {
  const refresh = useRefresh()
  const [draft, setDraft] = useState(BLANK)
  const keys = useQuery(read('/api/keys', { query: { limit: 200 } }))
  const systems = useQuery(read('/api/systems', { query: { limit: 200 } }))
  const { busy, error, errorAt, submit } = useSubmit(async () => {
    const { name, unit, amount, period, key, asset, model } = draft
    await api.post('/api/budgets', {
      body: {
        name,
        [unit]: Number(amount),
        period: BUDGET_PERIODS.find((one) => one === period),
        ...(key === '' ? {} : { key }),
        ...(asset === '' ? {} : { asset }),
        ...(model === '' ? {} : { model }),
      },
    })
    await refresh()
    onClose()
  })
  const field = (name: keyof typeof BLANK, path: string = name) => ({
    value: draft[name],
    error: errorAt(path),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  const everyone = { value: '', label: 'All' }
  return (
    <Dialog title="Set a budget" onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <Problem error={error} />
        <TextField label="Name" required autoComplete="off" placeholder="support in production" {...field('name')} />
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField label="At most" type="number" min={0} step="any" required {...field('amount', draft.unit)} />
          <SelectField
            label="Unit"
            options={BUDGET_UNITS.map((value) => ({ value, label: UNIT_WORDS[value] }))}
            {...field('unit')}
          />
          <SelectField
            label="Period"
            options={BUDGET_PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value] }))}
            {...field('period')}
          />
        </div>
        <SelectField
          label="Key"
          options={[everyone, ...(keys.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          {...field('key')}
        />
        <SelectField
          label="System"
          options={[everyone, ...(systems.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]}
          {...field('asset')}
        />
        <TextField
          label="Model"
          autoComplete="off"
          placeholder="every model"
          hint="A * stands for any characters."
          {...field('model')}
        />
        <footer className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Set the budget
          </Button>
        </footer>
      </form>
    </Dialog>
  )
}
