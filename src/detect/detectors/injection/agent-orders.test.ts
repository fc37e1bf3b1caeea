import { acceptDetector } from '../../accept.ts'
import { agentOrders } from './agent-orders.ts'

acceptDetector(agentOrders)
