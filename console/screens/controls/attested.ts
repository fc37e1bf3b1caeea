// What can be attested, in words.
import type { Reply } from '../../api.ts'

export type Attested = Reply<'GET', '/api/attestations'>['items'][number]['what']

export const ATTESTED_WORDS: Readonly<Record<Attested, string>> = {
  training: 'I did a training',
  policy: 'I read a policy',
  statement: 'Something is so',
}
