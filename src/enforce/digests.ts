// What lets somebody who has the words of a call show that they are its words, although none of them is kept: a digest of the
// request's body and one of the answer's, as they went over the wire. In front of each body stands an opening that only this
// installation can make, another one for each body of each call: without it, a guess cannot be tried, and the same words
// look different each time. With it, anybody can check: `{ printf %s OPENING; cat BODY; } | sha256sum`.
import { createHash, type Hash, hash } from 'node:crypto'
import { once } from '../lib/once.ts'
import type { BodyOf, Digests } from '../model/exchange.ts'
import type { Turns } from './turns.ts'

const OPENING = 64

/** Makes the openings of a call, both at once. Whoever is shown one of them learns nothing of any other. */
export function openingsOf(secret: Uint8Array): (id: string) => Readonly<Record<BodyOf, string>> {
  const hex = Buffer.from(secret).toString('hex')
  return (id) => {
    const both = hash('sha512', `${hex} opens ${id}`)
    return { request: both.slice(0, OPENING), answer: both.slice(OPENING) }
  }
}

export type OpeningsOf = ReturnType<typeof openingsOf>

/** What is longer is taken in slices, with room for other calls between two of them. */
const SLICE = 262_144
/** Pieces of a stream are taken together: each call of the hash costs more than the bytes of a piece. */
const TOGETHER = 16_384

/** Holds on to the bodies while the call lasts: most of the work is done when the answer is out. */
export class CallDigests {
  readonly #openings: () => Readonly<Record<BodyOf, string>>
  #request: Uint8Array | string | undefined
  #answer: string | Uint8Array | undefined
  #sent: Hash | undefined
  /** What went out and is not in the digest yet. */
  #pieces: Uint8Array[] = []
  #pieceBytes = 0

  constructor(open: OpeningsOf, id: string) {
    this.#openings = once(() => open(id))
  }

  /** Of a large body it makes the digest at once: to be waited for. */
  asked(body: Uint8Array, turns: Pick<Turns, 'next'>): Promise<void> | undefined {
    this.#request = body
    return body.length > SLICE ? this.#digest(body, turns) : undefined
  }

  async #digest(body: Uint8Array, turns: Pick<Turns, 'next'>): Promise<void> {
    const digest = createHash('sha256').update(this.#openings().request)
    for (let at = 0; at < body.length; at += SLICE) {
      digest.update(body.subarray(at, at + SLICE))
      await turns.next()
    }
    this.#request = digest.digest('hex')
  }

  answered(body: string | Uint8Array): void {
    this.#answer = body
  }

  /** A piece of an answer that goes out piece by piece. */
  sent(piece: string | Uint8Array): void {
    if (this.#request === undefined) return
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    this.#pieces.push(bytes)
    this.#pieceBytes += bytes.length
    if (this.#pieceBytes < TOGETHER) return
    this.#sent ??= createHash('sha256').update(this.#openings().answer)
    this.#sent.update(Buffer.concat(this.#pieces))
    this.#pieces = []
    this.#pieceBytes = 0
  }

  /** Of what went by so far; undefined where nothing was asked. */
  get soFar(): Digests | undefined {
    const [asked, answered] = [this.#request, this.#answer]
    if (asked === undefined) return undefined
    const { request, answer } = this.#openings()
    const pieces = this.#pieceBytes > 0 ? Buffer.concat(this.#pieces) : undefined
    const sent = pieces ? this.#sent?.copy().update(pieces) : this.#sent?.copy()
    const whole = answered ?? pieces
    return {
      request: typeof asked === 'string' ? asked : digestOf(request, asked),
      answer: sent?.digest('hex') ?? (whole === undefined ? undefined : digestOf(answer, whole)),
    }
  }
}

/** Holds what most bodies are, with their opening: to put both together anew costs a third of the digest. */
const room = Buffer.allocUnsafeSlow(OPENING + TOGETHER)
const MOST_BYTES_A_UNIT = 3

/** The digest of one body behind its opening. */
export function digestOf(opening: string, body: string | Uint8Array): string {
  const isText = typeof body === 'string'
  if (opening.length === OPENING && (isText ? MOST_BYTES_A_UNIT * body.length : body.length) <= TOGETHER) {
    room.write(opening, 'latin1')
    if (!isText) room.set(body, OPENING)
    const length = isText ? room.write(body, OPENING, 'utf8') : body.length
    return hash('sha256', room.subarray(0, OPENING + length))
  }
  if (isText) return hash('sha256', opening + body)
  if (body.length > SLICE) return createHash('sha256').update(opening).update(body).digest('hex')
  return hash('sha256', Buffer.concat([Buffer.from(opening, 'latin1'), body]))
}
