// How a call ended: a word and a shape each.
import { Ban, CircleCheck, CircleDashed, CircleSlash, type LucideIcon, Unplug } from 'lucide-react'
import type { Outcome as OutcomeName } from '../../../src/model/exchange.ts'
import { Badge } from '../../ui/status.tsx'
import { OUTCOME_WORDS } from './words.ts'

const ICONS: Readonly<Record<OutcomeName, LucideIcon>> = {
  answered: CircleCheck,
  blocked: Ban,
  refused: CircleSlash,
  broken: Unplug,
  'client-gone': Unplug,
  open: CircleDashed,
}

export function Outcome({ is, rewritten = false }: { is: OutcomeName; rewritten?: boolean }) {
  const { word, tone } = OUTCOME_WORDS[is]
  const Icon = ICONS[is]
  return (
    <Badge tone={tone}>
      <Icon size={11} aria-hidden />
      {rewritten && is === 'answered' ? 'Answered, rewritten' : word}
    </Badge>
  )
}
