// Every change of the tables, in order. Forward only: a released migration is never edited, the next one mends it.
import type { Migration } from '../migrate.ts'
import { foundation } from './0001-foundation.ts'
import { gatewayKeys } from './0002-gateway-keys.ts'

export const migrations: readonly Migration[] = [foundation, gatewayKeys]
