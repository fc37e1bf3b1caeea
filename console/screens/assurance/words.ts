// Words for what a supplier answers, and for what an answer rests on.
import type { Reply } from '../../api.ts'

export type Assurance = Reply<'GET', '/api/assurance/:id'>
export type Answer = NonNullable<Assurance['answers']>[number]

export const SAYS_WORDS: Readonly<Record<Answer['says'], string>> = {
  yes: 'Yes',
  partly: 'Partly',
  no: 'No',
  unknown: 'Cannot say',
}

export const GROUND_WORDS: Readonly<Record<Answer['ground'], string>> = {
  report: 'A report of an auditor',
  'test-result': 'A test result',
  'contract-clause': 'A clause of the contract',
  questionnaire: 'Our own word',
}

export const STATE_WORDS: Readonly<Record<Assurance['state'], string>> = {
  asked: 'Asked',
  answered: 'Answered, to be read',
  reviewed: 'Read and judged',
  cancelled: 'Taken back',
}
