import { describe } from 'node:test'
import { storeContract } from './contract/index.ts'
import { sqlitePlaces } from './contract/sqlite-place.ts'

describe('the store on SQLite', () => storeContract(sqlitePlaces, sqlitePlaces))
