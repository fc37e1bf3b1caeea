// A small real C2SP witness over HTTP: it keeps the size and root it cosigned last, and checks what the specification
// asks it to check.
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { sha256 } from '../src/prove/merkle.ts'
import { isExtension, isSignedBy, parseCheckpoint, parseVerifierKey } from '../src/prove/verify.ts'

export interface Witness {
  url: string
  verifierKey: string
  /** What it cosigned last. */
  last(): { size: number; root: Uint8Array }
  answers: number[]
  /** Answers with this status until it is told otherwise. */
  breakWith(status: number | undefined): void
  close(): Promise<void>
}

export async function startWitness(logKey: () => string): Promise<Witness> {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  const typed = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url')])
  const name = 'witness.example/w1'
  const id = Buffer.from(sha256(Buffer.concat([Buffer.from(`${name}\n`), typed]))).subarray(0, 4)
  const answers: number[] = []
  let last = { size: 0, root: sha256('') }
  let broken: number | undefined

  async function answer(body: string): Promise<[status: number, text: string]> {
    if (broken !== undefined) return [broken, 'out of order']
    const split = body.indexOf('\n\n')
    const [old = '', ...proof] = body.slice(0, split).split('\n')
    const note = body.slice(split + 2)
    const checkpoint = parseCheckpoint(note)
    const size = Number(/^old (0|[1-9]\d*)$/.exec(old)?.[1] ?? Number.NaN)
    if (checkpoint.origin !== 'example.org/log') return [404, '']
    if (!(await isSignedBy(checkpoint.note, await parseVerifierKey(logKey())))) return [403, '']
    if (Number.isNaN(size) || size > checkpoint.size || proof.length > 63) return [400, '']
    if (size !== last.size) return [409, `${last.size}\n`]
    const path = proof.map((line) => Buffer.from(line, 'base64'))
    if (!(await isExtension(last, checkpoint, path))) return [422, '']
    last = { size: checkpoint.size, root: checkpoint.root }
    const time = Buffer.alloc(8)
    const seconds = Math.floor(Date.now() / 1000)
    time.writeBigUInt64BE(BigInt(seconds))
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${checkpoint.note.body}`), privateKey)
    return [200, `— ${name} ${Buffer.concat([id, time, signature]).toString('base64')}\n`]
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request)
    const known = request.url === '/add-checkpoint'
    const [status, reply] = known ? await answer(body).catch((): [number, string] => [400, '']) : [404, '']
    answers.push(status)
    response.writeHead(status, { 'content-type': status === 409 ? 'text/x.tlog.size' : 'text/plain' }).end(reply)
  }

  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    verifierKey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    last: () => last,
    answers,
    breakWith(status) {
      broken = status
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
