// `parapet --help`: all verbs on one screen. The nouns of the API take a line each, with what can be
// done to them; the small ones share the last.
import type { Io } from './io.ts'
import { pad, paint } from './show/text.ts'
import type { Verb } from './verb.ts'
import { VERSION } from './version.ts'

const NAMES = 12

export function overview(
  verbs: readonly Verb[],
  isOwn: (name: string) => boolean,
  io: Pick<Io, 'width' | 'colour'>,
): string {
  const ink = paint(io.colour)
  const single = verbs.filter(({ name }) => !name.includes(' '))
  const nouns = Map.groupBy(
    verbs.filter(({ name }) => name.includes(' ')),
    ({ name }) => name.split(' ')[0] ?? '',
  )
  const alone = single.filter(({ name }) => isOwn(name) || !nouns.has(name))
  // In brackets what may be left out: `paths` alone is a verb too.
  const open = new Set(single.map(({ name }) => name))
  const say = (noun: string, rests: string) => `${noun} ${open.has(noun) ? `[${rests}]` : rests}`
  const [few, many] = [[...nouns].filter(isFew), [...nouns].filter((noun) => !isFew(noun))]
  return [
    `${ink.bold(`Parapet ${VERSION}`)}, self-hosted AI security\n`,
    `usage: parapet <verb> [arguments] [flags]\n`,
    ink.dim(
      '`parapet <verb> --help` says more; --json prints exact replies; exit 0 good, 1 findings, 2 could not do it\n',
    ),
    `\n${ink.bold('On this machine')}\n`,
    ...alone.map(({ name, about }) => `  ${ink.cyan(pad(name, NAMES))}${about}\n`),
    `\n${ink.bold('Everything the console can do')}\n`,
    ...many.map(([noun, ones]) => {
      return `  ${ink.cyan(pad(noun, NAMES))}${wrap(restsOf(ones), io.width)}\n`
    }),
    `  ${ink.cyan(pad('and', NAMES))}${wrap(few.map(([noun, ones]) => say(noun, restsOf(ones).join('|'))).toSorted(), io.width)}\n`,
  ].join('')
}

/** What follows the noun in the names of its verbs. */
function restsOf(verbs: readonly Verb[]): string[] {
  const rests = verbs.map(({ name }) => name.split(' ').slice(1))
  const grouped = Map.groupBy(rests, ([first = '', second]) => (second === undefined ? first : `${first} `))
  return [...grouped]
    .map(([first, some]) => first + [...new Set(some.flatMap(([, ...last]) => last.join(' ')))].toSorted().join('/'))
    .toSorted()
}

/** So little can be done to it that a line of its own would be a waste of the screen. */
function isFew([, verbs]: [string, readonly Verb[]]): boolean {
  return verbs.length <= 12
}

function wrap(words: readonly string[], width: number): string {
  const room = Math.min(width, 110) - NAMES - 2
  const lines = ['']
  // What can be done to a noun may go over to the next line, the noun with the first of it stays whole.
  for (const piece of words.flatMap((word, i) => `${word}${i < words.length - 1 ? ', ' : ''}`.split(/(?<=\|)/))) {
    const line = lines.at(-1) ?? ''
    if (line && line.length + piece.trimEnd().length > room) lines.push(piece)
    else lines[lines.length - 1] = line + piece
  }
  return lines.map((line) => line.trimEnd()).join(`\n${' '.repeat(NAMES + 2)}`)
}
