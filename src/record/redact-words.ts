// Takes secrets and personal data out of the words of a call.
import { redactJson } from '../detect/redact-json.ts'
import type { Words } from '../model/words.ts'

const ALL = 'secrets-and-personal'

export function redactWords(words: Words): Words {
  return { ...words, request: redactJson(words.request, ALL), answer: redactJson(words.answer, ALL) }
}
