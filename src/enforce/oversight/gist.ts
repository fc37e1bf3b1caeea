// What a person is shown of a call that waits: the tools it would call and with what, the words that wait, and what the user
// asked. Never cut where it matters: an approval of half a call is none. Secrets are left out; personal data is where the policy
// keeps it from models, and elsewhere shown, because nobody can approve a message without seeing to whom it goes.
import { type Redacted, redactJson, redactText } from '../../detect/redact-json.ts'
import { Failure } from '../../lib/failure.ts'
import type { Policy } from '../../model/policy.ts'
import type { Answer, Part, TextPart, Turn } from '../../model/turn.ts'
import { isText } from '../texts.ts'
import type { WordsKeeper } from '../words-keeper.ts'
import type { HeldCall } from './holds.ts'

const MOST_WAITING = 65_536
const MOST_ASKED = 2000

export interface Gist {
  /** The end of what was asked last; only to understand the rest by. */
  asked: string
  /** Tool calls that wait, each with its arguments as the model wrote them. */
  calls: readonly HeldCall[]
  /** Words that wait: of the request on its way to the model, or of the answer on its way out. */
  words: string
}

/** Refuses what is too long to be shown as a whole. */
export function gistOf(turn: Turn, calls: readonly HeldCall[], words: string, hidden: Redacted): Gist {
  const length = words.length + calls.reduce((sum, call) => sum + call.name.length + call.arguments.length, 0)
  if (length > MOST_WAITING) throw tooLong()
  return {
    asked: redactText(lastWordsOf(turn).slice(-MOST_ASKED), hidden),
    calls: calls.map((call) => ({
      name: redactText(call.name, hidden),
      arguments: redactJson(call.arguments, hidden),
    })),
    words: redactJson(words, hidden),
  }
}

/** What a person is not shown under this policy. */
export function hiddenUnder({ guards }: Policy): Redacted {
  const rule = guards['model-input-confidentiality']
  const how = rule?.mode === 'enforce' ? rule.settings['personal'] : 'off'
  return how === 'off' || how === 'note' ? 'secrets' : 'secrets-and-personal'
}

/** All words of a request, in the order in which the model reads them. */
export function wordsOfTurn({ messages, rest }: Turn): string {
  return [...messages.flatMap(({ parts }) => parts.flatMap(linesOf)), ...rest.flatMap(otherLine)].join('\n')
}

export function wordsOfAnswer({ choices, rest }: Answer): string {
  return [...choices.flatMap(({ parts }) => parts.flatMap(linesOf)), ...rest.flatMap(otherLine)].join('\n')
}

function linesOf(part: Part): string[] {
  if (isText(part)) return [`${part.origin}: ${part.text}`]
  if (part.kind === 'tool-call') return [`${part.origin} calls ${part.name}: ${part.arguments}`]
  if (part.kind === 'tool-result') return part.parts.flatMap(linesOf)
  return [`${part.origin}: [${part.kind}]`]
}

/** Of an answer that came in pieces. */
export function wordsOfStream(keeper: WordsKeeper): string {
  const { answer, isCut } = keeper.words()
  if (isCut) throw tooLong()
  if (answer === '') return ''
  const { choices } = JSON.parse(answer) as { choices: { text: string; reasoning?: string; calls: HeldCall[] }[] }
  return choices
    .flatMap(({ text, reasoning = '', calls }) =>
      [
        reasoning && `assistant thinks: ${reasoning}`,
        text && `assistant: ${text}`,
        calls.map((call) => `assistant calls ${call.name}: ${call.arguments}`).join('\n'),
      ].filter(Boolean),
    )
    .join('\n')
}

function tooLong(): Failure {
  return new Failure('blocked', 'this waits for a person, and is longer than anybody can be shown', {
    hint: `at most ${MOST_WAITING} characters can be asked about`,
  })
}

const otherLine = ({ text }: TextPart) => (text === '' ? [] : [`elsewhere: ${text}`])

function lastWordsOf({ messages }: Turn): string {
  const last = messages.findLast(({ origin, parts }) => origin === 'user' && parts.some(isText))
  return (last?.parts ?? []).flatMap((part) => (isText(part) ? [part.text] : [])).join('\n')
}
