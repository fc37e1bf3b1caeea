// Builds model files byte by byte for the tests: pickles opcode by opcode, zips with every header field under control. The
// payloads only name what they would call.
import { crc32, deflateRawSync } from 'node:zlib'
import { scanArtefact } from './scan.ts'
import { bytesSource } from './source.ts'
import type { ArtefactReport } from '../../model/artefact.ts'

export const u8 = (n: number) => Buffer.from([n])
export const u16 = (n: number) => Buffer.from(Uint16Array.of(n).buffer)
export const u32 = (n: number) => Buffer.from(Uint32Array.of(n).buffer)
export const u64 = (n: number) => Buffer.from(BigUint64Array.of(BigInt(n)).buffer)
export const join = (...parts: (Uint8Array | string)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)))

/** Opcodes of pickle by what they do. */
export const op = {
  text: (text: string) => join('\u008c', u8(Buffer.byteLength(text)), Buffer.from(text)),
  bytes: (bytes: Uint8Array) =>
    bytes.length < 256 ? join('C', u8(bytes.length), bytes) : join('B', u32(bytes.length), bytes),
  int: (n: number) => (n >= 0 && n < 256 ? join('K', u8(n)) : join('J', Buffer.from(Int32Array.of(n).buffer))),
  global: (module: string, name: string) => join(op.text(module), op.text(name), '\u0093'),
  oldGlobal: (module: string, name: string) => join('c', module, '\n', name, '\n'),
  tuple: (...items: Uint8Array[]) => (items.length === 0 ? join(')') : join('(', ...items, 't')),
  list: (...items: Uint8Array[]) => (items.length === 0 ? join(']') : join('](', ...items, 'e')),
  dict: (entries: Record<string, Uint8Array>) =>
    Object.keys(entries).length === 0
      ? join('}')
      : join('}(', ...Object.entries(entries).flatMap(([key, value]) => [op.text(key), value]), 'u'),
  call: (callee: Uint8Array, ...args: Uint8Array[]) => join(callee, op.tuple(...args), 'R'),
  make: (module: string, name: string, state?: Uint8Array) =>
    join(op.global(module, name), ')\u0081', state ? join(state, 'b') : ''),
  none: join('N'),
  yes: join('\u0088'),
  no: join('\u0089'),
}

export const pickle = (body: Uint8Array, protocol = 4) => join('\u0080', u8(protocol), body, '.')
export const SHELL = op.call(op.global('os', 'system'), op.text('echo marker'))
export const EVIL = pickle(SHELL)

export interface ZipItem {
  name: string
  data: Uint8Array
  method?: 0 | 8
  flag?: number
  crc?: number
  /** In the central directory, where it differs. */
  central?: string
  descriptor?: boolean
  attributes?: number
}

export function zipOf(items: readonly ZipItem[], prefix: Uint8Array = Buffer.alloc(0), comment = ''): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = prefix.length
  for (const {
    name,
    data,
    method = 0,
    flag = 0,
    crc = crc32(data),
    central = name,
    descriptor = false,
    attributes = 0,
  } of items) {
    const packed = method === 8 ? deflateRawSync(data) : data
    const [local, listed] = [Buffer.from(name), Buffer.from(central)]
    const sizes = descriptor ? [0, 0, 0] : [crc, packed.length, data.length]
    const head = join(
      'PK\u0003\u0004',
      u16(20),
      u16(flag | (descriptor ? 8 : 0)),
      u16(method),
      u32(0),
      ...sizes.map(u32),
      u16(local.length),
      u16(0),
      local,
    )
    const body = join(
      head,
      packed,
      descriptor ? join('PK\u0007\u0008', u32(crc), u32(packed.length), u32(data.length)) : '',
    )
    entries.push(
      join(
        'PK\u0001\u0002',
        u16(0x31e),
        u16(20),
        u16(flag | (descriptor ? 8 : 0)),
        u16(method),
        u32(0),
        u32(crc),
        u32(packed.length),
        u32(data.length),
        u16(listed.length),
        u16(0),
        u16(0),
        u16(0),
        u16(0),
        u32(attributes),
        u32(at),
        listed,
      ),
    )
    locals.push(body)
    at += body.length
  }
  const directory = Buffer.concat(entries)
  const end = join(
    'PK\u0005\u0006',
    u32(0),
    u16(items.length),
    u16(items.length),
    u32(directory.length),
    u32(at),
    u16(comment.length),
    comment,
  )
  return Buffer.concat([prefix, ...locals, directory, end])
}

const floats = (n: number) => Buffer.from(new Float32Array(n).fill(0.5).buffer)

export const torchZip = (object: Uint8Array, ...more: ZipItem[]) =>
  zipOf([
    { name: 'archive/data.pkl', data: object },
    { name: 'archive/data/0', data: floats(4) },
    { name: 'archive/version', data: join('3\n') },
    ...more,
  ])

/** A tensor over the storage `0` of a torch archive. */
export function tensor({ count = 4, size = 4, stride = 1, offset = 0 } = {}): Buffer {
  const id = op.tuple(
    op.text('storage'),
    op.global('torch', 'FloatStorage'),
    op.text('0'),
    op.text('cpu'),
    op.int(count),
  )
  return op.call(
    op.global('torch._utils', '_rebuild_tensor_v2'),
    join(id, 'Q'),
    op.int(offset),
    op.tuple(op.int(size)),
    op.tuple(op.int(stride)),
    op.no,
    op.call(op.global('collections', 'OrderedDict')),
  )
}

export function npyOf(payload: Uint8Array, descr = "'|O'", shape = '(1,)'): Buffer {
  const header = `{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117) + '\n'
  return join('\u0093NUMPY\u0001\u0000', u16(header.length), header, payload)
}

export function tarOf(items: readonly { name: string; data?: Uint8Array; type?: string; link?: string }[]): Buffer {
  const blocks = items.flatMap(({ name, data = Buffer.alloc(0), type = '0', link = '' }) => {
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write('0000644\0', 100)
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write(type, 156)
    header.write(link, 157)
    header.write('ustar\u000000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

export function ggufOf(
  values: Record<string, string | number>,
  { keys, tensors = [], tail }: { keys?: number; tensors?: Uint8Array[]; tail?: Uint8Array } = {},
): Buffer {
  const text = (value: string) => join(u64(Buffer.byteLength(value)), Buffer.from(value))
  const body = Object.entries(values).map(([key, value]) =>
    join(text(key), ...(typeof value === 'number' ? [u32(4), u32(value)] : [u32(8), text(value)])),
  )
  const head = join('GGUF', u32(3), u64(tensors.length), u64(keys ?? body.length), ...body, ...tensors)
  return join(head, Buffer.alloc((32 - (head.length % 32)) % 32), tail ?? Buffer.alloc(0))
}

export function ggufTensor(name: string, dimensions: number[], offset = 0): Buffer {
  return join(u64(name.length), name, u32(dimensions.length), ...dimensions.map(u64), u32(0), u64(offset))
}

export function safetensorsOf(header: object | string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  return join(u64(text.length), text, data)
}

/** The head of an HDF5 file with an empty root, and a text after it. */
export function hdf5Of(text: string): Buffer {
  const root = join('OHDR\u0002\u0000\u0000', u32(0))
  const nowhere = Buffer.alloc(8, 0xff)
  return join(
    '\u0089HDF\r\n\u001a\n\u0002\u0008\u0008\u0000',
    u64(0),
    nowhere,
    u64(48 + root.length + text.length),
    u64(48),
    u32(0),
    root,
    text,
  )
}

/** A field of a protocol buffer. */
export function field(number: number, value: number | string | Uint8Array): Buffer {
  if (typeof value === 'number') return join(varint(number * 8), varint(value))
  const body = typeof value === 'string' ? Buffer.from(value) : value
  return join(varint(number * 8 + 2), varint(body.length), body)
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (let left = value; ; left = Math.floor(left / 128)) {
    bytes.push((left % 128) + (left >= 128 ? 128 : 0))
    if (left < 128) return Buffer.from(bytes)
  }
}

const source = (data: Uint8Array | string) => bytesSource(typeof data === 'string' ? Buffer.from(data) : data)

export async function scan(
  name: string,
  bytes: Uint8Array | string,
  beside: Record<string, Uint8Array | string> = {},
): Promise<ArtefactReport> {
  return await scanArtefact({
    name,
    source: source(bytes),
    beside: (other) => {
      const data = beside[other]
      return data === undefined ? undefined : source(data)
    },
  })
}
