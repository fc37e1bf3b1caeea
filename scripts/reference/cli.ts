// docs/reference/cli.md: the verbs written by hand with their flags, and what all verbs of the API have in common.
import { localVerbs } from '../../src/cli/commands/index.ts'
import { OWN_FLAGS } from '../../src/cli/remote/verbs.ts'
import type { Argument, Flag } from '../../src/cli/verb.ts'
import { code, table } from './markdown.ts'

export function renderCli(): string {
  const sections = localVerbs.map(
    (verb) => `## ${code(`parapet ${[verb.name, ...verb.arguments.map(usage)].join(' ')}`)}

${capital(verb.about)}.

${flags(verb.flags())}
`,
  )
  return `# Command line

Generated from the verbs; do not edit. Exit codes: 0 good, 1 findings or a failed gate, 2 could not do it.

Every operation of the [API](api.md) is a verb as well: parameters of its path are arguments, what its query and body
take are flags (\`parapet token create --help\`). They work on a running server (\`--url\` or \`PARAPET_URL\`, with an API
token in \`PARAPET_TOKEN\`), on the server of this machine, or, when none runs, on the data directory itself. Secrets are
never flags: they are asked for, or read with \`--…-stdin\` or \`--…-env NAME\`. Times may be written \`+30d\` or \`-2h\`.

${flags(OWN_FLAGS)}

${sections.join('\n')}`
}

function usage({ name, optional, many }: Argument): string {
  const text = `${name.toUpperCase()}${many ? '…' : ''}`
  return optional ? `[${text}]` : text
}

function flags(list: readonly Flag[]): string {
  if (list.length === 0) return 'No flags.'
  return table(
    ['Flag', 'Meaning'],
    list.map(({ name, value, about }) => [
      code(`--${name}${value === undefined ? '' : ` ${value.toUpperCase()}`}`),
      about,
    ]),
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
