// The verbs that are more than one operation of the API.
import type { Verb } from '../verb.ts'

export const localVerbs: readonly Verb[] = []
