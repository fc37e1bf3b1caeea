// How units flow back with time (the generic cell rate algorithm): one number says when the pool will be full again. Taking
// units moves it on, time catches up with it.
import type { FlowAsk, FlowState } from './lease-store.ts'

/** `fullAt` in microseconds; at most one window ahead of now, but for what was taken whether or not it was left. */
export function flowOn(fullAt: number, ask: FlowAsk): { fullAt: number; state: FlowState } {
  const now = ask.now * 1000
  const perUnit = (ask.windowMs * 1000) / ask.limit
  const end = now + ask.windowMs * 1000
  const moved = Math.max(now, Math.max(now, fullAt) + ask.taken * perUnit)
  const room = Math.max(0, Math.floor((end - moved) / perUnit + 1e-6))
  const granted = room < ask.needs ? 0 : Math.min(Math.max(0, ask.wants), room)
  const missing = room < ask.needs ? Math.min(ask.needs, ask.limit) : 0
  const after = Math.ceil(moved + granted * perUnit)
  return {
    fullAt: after,
    state: {
      granted,
      left: room - granted,
      waitMs: missing === 0 ? 0 : Math.ceil(Math.max(0, after + missing * perUnit - end) / 1000),
    },
  }
}
