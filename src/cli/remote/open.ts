// Chooses the way to the API: over HTTP to a server that was named, or else to the installation on this machine. The
// same verbs, checks and log entries either way.
import { Failure } from '../../lib/failure.ts'
import { textFlag, type VerbCall } from '../verb.ts'
import { httpTransport } from './http.ts'
import type { Transport } from './transport.ts'

export async function openTransport(call: VerbCall): Promise<Transport> {
  const url = textFlag(call, 'url') ?? call.io.env['PARAPET_URL']
  if (url !== undefined) return httpTransport(checkedOrigin(url), call.io.env['PARAPET_TOKEN'])
  const { localTransport } = await import('./local.ts')
  return localTransport(call)
}

/** A token in clear on a network belongs to whoever listens. */
function checkedOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Failure('input_invalid', `"${text}" is no address of a server`, {
      hint: 'write it like https://parapet.example',
    })
  }
  const near = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol === 'http:' && !near) {
    throw new Failure('input_invalid', `${url.origin} would get the token unencrypted`, { hint: 'use https' })
  }
  return url.origin
}
