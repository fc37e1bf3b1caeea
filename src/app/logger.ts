// What the server tells its operator, as lines of JSON on standard error. Never payloads, secrets or personal fields:
// whoever logs an error passes it through `traceOf`, because messages of bugs may quote what somebody sent.
import { type Logger, destination, pino } from 'pino'
import { Failure } from '../lib/failure.ts'
import { isStorageFailure } from '../store/trouble.ts'
import type { Config } from './config.ts'

export type { Logger } from 'pino'

const STDERR = 2
const FRAMES = 15
const HOUR_MS = 3_600_000

export function createLogger(level: Config['logLevel']): Logger {
  return pino(
    { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: STDERR, sync: true }),
  )
}

/** For work in the background. A disk that takes nothing is told once an hour, not with each try. */
export function troubleLog(logger: Logger, now: () => Date): (error: unknown) => void {
  let [told, toldAt] = ['', 0]
  return (error) => {
    if (!isStorageFailure(error)) return logger.error({ trouble: traceOf(error) }, 'something failed in the background')
    const at = now().getTime()
    if (error.code === told && Math.abs(at - toldAt) < HOUR_MS) return
    ;[told, toldAt] = [error.code, at]
    logger.warn({ code: error.code }, `work in the background waits: ${error.message}`)
  }
}

/** A failure's message is ours; of other errors only those that the language words are shown. */
export function traceOf(error: unknown): Record<string, string> {
  if (error instanceof Failure) return { name: error.name, code: error.code, message: error.message }
  if (!(error instanceof Error)) return { name: typeof error }
  const isWorded = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const stack = frames.slice(0, FRAMES).join('\n')
  return { name: error.name, ...(isWorded ? { message: error.message } : {}), stack }
}
