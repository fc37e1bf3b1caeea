// Two people changed the same fields: both values side by side with what was there before, and one choice for each.
// Nothing is chosen beforehand; what only one of them changed is merged without asking.
import { useId, useState } from 'react'
import { plural, toWords } from '../lib/format.ts'
import { Button } from './button.tsx'
import { cx } from './class.ts'

export interface Clash {
  /** As in `owners.risk`. */
  field: string
  /** Absent: it was empty. */
  base?: unknown
  mine?: unknown
  theirs?: unknown
}

export type Side = 'mine' | 'theirs'

interface MergeProps {
  clashes: readonly Clash[]
  /** Who made the other change, and when, in words. */
  by?: string
  busy?: boolean
  onMerge: (choices: Readonly<Record<string, Side>>) => void
  onCancel: () => void
}

export function Merge({ clashes, by, busy = false, onMerge, onCancel }: MergeProps) {
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({})
  const open = clashes.filter(({ field }) => !choices[field]).length
  return (
    <div role="group" aria-label="Conflicting changes" className="grid gap-4 text-sm">
      <div role="alert" className="rounded-md bg-warn-soft px-3 py-2.5 text-warn">
        <p className="font-medium">
          {by ?? 'Somebody'} changed {plural(clashes.length, 'field')} that you changed as well.
        </p>
        <p>Nothing is saved yet. Choose what shall hold; everything else of both changes is kept.</p>
      </div>
      <ul className="grid gap-4">
        {clashes.map(({ field, base, mine, theirs }) => (
          <li key={field}>
            <fieldset>
              <legend className="mb-1.5 font-medium">
                {toWords(field)} <span className="font-normal text-ink-3">was {say(base)}</span>
              </legend>
              <div className="grid gap-2 sm:grid-cols-2">
                <Version
                  name={field}
                  title="Yours"
                  value={mine}
                  chosen={choices[field] === 'mine'}
                  onChoose={() => setChoices({ ...choices, [field]: 'mine' })}
                />
                <Version
                  name={field}
                  title="Theirs"
                  value={theirs}
                  chosen={choices[field] === 'theirs'}
                  onChoose={() => setChoices({ ...choices, [field]: 'theirs' })}
                />
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      <footer className="flex items-center justify-end gap-2">
        {open > 0 && <span className="mr-auto text-xs text-ink-3">{plural(open, 'choice')} to make</span>}
        <Button onClick={onCancel}>Keep editing</Button>
        <Button variant="primary" busy={busy} disabled={open > 0} onClick={() => onMerge(choices)}>
          Save the merged version
        </Button>
      </footer>
    </div>
  )
}

interface VersionProps {
  name: string
  title: string
  value: unknown
  chosen: boolean
  onChoose: () => void
}

function Version({ name, title, value, chosen, onChoose }: VersionProps) {
  const id = useId()
  return (
    <div
      className={cx(
        'relative flex items-start gap-2.5 rounded-sm border px-3 py-2',
        'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
        chosen ? 'border-accent bg-accent-soft' : 'border-line-strong/55 hover:bg-sunken',
      )}
    >
      <input
        id={id}
        type="radio"
        name={`merge-${name}`}
        checked={chosen}
        onChange={onChoose}
        className="relative z-1 mt-1 accent-accent outline-none"
      />
      <label htmlFor={id} className="min-w-0 cursor-pointer after:absolute after:inset-0">
        <span className="block text-xs text-ink-3">{title}</span>
        <span className="block font-medium break-words">{say(value)}</span>
      </label>
    </div>
  )
}

function say(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'empty'
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return JSON.stringify(value)
}
