// Sends a body to a receiver that the operator named, and waits until it says that it has it.
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { Failure } from '../../lib/failure.ts'

export interface Receiver {
  url: string
  /** As in `authorization: Bearer …`. */
  headers: readonly string[]
}

/** What passes by itself; everything else would be refused again. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])
const MOST_REPLY = 65_536

export type Post = (body: string, signal: AbortSignal) => Promise<string>

/** Gives what the receiver says, as far as that is short. */
export function postTo({ url, headers }: Receiver, type: string): Post {
  const own = Object.fromEntries(headers.map(headerOf))
  const { protocol, host } = new URL(url)
  const request = protocol === 'https:' ? httpsRequest : httpRequest
  return (body, signal) =>
    new Promise((resolve, reject) => {
      const away = (why: string) => reject(new Failure('unavailable', `${host} ${why}`))
      const sent = request(
        url,
        {
          method: 'POST',
          headers: { ...own, 'content-type': type, 'content-length': Buffer.byteLength(body) },
          signal,
        },
        (reply) => {
          const status = reply.statusCode ?? 0
          let said = ''
          reply.setEncoding('utf8').on('data', (text: string) => {
            said += text
            if (said.length > MOST_REPLY) reply.destroy()
          })
          reply.on('close', () => {
            if (status >= 200 && status < 300) resolve(said)
            else if (PASSING.has(status)) away(`answered with ${status}`)
            else reject(new Failure('upstream_invalid', `${host} refuses what it is sent, with ${status}`))
          })
        },
      )
      sent.on('error', (error) =>
        away(signal.aborted ? 'did not answer in time' : `cannot be reached (${codeOf(error)})`),
      )
      sent.end(body)
    })
}

/** The words of an error of the network may hold more than an operator wants in his log. */
const codeOf = (error: Error): string => ('code' in error ? String(error.code) : error.name)

function headerOf(line: string): [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\x21-\x7e][\x20-\x7e]*)$/.exec(line) ?? []
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value]
  throw new Failure('config_invalid', 'a header of an export is not of the form `name: value`')
}
