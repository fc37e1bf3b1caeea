// A whole answer as the deltas of a stream: texts word by word, arguments in small pieces.
import type { Answer, Part } from '../../model/turn.ts'
import type { Delta } from '../wire/delta.ts'
import { isText } from '../texts.ts'

export function deltasOf({ id, model, choices, usage }: Answer): Delta[] {
  return [
    { kind: 'start', id, model },
    ...choices.flatMap(({ index, parts }) => parts.flatMap((part, block) => blockOf(part, index, block))),
    ...(usage ? [{ kind: 'usage', usage } as const] : []),
    ...choices.map(({ index, stop }) => ({ kind: 'stop', choice: index, reason: stop }) as const),
    { kind: 'end' },
  ]
}

function blockOf(part: Part, choice: number, block: number): Delta[] {
  const close: Delta = { kind: 'close', choice, block }
  if (isText(part)) {
    const words = part.text.match(/\s*\S+|\s+/g) ?? []
    return [...words.map((text): Delta => ({ kind: 'text', choice, block, channel: part.kind, text, at: [] })), close]
  }
  if (part.kind !== 'tool-call') return []
  const pieces = part.arguments.match(/.{1,12}/gsu) ?? []
  return [
    { kind: 'call', choice, block, id: part.id, name: part.name },
    ...pieces.map((text): Delta => ({ kind: 'arguments', choice, block, text, at: [] })),
    close,
  ]
}
