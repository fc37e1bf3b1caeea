// Sets how much may be spent, by whom and in which time.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BudgetPeriod, BudgetUnit } from '../../../src/model/budget.ts'
import { api, read } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { ThingField } from '../../ui/thing-field.tsx'
import { SystemField } from '../system/system-field.tsx'

const UNIT_WORDS: Readonly<Record<BudgetUnit, string>> = { usd: 'Dollars', tokens: 'Tokens' }
const UNITS = Object.keys(UNIT_WORDS) as readonly BudgetUnit[]
const PERIOD_WORDS: Readonly<Record<BudgetPeriod, string>> = {
  hour: 'Each hour',
  day: 'Each day',
  week: 'Each week',
  month: 'Each month',
  total: 'In all',
}
const PERIODS = Object.keys(PERIOD_WORDS) as readonly BudgetPeriod[]
const BLANK = { name: '', unit: 'usd', amount: '', period: 'month', key: '', asset: '', model: '' }

export function CreateBudget({ onClose }: { onClose: () => void }) {
  const refresh = useRefresh()
  const [draft, setDraft] = useState(BLANK)
  const keys = useQuery(read('/api/keys', { query: { limit: 200 } }))
  const form = useSubmit(async () => {
    const { name, unit, amount, period, key, asset, model } = draft
    await api.post('/api/budgets', {
      body: {
        name,
        [unit]: Number(amount),
        period: PERIODS.find((one) => one === period),
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
    error: form.errorAt(path),
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  })
  return (
    <Dialog title="Set a budget" onClose={onClose}>
      <Form form={form} action="Set the budget" onCancel={onClose}>
        <TextField label="Name" required autoComplete="off" placeholder="support in production" {...field('name')} />
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField label="At most" type="number" min={0} step="any" required {...field('amount', draft.unit)} />
          <SelectField
            label="Unit"
            options={UNITS.map((value) => ({ value, label: UNIT_WORDS[value] }))}
            {...field('unit')}
          />
          <SelectField
            label="Period"
            options={PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value] }))}
            {...field('period')}
          />
        </div>
        <ThingField label="Key" none="All" known={keys.data} {...field('key')} />
        <SystemField label="System" none="All" {...field('asset')} />
        <TextField
          label="Model"
          autoComplete="off"
          placeholder="every model"
          hint="A * stands for any characters."
          {...field('model')}
        />
      </Form>
    </Dialog>
  )
}
