// `parapet catalog validate FOLDER`: every law of a pack, for whoever writes or edits one.
import { statSync } from 'node:fs'
import { Failure } from '../../lib/failure.ts'
import { EXIT } from '../fail.ts'
import { oneLine, paint, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG } from '../verb.ts'

export const catalogValidate = defineVerb({
  name: 'catalog validate',
  about: 'Checks a catalogue pack in a folder',
  arguments: [{ name: 'folder', about: 'holds index.json and the files that it lists' }],
  flags: () => [JSON_FLAG],
  async run({ args: [folder = ''], flags, io }) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new Failure('not_found', `there is no folder ${folder}`, { hint: 'name the folder that holds index.json' })
    }
    const { CHECKS, validatePack } = await import('../../catalog/validate.ts')
    const problems = validatePack(folder)
    const ink = paint(io.colour)
    if (flags['json']) io.out(`${safeJson({ ok: problems.length === 0, problems }, 2)}\n`)
    else {
      for (const { check, file, path, message } of problems) {
        io.out(`${ink.cyan(oneLine(path ? `${file}: ${path}` : file))}: ${oneLine(message)} ${ink.dim(`[${check}]`)}\n`)
      }
      io.out(problems.length === 0 ? `holds ${CHECKS.length} laws\n` : `${problems.length} problems\n`)
    }
    return problems.length === 0 ? EXIT.good : EXIT.findings
  },
})
