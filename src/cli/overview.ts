// `parapet --help`: all verbs on one screen. The nouns of the API take a line each, with what can be
// done to them; the small ones share the last.
import type { Io } from './io.ts'
import { pad, paint } from './show/text.ts'
import type { Verb } from './verb.ts'
import { VERSION } from './version.ts'

const NAMES = 16

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
    `\nusage: parapet <verb> [arguments] [flags]\n`,
    `\n${ink.bold('On this machine')}\n`,
    ...alone.map(({ name, about }) => `  ${ink.cyan(pad(name, NAMES))}${about}\n`),
    `\n${ink.bold('Everything the console can do')}\n`,
    ...many.map(([noun, ones]) => {
      return `  ${ink.cyan(pad(noun, NAMES))}${wrap(restsOf(ones), io.width)}\n`
    }),
    `  ${ink.cyan(pad('and', NAMES))}${wrap(few.map(([noun, ones]) => say(noun, restsOf(ones).join('|'))).toSorted(), io.width)}\n`,
    `\n${ink.dim('`parapet <verb> --help` says more; --json prints exact replies; exit 0 good, 1 findings, 2 could not do it')}\n`,
  ].join('')
}

/** What follows the noun in the names of its verbs. */
function restsOf(verbs: readonly Verb[]): string[] {
  return [...new Set(verbs.map(({ name }) => name.split(' ').slice(1).join(' ')))].toSorted()
}

/** So little can be done to it that a line of its own would be a waste of the screen. */
function isFew([, verbs]: [string, readonly Verb[]]): boolean {
  return verbs.length <= 6
}

function wrap(words: readonly string[], width: number): string {
  const room = Math.min(width, 110) - NAMES - 2
  const lines = ['']
  for (const word of words) {
    const line = lines.at(-1) ?? ''
    if (line && line.length + word.length + 2 > room) lines.push(word)
    else lines[lines.length - 1] = line ? `${line}, ${word}` : word
  }
  return lines.join(`,\n${' '.repeat(NAMES + 2)}`)
}
