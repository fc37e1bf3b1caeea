import { acceptDetector } from '../../accept.ts'
import { promptLeak } from './prompt-leak.ts'

acceptDetector(promptLeak)
