// Asks a C2SP tlog-witness to cosign each checkpoint. The witness keeps the size it saw last and wants proof that the new
// tree extends that one, so not even we can show it two histories; its signature is kept with the checkpoint.
import { Failure } from '../../lib/failure.ts'
import type { CheckpointRow } from '../log-store.ts'
import type { Publisher, PublishSource } from '../publisher.ts'
import { isSignedBy, parseNote, parseVerifierKey } from '../verify.ts'

const MOST_ANSWER = 65_536

export interface WitnessOptions {
  id: string
  /** The submission prefix: `add-checkpoint` comes behind it. */
  url: string
  /** The witness's verifier key, of the cosignature type. */
  verifierKey: string
  fetch?: typeof globalThis.fetch
}

export function httpWitness(options: WitnessOptions): Publisher {
  let known = 0
  return {
    id: options.id,
    kind: 'witness',
    async publish(checkpoint, source, signal) {
      const first = await submit(options, checkpoint, source, known, signal)
      const answer = first.status === 409 ? await again(options, checkpoint, source, first, signal) : first
      if (answer.status !== 200) throw refusal(options, answer, checkpoint)
      const signatures = await cosignatures(options, checkpoint, answer.text)
      known = checkpoint.size
      return { size: checkpoint.size, signatures }
    },
  }
}

interface Answer {
  status: number
  text: string
}

/** The witness saw another tree last and says of which size. */
async function again(
  options: WitnessOptions,
  checkpoint: CheckpointRow,
  source: PublishSource,
  conflict: Answer,
  signal: AbortSignal,
): Promise<Answer> {
  const size = /^(?:0|[1-9]\d{0,15})\n$/.test(conflict.text) ? Number(conflict.text) : undefined
  if (size === undefined) throw unreachable(options, 'it answered 409 without the size that it saw last')
  if (size > checkpoint.size)
    throw new Failure('log_damaged', `witness ${options.id} saw ${size} entries, this log has ${checkpoint.size}`, {
      hint: 'the log was rolled back: run `parapet log audit` with a checkpoint kept elsewhere',
    })
  return submit(options, checkpoint, source, size, signal)
}

async function submit(
  { url, fetch = globalThis.fetch, id }: WitnessOptions,
  checkpoint: CheckpointRow,
  source: PublishSource,
  old: number,
  signal: AbortSignal,
): Promise<Answer> {
  const proof = old <= checkpoint.size ? await source.consistency(old, checkpoint.size) : []
  const lines = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`).join('')
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/add-checkpoint`, {
      method: 'POST',
      body: `old ${old}\n${lines}\n${checkpoint.note}`,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal,
    })
    return { status: response.status, text: await boundedText(response) }
  } catch (cause) {
    throw unreachable({ id }, 'it does not answer', cause)
  }
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    parts.push(part)
    bytes += part.length
    if (bytes > MOST_ANSWER) throw new Error('the answer is too long')
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The lines that the witness's own key signed; anything else in the answer is dropped. */
async function cosignatures(options: WitnessOptions, checkpoint: CheckpointRow, lines: string): Promise<string[]> {
  const key = await parseVerifierKey(options.verifierKey)
  const body = checkpoint.note.slice(0, checkpoint.note.lastIndexOf('\n\n') + 1)
  const note = parseNote(`${body}\n${lines}`)
  if (!(await isSignedBy(note, key))) throw unreachable(options, 'its answer is not signed by its key')
  return note.signatures.filter(({ name, id }) => name === key.name && id === key.id).map(({ line }) => line)
}

function refusal(options: WitnessOptions, { status }: Answer, checkpoint: CheckpointRow): Failure {
  if (status === 422)
    return new Failure(
      'log_damaged',
      `witness ${options.id} saw another history than these ${checkpoint.size} entries`,
      {
        hint: 'stop, and run `parapet log audit` with a checkpoint kept elsewhere',
      },
    )
  const why = { 403: 'it does not know the key of this log', 404: 'it does not know this log' }[status]
  return unreachable(options, why ?? `it answered ${status}`)
}

const unreachable = ({ id }: { id: string }, why: string, cause?: unknown) =>
  new Failure('upstream_unreachable', `witness ${id} did not sign: ${why}`, {
    hint: 'recording goes on; it is tried again',
    cause,
  })
