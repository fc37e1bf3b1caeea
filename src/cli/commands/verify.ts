// `parapet verify FILE`: the verifier that auditors run alone (dist/verify.mjs), at hand where Parapet is. It asks no
// server and no store; only the key that the reader already trusts counts.
import { EXIT } from '../fail.ts'
import { neutral } from '../show/text.ts'
import { defineVerb, JSON_FLAG } from '../verb.ts'

export const verify = defineVerb({
  name: 'verify',
  about: 'Checks reports, proofs and exported logs offline, with only a public key',
  arguments: [{ name: 'file', about: 'a report (JSON), a .tlog-proof, or the folder of an exported log', many: true }],
  flags: () => [
    { name: 'key', value: 'key', about: 'verifier key that you already trust, or a file with one a line', many: true },
    { name: 'checkpoint', value: 'file', about: 'older checkpoint that you kept: the log must extend it', many: true },
    { ...JSON_FLAG, about: 'print the steps as JSON, a line for each file' },
  ],
  async run({ args, flags, io }) {
    const { runVerify } = await import('../../prove/verify/command.ts')
    const options = [
      ...listed(flags['key']).flatMap((key) => ['--key', key]),
      ...listed(flags['checkpoint']).flatMap((file) => ['--checkpoint', file]),
      ...(flags['json'] ? ['--json'] : []),
    ]
    let worst: number = EXIT.good
    for (const file of args) {
      let text = ''
      const code = await runVerify([file, ...options], (part) => (text += part))
      if (code === EXIT.failed) io.err(neutral(text))
      else io.out(neutral(text))
      worst = Math.max(worst, code)
    }
    return worst
  },
})

function listed(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : []
}
