// Engines of detection are made with the first text that needs them, which takes a good part of a second on a busy machine.
// That is no slowness of a guard: it happens before the guard's time runs, once for each policy, stage and speaker.
import type { Speaker } from '../model/finding.ts'
import type { Turn } from '../model/turn.ts'
import type { Stage } from '../model/verdict.ts'
import { beginAlone } from './begin.ts'
import type { Enforcement } from './policy.ts'
import { readWhole } from './whole.ts'

const WORDS = 'Good morning.'
const warm = new WeakMap<Enforcement, Set<Speaker | 'answer'>>()

export function warmUpFor({ messages, rest }: Pick<Turn, 'messages' | 'rest'>, enforcement: Enforcement): void {
  let known = warm.get(enforcement)
  if (known === undefined) warm.set(enforcement, (known = new Set()))
  if (!known.has('answer')) warmUp(enforcement, 'answer', 'assistant')
  known.add('answer')
  for (const { origin } of [...messages, ...rest]) {
    if (known.has(origin)) continue
    known.add(origin)
    warmUp(enforcement, 'request', origin)
  }
}

function warmUp(enforcement: Enforcement, stage: Stage, origin: Speaker): void {
  const kind = { stage, origin, part: 'text', place: '' } as const
  for (const { reads, open } of beginAlone(enforcement)) {
    try {
      if (open !== undefined && reads?.(kind) !== false) readWhole(open(kind), WORDS)
    } catch {
      // It fails again where a text is at stake, and there it is a verdict.
      continue
    }
  }
}
