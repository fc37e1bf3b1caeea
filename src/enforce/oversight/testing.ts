// For tests: a desk at which nobody sits.
import { Failure } from '../../lib/failure.ts'
import type { Desk } from './desk.ts'

export const nobodysDesk: Desk = {
  ask: () => Promise.reject(new Failure('unavailable', 'nobody is there to be asked')),
}
