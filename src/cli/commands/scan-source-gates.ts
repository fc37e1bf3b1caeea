// `parapet scan-source gates SOURCE`: says what the model files of a source must be, from files of this machine. The server
// keeps what stands in them, and holds each scan against it.
import { readFile } from 'node:fs/promises'
import { Failure } from '../../lib/failure.ts'
import { EXIT } from '../fail.ts'
import { openTransport } from '../remote/open.ts'
import { URL_FLAG } from '../remote/url-flag.ts'
import { oneLine, safeJson } from '../show/text.ts'
import { defineVerb, JSON_FLAG, PLACE_FLAGS, textFlag, type VerbCall } from '../verb.ts'
import { GATE_FLAGS, KEY_FLAG } from './gate-flags.ts'

interface Shown {
  keys: string[]
  certificates: string[]
  sigstore?: { identity: string; issuer: string }
  hashes?: number
  revision?: string
}

const MOST_BYTES = 1_000_000

export const scanSourceGates = defineVerb({
  name: 'scan-source gates',
  about: 'Says who must have signed the model files of a source, or which bytes or commit they must be',
  arguments: [{ name: 'source', about: 'id or name of a source' }],
  flags: () => [
    { ...KEY_FLAG, about: `${KEY_FLAG.about}; may be given several times`, many: true },
    ...GATE_FLAGS,
    { name: 'none', about: 'take all gates away; with others: those that are not named' },
    URL_FLAG,
    ...PLACE_FLAGS,
    JSON_FLAG,
  ],
  async run(call) {
    const { args, flags, io } = call
    const said = await gatesSaid(call)
    const isSaid = Object.keys(said).length > 0
    const path = `/api/scan-sources/${encodeURIComponent(args[0] ?? '')}`
    const transport = await openTransport(call)
    try {
      if (flags['none'] === true) await transport.send({ method: 'PATCH', path, body: { gates: null } })
      const source = (await transport.send(
        isSaid ? { method: 'PATCH', path, body: { gates: said } } : { method: 'GET', path, body: undefined },
      )) as { name: string; gates?: Shown }
      io.out(flags['json'] === true ? `${safeJson(source.gates ?? null, 2)}\n` : toLines(source))
      return EXIT.good
    } finally {
      await transport.close()
    }
  },
})

async function gatesSaid(call: VerbCall): Promise<Record<string, unknown>> {
  const [keys, certificates, hashes] = [call.flags['key'], textFlag(call, 'certificates'), textFlag(call, 'hashes')]
  const [root, identity, issuer] = ['trusted-root', 'identity', 'issuer'].map((name) => textFlag(call, name))
  const sigstore = [root, identity, issuer].filter((one) => one !== undefined)
  if (sigstore.length === 1 || sigstore.length === 2)
    throw new Failure('input_invalid', 'a signer of sigstore is known by three things', {
      hint: 'give --trusted-root, --identity and --issuer',
    })
  const revision = textFlag(call, 'revision')
  return {
    ...(Array.isArray(keys) ? { keys: await Promise.all(keys.map((file) => textOf(String(file)))) } : {}),
    ...(certificates === undefined ? {} : { certificates: await textOf(certificates) }),
    ...(root === undefined ? {} : { sigstore: { trustedRoot: await textOf(root), identity, issuer } }),
    ...(hashes === undefined ? {} : { hashes: await textOf(hashes) }),
    ...(revision === undefined ? {} : { revision }),
  }
}

async function textOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Failure('input_invalid', `${file} cannot be read`, { cause, hint: 'name a file' })
  })
  if (text.length > MOST_BYTES) throw new Failure('too_large', `${file} is larger than ${MOST_BYTES} characters`)
  return text
}

function toLines({ name, gates }: { name: string; gates?: Shown }): string {
  if (gates === undefined) return `${oneLine(name)} has no gates\n`
  const { keys, certificates, sigstore, hashes, revision } = gates
  const lines = [
    ...keys,
    ...certificates.map((subject) => `certificate ${subject}`),
    ...(sigstore === undefined ? [] : [`${sigstore.identity}, vouched for by ${sigstore.issuer}`]),
    ...(hashes === undefined ? [] : [`a list of ${hashes} hashes`]),
    ...(revision === undefined ? [] : [`commit ${revision}`]),
  ]
  return `${oneLine(name)} is held against:\n${lines.map((line) => `  ${oneLine(line)}\n`).join('')}`
}
