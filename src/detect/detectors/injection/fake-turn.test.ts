import { acceptDetector } from '../../accept.ts'
import { fakeTurn } from './fake-turn.ts'

acceptDetector(fakeTurn)
