// Why something does not verify: a code for programs, a sentence for people, and the entry that shows it.

export type FailureCode =
  | 'wrong-format'
  | 'no-trusted-key'
  | 'wrong-key'
  | 'wrong-origin'
  | 'bad-signature'
  | 'bad-handover'
  | 'not-in-log'
  | 'wrong-index'
  | 'bad-commitment'
  | 'attachment-changed'
  | 'document-changed'
  | 'not-an-extension'
  | 'no-consistency-proof'
  | 'forked'
  | 'rolled-back'
  | 'file-missing'
  | 'edited-entry'
  | 'edited-tile'

export class NotValid extends Error {
  readonly code: FailureCode
  readonly index: number | undefined
  constructor(code: FailureCode, message: string, index?: number) {
    super(message)
    this.code = code
    this.index = index
  }
}
