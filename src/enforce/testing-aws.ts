// For tests: one event in Amazon's framing.
import { crc32 } from 'node:zlib'

export function awsMessage(event: string, body: object): Buffer {
  const headers = Buffer.concat(
    [
      [':event-type', event],
      [':message-type', 'event'],
    ].map(([name = '', value = '']) => {
      const head = Buffer.from([name.length, ...Buffer.from(name), 7, 0, value.length])
      return Buffer.concat([head, Buffer.from(value)])
    }),
  )
  const data = Buffer.from(JSON.stringify(body))
  const bytes = Buffer.alloc(16 + headers.length + data.length)
  bytes.writeUInt32BE(bytes.length, 0)
  bytes.writeUInt32BE(headers.length, 4)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8)
  headers.copy(bytes, 12)
  data.copy(bytes, 12 + headers.length)
  bytes.writeUInt32BE(crc32(bytes.subarray(0, bytes.length - 4)), bytes.length - 4)
  return bytes
}
