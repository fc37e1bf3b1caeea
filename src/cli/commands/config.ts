// `parapet config`: what is in force, wherever it came from, secrets left out.
import { EXIT } from '../fail.ts'
import { configOf } from '../place.ts'
import { neutral, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS } from '../verb.ts'

export const config = defineVerb({
  name: 'config',
  about: 'Prints the configuration in force, without secrets',
  arguments: [],
  flags: () => [{ name: 'reference', about: 'describe every setting instead, as Markdown' }, JSON_FLAG, ...PLACE_FLAGS],
  async run(call) {
    if (call.flags['reference']) {
      const { renderConfigReference } = await import('../../app/config-reference.ts')
      call.io.out(renderConfigReference())
      return EXIT.good
    }
    const { redactConfig } = await import('../../app/load-config.ts')
    const { config: effective, file } = await configOf(call)
    const shown = redactConfig(effective)
    if (call.flags['json']) call.io.out(`${safeJson(shown, 2)}\n`)
    else {
      const { stringify } = await import('yaml')
      call.io.out(neutral(`# ${file ?? 'no file: defaults, environment and flags'}\n${stringify(shown)}`))
    }
    return EXIT.good
  },
})
