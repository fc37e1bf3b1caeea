// Makes commander's program of our verbs, and its complaints into ours: what is wrong, and the nearest right word.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Failure } from '../lib/failure.ts'
import { suggest } from '../lib/suggest.ts'
import type { Io } from './io.ts'
import type { Argument, Flag, Verb } from './verb.ts'

/** Runs the verb that the words name. Returns the exit code. */
export async function runVerb(verbs: readonly Verb[], words: readonly string[], io: Io): Promise<number> {
  let code = 0
  const program = styled(new Command('parapet'), io)
  const meant = verbs
    .filter(({ name }) => `${words.join(' ')} `.startsWith(`${name} `))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  for (const verb of verbs) {
    commandOf(program, verb.name.split(' '), io, (command) =>
      shape(command, verb, verb === meant, async (args, flags) => {
        code = await verb.run({ args, flags, io })
      }),
    )
  }
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) throw complaint(error, verbs, words)
  }
  return code
}

function styled(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(false)
    .helpCommand(false)
    .enablePositionalOptions()
    .helpOption('-h, --help', 'show this')
    .configureOutput({ writeOut: io.out, writeErr: () => {}, getOutHelpWidth: () => Math.min(io.width, 120) })
}

/** Finds or makes the command for the words, and the groups on the way. */
function commandOf(parent: Command, words: readonly string[], io: Io, shape: (command: Command) => void) {
  const [word = '', ...rest] = words
  let command = parent.commands.find((one) => one.name() === word)
  if (!command) {
    command = styled(new Command(word), io)
    parent.addCommand(command)
  }
  if (rest.length > 0) commandOf(command, rest, io, shape)
  else shape(command)
}

type Act = (args: readonly string[], flags: Record<string, string | boolean | string[] | undefined>) => Promise<void>

/** Only what is meant has flags: a verb above another would take them for itself. */
function shape(command: Command, verb: Verb, isMeant: boolean, act: Act) {
  command.description(verb.about)
  for (const argument of verb.arguments) command.argument(argumentText(argument), argument.about)
  if (isMeant) for (const flag of verb.flags()) addFlag(command, flag)
  command.action(async () => {
    const flags = Object.fromEntries(
      Object.entries(command.opts()).map(([key, value]) => [kebab(key), value as string]),
    )
    await act(command.args, flags)
  })
}

function argumentText({ name, optional, many }: Argument): string {
  const text = `${name}${many ? '...' : ''}`
  return optional ? `[${text}]` : `<${text}>`
}

function addFlag(command: Command, { name, short, value, about, many, negatable }: Flag) {
  const option = new Option(
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`,
    about,
  )
  if (many) option.argParser((word: string, before: string[] | undefined) => [...(before ?? []), word])
  else if (value !== undefined) option.argParser((word: string, before: string | undefined) => once(word, before))
  command.addOption(option)
  if (negatable) command.addOption(new Option(`--no-${name}`, `not ${name}`).hideHelp())
}

function once(word: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('it is given twice')
  return word
}

const kebab = (key: string) => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

function complaint(error: CommanderError, verbs: readonly Verb[], words: readonly string[]): Failure {
  const message = error.message.replace(/^error: /, '')
  const verb = verbs.find(({ name }) => `${words.join(' ')} `.startsWith(`${name} `))
  const known = error.code === 'commander.unknownOption' ? (verb?.flags() ?? []).map(({ name }) => `--${name}`) : []
  const word = /'(?<word>[^']+)'/.exec(message)?.groups?.['word'] ?? ''
  const near = suggest(word, [...known, '--help'])
  if (word === '--token')
    return new Failure('input_invalid', message, {
      hint: 'put the token into PARAPET_TOKEN: a command line is read by everybody on this machine',
    })
  const help = `\`parapet ${verb?.name ?? ''}${verb ? ' ' : ''}--help\` says more`
  return new Failure('input_invalid', message, {
    hint: near && known.length > 0 ? `did you mean "${near}"? ${help}` : help,
  })
}
