import { acceptDetector } from '../../accept.ts'
import { jailbreakPersona } from './jailbreak-persona.ts'

acceptDetector(jailbreakPersona)
