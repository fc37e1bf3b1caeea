// The command `parapet`. Reads the words, hands over to the verb that they name, and turns what went wrong into a
// message, a hint and an exit code.
import { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }

const program = new Command('parapet').description(manifest.description).version(manifest.version)
await program.parseAsync()
