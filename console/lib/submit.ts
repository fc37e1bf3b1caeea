// Sending a form: busy while it is under way, and what the server found wrong, beside the field that it names.
import { type FormEvent, useState } from 'react'
import { ApiError } from '../api.ts'
import { sentence } from './format.ts'

export interface Submission {
  busy: boolean
  /** What to tell above the form: all but what stands beside a field. */
  error: unknown
  errorAt: (path: string) => string | undefined
  submit: (event: FormEvent) => Promise<void>
  /** The same for something else that the form can do. */
  run: (work: () => Promise<unknown>) => Promise<void>
}

/** `send` rejects when the server refuses; what it does after success is its own. */
export function useSubmit(send: () => Promise<unknown>): Submission {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  async function run(work: () => Promise<unknown>) {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (trouble) {
      setError(trouble)
    } finally {
      setBusy(false)
    }
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    return run(send)
  }
  return { busy, error, errorAt: (path) => errorAt(error, path), submit, run }
}

/** The server names a field by its path, as in `owners.risk` or `body.owners.risk`. */
function errorAt(error: unknown, path: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const issue = error.issues.find((one) => one.path === path || one.path === `body.${path}`)
  if (!issue) return undefined
  return sentence(issue.message) + (issue.suggestion ? ` Did you mean “${issue.suggestion}”?` : '')
}
