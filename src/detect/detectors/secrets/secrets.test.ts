import { acceptDetector } from '../../accept.ts'
import { secrets } from './secrets.ts'

acceptDetector(secrets)
