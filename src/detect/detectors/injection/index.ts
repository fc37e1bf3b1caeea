// The registry of what judges plain words against injection.
import { agentOrders } from './agent-orders.ts'
import { bentReply } from './bent-reply.ts'
import { fakeTurn } from './fake-turn.ts'
import { jailbreakPersona } from './jailbreak-persona.ts'
import { overrideInstructions } from './override-instructions.ts'
import { promptLeak } from './prompt-leak.ts'
import { slippedErrand } from './slipped-errand.ts'
import { trainedModel } from './trained-model.ts'

export const RULES = [
  agentOrders,
  bentReply,
  fakeTurn,
  jailbreakPersona,
  overrideInstructions,
  promptLeak,
  slippedErrand,
  trainedModel,
]
