// Secrets reach us by a prompt, by standard input or by the name of an environment variable; never as a flag's value,
// which every process of the machine can read.
import type { Readable } from 'node:stream'
import { Failure } from '../../lib/failure.ts'
import type { Flag, VerbCall } from '../verb.ts'
import type { Field } from './fields.ts'

const MOST_BYTES = 16 * 1024 * 1024

export function secretFlags(field: Field): Flag[] {
  return [
    { name: `${field.flag}-stdin`, about: `read the ${field.name} from standard input (${field.about || 'one line'})` },
    { name: `${field.flag}-env`, value: 'name', about: `environment variable that holds the ${field.name}` },
  ]
}

export async function readSecrets(
  fields: readonly Field[],
  { flags, io }: VerbCall,
  hasBody: boolean,
): Promise<Record<string, string>> {
  const secrets = fields.filter(({ secret }) => secret)
  const found: Record<string, string> = {}
  const piped = secrets.filter(({ flag }) => flags[`${flag}-stdin`])
  const lines = piped.length > 0 ? (await readAll(io.stdin)).split(/\r?\n/) : []
  for (const [i, { name }] of piped.entries()) found[name] = lines[i] ?? ''
  for (const { name, flag } of secrets) {
    const variable = flags[`${flag}-env`]
    if (typeof variable !== 'string') continue
    const value = io.env[variable]
    if (value === undefined) throw new Failure('input_invalid', `there is no environment variable ${variable}`)
    found[name] = value
  }
  if (hasBody) return found
  for (const field of secrets) {
    if (field.name in found) continue
    if (io.interactive) {
      const answer = await ask(field)
      if (answer !== '') found[field.name] = answer
    } else if (field.required) {
      throw new Failure('input_invalid', `${field.name} is missing`, {
        hint: `give it with --${field.flag}-stdin or --${field.flag}-env NAME`,
      })
    }
  }
  return found
}

async function ask({ name, required }: Field): Promise<string> {
  const { isCancel, password } = await import('@clack/prompts')
  const answer = await password({ message: `${name}${required ? '' : ' (empty: none)'}` })
  if (isCancel(answer)) throw new Failure('input_invalid', 'stopped')
  return answer ?? ''
}

export async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream) {
    const part = Buffer.from(chunk as Uint8Array | string)
    bytes += part.length
    if (bytes > MOST_BYTES) throw new Failure('too_large', `more than ${MOST_BYTES} bytes on standard input`)
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString('utf8')
}
