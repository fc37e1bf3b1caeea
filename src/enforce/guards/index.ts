// The registry of guards: each puts the control into force whose id it carries.
import { promptInjectionIoHandling } from './prompt-injection-io-handling.ts'
import { sensitiveOutputHandling } from './sensitive-output-handling.ts'
import type { Guard } from '../guard.ts'

export const GUARDS: readonly Guard[] = [promptInjectionIoHandling, sensitiveOutputHandling]
