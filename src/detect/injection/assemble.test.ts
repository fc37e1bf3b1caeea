import { acceptDetector } from '../accept.ts'
import { INJECTION } from './assemble.ts'

for (const detector of INJECTION) acceptDetector(detector)
