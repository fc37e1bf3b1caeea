// Signs a request the way Amazon's services want it (Signature Version 4): the secret never leaves the house, and what was
// signed cannot be changed on its way or sent again much later.
import { createHash, createHmac } from 'node:crypto'

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  /** Of credentials that end, as roles have them. */
  sessionToken?: string | undefined
}

export interface SigV4Request {
  method: string
  host: string
  /** As it goes out, percent-encoded, with its query. */
  path: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  region: string
  service: string
  at: Date
}

const ALGORITHM = 'AWS4-HMAC-SHA256'

/** The headers to be sent beside those that are given; all of both are signed. */
export function signV4(request: SigV4Request, credentials: AwsCredentials): Record<string, string> {
  const { region, service, at } = request
  const time = at.toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = time.slice(0, 8)
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const added = { 'x-amz-date': time, ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }) }
  const { text, names } = canonical(request, { ...request.headers, ...added, host: request.host })
  const scope = `${day}/${region}/${service}/aws4_request`
  const toSign = [ALGORITHM, time, scope, sha256(text)].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  const signature = hmac(key, toSign).toString('hex')
  const credential = `Credential=${accessKeyId}/${scope}`
  return { ...added, authorization: `${ALGORITHM} ${credential}, SignedHeaders=${names}, Signature=${signature}` }
}

function canonical(
  { method, path, body }: SigV4Request,
  headers: Readonly<Record<string, string>>,
): { text: string; names: string } {
  const [pathname = '/', query = ''] = path.split('?', 2)
  const sorted = Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.trim().replace(/ +/g, ' ')])
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = sorted.map(([name]) => name).join(';')
  const lines = sorted.map(([name, value]) => `${name}:${value}\n`).join('')
  // All services but S3 want the steps of the path encoded once more than they are sent.
  const steps = pathname.split('/').map(encode).join('/')
  return { text: [method, steps, canonicalQuery(query), lines, names, sha256(body)].join('\n'), names }
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** As the standard of addresses says, which is stricter than JavaScript's own. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
