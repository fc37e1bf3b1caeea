// A verification is a list of named steps; the first that fails ends it.
import { type FailureCode, NotValid } from './not-valid.ts'

export interface Step {
  step: string
  ok: boolean
  message: string
  code?: FailureCode
  index?: number
}

export interface Verdict {
  ok: boolean
  steps: Step[]
}

export interface Trust {
  /** Verifier keys that the reader already has. One of the log's chain is enough. */
  keys: readonly string[]
  /** Older checkpoints that the reader kept; the log must extend each. */
  checkpoints?: readonly string[]
  /** Files that lie beside a report, by SHA-256 in hex. */
  beside?: (sha256: string) => Promise<Uint8Array | undefined>
  /** The document that the report must prove: one of its entries has to name its hash. */
  document?: Uint8Array
}

export type RunStep = <T>(name: string, work: () => Promise<T>, say: (value: T) => string) => Promise<T>

export async function inSteps(work: (step: RunStep) => Promise<void>): Promise<Verdict> {
  const steps: Step[] = []
  const run: RunStep = async (step, work, say) => {
    try {
      const value = await work()
      steps.push({ step, ok: true, message: say(value) })
      return value
    } catch (error) {
      const known = error instanceof NotValid ? error : new NotValid('wrong-format', 'it cannot be read')
      const at = known.index === undefined ? {} : { index: known.index }
      steps.push({ step, ok: false, message: known.message, code: known.code, ...at })
      throw known
    }
  }
  try {
    await work(run)
    return { ok: true, steps }
  } catch (error) {
    if (!(error instanceof NotValid)) throw error
    return { ok: false, steps }
  }
}
