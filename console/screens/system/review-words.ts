// Words for what a review concludes.
import type { Reply } from '../../api.ts'

export type Review = Reply<'GET', '/api/reviews'>['items'][number]

export const OUTCOME_WORDS: Readonly<Record<Review['outcome'], string>> = {
  fit: 'Fit to run',
  'fit-with-conditions': 'Fit, with conditions',
  'not-fit': 'Not fit to run',
}
