// Records a review: what was concluded, and what has to be done, by whom and until when.
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useRefresh } from '../../lib/refresh.ts'
import { useSubmit } from '../../lib/submit.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextArea, TextField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { oneOf, toOptions } from '../inventory/words.ts'
import { OUTCOME_WORDS } from './review-words.ts'

interface Todo {
  key: number
  what: string
  owner: string
  due: string
}

export function HoldReview({ system, onClose }: { system: string; onClose: () => void }) {
  const [outcome, setOutcome] = useState<keyof typeof OUTCOME_WORDS>('fit')
  const [summary, setSummary] = useState('')
  const [todos, setTodos] = useState<readonly Todo[]>([])
  const refresh = useRefresh()
  const form = useSubmit(async () => {
    const findings = todos.map(({ what, owner, due }) => ({ what, owner, due: `${due}T23:59:59Z` }))
    await api.post('/api/reviews', { body: { system, outcome, summary, findings } })
    await refresh()
    toast('The review is recorded.')
    onClose()
  })
  const change = (key: number, part: Partial<Todo>) =>
    setTodos(todos.map((todo) => (todo.key === key ? { ...todo, ...part } : todo)))
  return (
    <Dialog
      drawer
      title="Record a review"
      description="The risks as they are now are kept with it; the next review is due when they get worse, and after 90 days."
      onClose={onClose}
    >
      <Form form={form} action="Record the review" onCancel={onClose}>
        <SelectField
          label="Conclusion"
          value={outcome}
          options={toOptions(OUTCOME_WORDS)}
          onChange={(event) => setOutcome(oneOf(OUTCOME_WORDS, event.target.value) ?? outcome)}
        />
        <TextArea
          label="What was looked at, and what came of it?"
          required
          maxLength={2000}
          value={summary}
          error={form.errorAt('summary')}
          onChange={(event) => setSummary(event.target.value)}
        />
        {todos.map((todo, i) => (
          <fieldset key={todo.key} className="grid gap-3 rounded-md border border-line p-3 sm:grid-cols-2">
            <legend className="px-1 text-sm font-medium">Finding {i + 1}</legend>
            <div className="sm:col-span-2">
              <TextField
                label="What has to be done?"
                required
                maxLength={300}
                value={todo.what}
                error={form.errorAt(`findings[${i}].what`)}
                onChange={(event) => change(todo.key, { what: event.target.value })}
              />
            </div>
            <TextField
              label="By whom?"
              required
              value={todo.owner}
              error={form.errorAt(`findings[${i}].owner`)}
              onChange={(event) => change(todo.key, { owner: event.target.value })}
            />
            <TextField
              label="Until when?"
              type="date"
              required
              value={todo.due}
              error={form.errorAt(`findings[${i}].due`)}
              onChange={(event) => change(todo.key, { due: event.target.value })}
            />
            <div>
              <Button small variant="quiet" icon={Trash2} onClick={() => setTodos(todos.filter((one) => one !== todo))}>
                Remove the finding
              </Button>
            </div>
          </fieldset>
        ))}
        <div>
          <Button
            icon={Plus}
            onClick={() => setTodos([...todos, { key: (todos.at(-1)?.key ?? 0) + 1, what: '', owner: '', due: '' }])}
          >
            Add a finding
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
