// Amazon's binary framing of event streams: length, headers, JSON, checksum. Read into the same frames as server-sent
// events.
import { crc32 } from 'node:zlib'
import { Failure } from '../lib/failure.ts'
import type { FrameReader, InFrame } from './frames.ts'
import { WaitingBytes } from './waiting-bytes.ts'

const MOST_BYTES = 4 * 1024 * 1024
const [PRELUDE, TRAILER, STRING] = [12, 4, 7]

export function awsEventStream(): FrameReader {
  const rest = new WaitingBytes()
  return {
    push(chunk) {
      let bytes = rest.with(chunk)
      const frames: InFrame[] = []
      while (bytes.length >= PRELUDE) {
        const length = bytes.readUInt32BE(0)
        if (length > MOST_BYTES || length < PRELUDE + TRAILER || bytes.readUInt32BE(8) !== crc32(bytes.subarray(0, 8)))
          throw garbled()
        if (bytes.length < length) break
        frames.push(readMessage(bytes.subarray(0, length)))
        bytes = bytes.subarray(length)
      }
      if (frames.length > 0) rest.keep(bytes)
      return frames
    },
    end() {
      if (rest.length > 0) throw garbled()
      return []
    },
  }
}

/** No client speaks this format, so nothing goes on as it came. */
function readMessage(bytes: Buffer): InFrame {
  const end = bytes.length - TRAILER
  if (bytes.readUInt32BE(end) !== crc32(bytes.subarray(0, end))) throw garbled()
  const headersEnd = PRELUDE + bytes.readUInt32BE(4)
  if (headersEnd > end) throw garbled()
  const headers = readHeaders(bytes.subarray(PRELUDE, headersEnd))
  const event = headers.get(':event-type') ?? headers.get(':exception-type')
  const data = bytes.toString('utf8', headersEnd, end) || '{}'
  return { raw: data, event, data }
}

/** Headers of other types than text do not occur in the events that matter. */
function readHeaders(bytes: Buffer): Map<string, string> {
  const headers = new Map<string, string>()
  for (let at = 0; at < bytes.length;) {
    const nameEnd = at + 1 + bytes.readUInt8(at)
    const name = bytes.toString('utf8', at + 1, nameEnd)
    if (bytes.readUInt8(nameEnd) !== STRING) throw garbled()
    const valueEnd = nameEnd + 3 + bytes.readUInt16BE(nameEnd + 1)
    headers.set(name, bytes.toString('utf8', nameEnd + 3, valueEnd))
    at = valueEnd
  }
  return headers
}

function garbled(): Failure {
  return new Failure('upstream_invalid', 'the upstream sent an event stream that is garbled')
}
