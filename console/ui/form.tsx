// A form that sends something: what is wrong above its fields, Cancel and the deed below them.
import type { ReactNode } from 'react'
import type { Submission } from '../lib/submit.ts'
import { Button } from './button.tsx'
import { cx } from './class.ts'
import { Problem } from './states.tsx'

interface FormProps {
  form: Submission
  /** What sending it does, in two words. */
  action: string
  onCancel: () => void
  cancel?: string
  /** Whether it may be sent; the fields say why not. */
  ready?: boolean
  /** What else may be done here. */
  more?: ReactNode
  /** On a page it stands on a ground of its own; in a dialog it does not. */
  ground?: 'sunken' | 'framed' | undefined
  children: ReactNode
}

const GROUNDS = { sunken: 'rounded-md bg-sunken p-3', framed: 'rounded-md border border-line p-3' }

export function Form({ form, action, onCancel, cancel = 'Cancel', ready = true, more, ground, children }: FormProps) {
  return (
    <form onSubmit={form.submit} className={cx('grid', ground ? 'gap-3' : 'gap-4', ground && GROUNDS[ground])}>
      <Problem error={form.error} />
      {children}
      <footer className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{cancel}</Button>
        {more}
        <Button type="submit" variant="primary" busy={form.busy} disabled={!ready}>
          {action}
        </Button>
      </footer>
    </form>
  )
}
