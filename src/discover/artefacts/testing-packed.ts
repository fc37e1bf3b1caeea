// Containers that Node cannot write, made by the simplest encoders that the formats allow.
import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { join, u16, u32, u64 } from './testing.ts'

export { deflateSync, gzipSync }

/** A pickle that calls os.system, packed by Python's bz2. */
export const bzip2Sample = Buffer.from(
  'QlpoOTFBWSZTWUNNoIAAAA3T4BUIQEEQACpKnCBABAgAIAAxRoyBo0yNChoADTGozQcYyyHkk8vaLxSCdsHBoj3xdyRThQkENNoIAA==',
  'base64',
)

/** 284 bytes of a pickle that calls os.system, packed by Python's lzma behind the filters for differences and for x86. */
export const xzFiltered = Buffer.from(
  '/Td6WFoAAAD/EtlBAwIDAQIEACEBHAAAtRogT+ABGwD2XQBAAQQkati2IeC+4/su3XYj4uYC3qpDFx+9VrzUGiWLxd3GWb3PMmHlM/D27ZIKr1cSJLARqtFMy9W6IfIp8BAXN+9EI34OUT9Tj9QEVaAs2TNxcaYSZQu2vZbIpMvv/fsjWhHLRFg25AdSlFfZUk4nL4xUl1H7Xdg30+DpVulCIeCfybk/yAS9HY0S/TELTn4moYSky7QDSS5wsgRxzOiCgfUuJ8nbpLQUuVtOvwJtBdB1k3+C+qrEV/frTA925gfn8kk4lksJfpifkqAD7yl8Z6KYg1Dl6LV820vvGiaW8rHnvuhtghwtQ1w1wzBdinnx3FYLJAAAAAAAAY4CnAIAAGd4PWmoAAr8AgAAAAAAWVo=',
  'base64',
)

const X86_LZMA2 = Buffer.from(
  '4AEbANddAEABBCwq+be+sl34Q/dnypNuNmPNsmVbxgu9yeQxCyuUnzFhihA+F5qJU7ywLoiNPuvgyLHW57A9sPunOYQlicRvsAOXVPBJGj391BTO366cCGb0+OsCXKX+jtWKqbrnETS9DD1bfKFd6zTUNmJ4Ivg0SI4DkxRSSjLMpycm6oGXirLqnGPtetc4xPwmNojJ3Wi0j9DgZaI9RTb+GbJjwtyKP9ldEVO0TCNVM1a802VObvEpVPwEJjQkcaUYoEx6KYUCQjJo9LNRb0LmBjyH0TV5CxR3fQAAAA==',
  'base64',
)

/** A number of 7z, below 16,384. */
const number = (n: number) => Buffer.from([0x80 | (n >> 8), n & 255])

/** The same pickle in a 7z archive, behind the filter for x86, as py7zr packs by itself. */
export function sevenZipFiltered(name: string): Buffer {
  const coders = Buffer.from([2, 4, 3, 3, 1, 3, 0x21, 0x21, 1, 16, 0, 1])
  const packed = join(Buffer.from([6, 0, 1, 9]), number(X86_LZMA2.length), Buffer.from([0]))
  const folders = join(
    Buffer.from([7, 11, 1, 0]),
    coders,
    Buffer.from([12]),
    number(284),
    number(284),
    Buffer.from([0]),
  )
  const names = Buffer.from(`${name}\0`, 'utf16le')
  const files = join(Buffer.from([5, 1, 17, names.length + 1, 0]), names, Buffer.from([0]))
  const header = join(Buffer.from([1, 4]), packed, folders, Buffer.from([8, 0, 0]), files, Buffer.from([0]))
  const start = join(u64(X86_LZMA2.length), u64(header.length), u32(crc32(header)))
  return join("7z\u00bc\u00af'\u001c\u0000\u0004", u32(crc32(start)), start, X86_LZMA2, header)
}

/** LZMA2 with a stored chunk. */
export function xzStored(data: Uint8Array): Buffer {
  const header = join('\u00fd7zXZ\u0000', Buffer.from([0, 1]))
  const block = Buffer.from([2, 0, 0x21, 1, 0x16, 0, 0, 0])
  const chunk = join(Buffer.from([1, (data.length - 1) >> 8, (data.length - 1) & 255]), data, Buffer.from([0]))
  const padded = join(chunk, Buffer.alloc((4 - (chunk.length % 4)) % 4))
  const index = Buffer.from([0, 1, 0, 0])
  return join(
    header,
    u32(0),
    block,
    u32(crc32(block)),
    padded,
    u32(crc32(data)),
    index,
    u32(crc32(index)),
    u32(0),
    u32(1),
    u16(1),
    'YZ',
  )
}

/** One block of literals. */
export function lz4Frame(data: Uint8Array): Buffer {
  const lengths =
    data.length < 15
      ? Buffer.from([data.length << 4])
      : Buffer.from([0xf0, ...Array<number>(Math.floor((data.length - 15) / 255)).fill(255), (data.length - 15) % 255])
  return join(
    Buffer.from([4, 0x22, 0x4d, 0x18, 0x40, 0x40, 0]),
    u32(lengths.length + data.length),
    lengths,
    data,
    u32(0),
  )
}
