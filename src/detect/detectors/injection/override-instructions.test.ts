import { acceptDetector } from '../../accept.ts'
import { overrideInstructions } from './override-instructions.ts'

acceptDetector(overrideInstructions)
