import { acceptDetector } from '../../accept.ts'
import { personal } from './personal.ts'

acceptDetector(personal)
