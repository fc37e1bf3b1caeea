import { acceptPace } from '../pace.ts'
import { INJECTION } from './assemble.ts'

for (const detector of INJECTION) acceptPace(detector)
