// The filters that packers of 7z and xz put before a coder: reversible changes of the bytes that make them pack better.

/** Undoes the filter of that number, in which xz and 7z agree; undefined for one that is not read. */
export function undoFilter(id: string, properties: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  if (id === '03') return undoDelta(bytes, (properties[0] ?? 0) + 1)
  const isX86 = id === '04' || id === '03030103'
  return isX86 && properties.length === 0 ? undoX86(bytes) : undefined
}

/** Calls and jumps of x86 programs are packed with absolute targets; reading makes them relative again. In place. */
function undoX86(bytes: Uint8Array): Uint8Array {
  let mask = 0
  let before = -5
  for (let at = 0; at + 5 <= bytes.length;) {
    const opcode = bytes[at]
    if (opcode !== 0xe8 && opcode !== 0xe9) {
      at++
      continue
    }
    const distance = at - before
    before = at
    mask = distance > 5 ? 0 : shifted(mask, distance)
    const high = bytes[at + 4] ?? 0
    if (isSign(high) && ALLOWED.has(mask >> 1)) {
      const target = relative(bytes, at, mask)
      bytes[at + 1] = target
      bytes[at + 2] = target >>> 8
      bytes[at + 3] = target >>> 16
      bytes[at + 4] = (target >>> 24) & 1 ? 0xff : 0
      at += 5
      mask = 0
    } else {
      at++
      mask |= isSign(high) ? 0x11 : 1
    }
  }
  return bytes
}

const ALLOWED = new Set([0, 1, 2, 4])
const BITS = [0, 1, 2, 2, 3]

const isSign = (byte: number) => byte === 0 || byte === 0xff

function shifted(mask: number, by: number): number {
  let result = mask
  for (let i = 0; i < by; i++) result = (result & 0x77) << 1
  return result
}

function relative(bytes: Uint8Array, at: number, mask: number): number {
  let source = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4).getUint32(0, true)
  for (;;) {
    const target = (source - (at + 5)) >>> 0
    if (mask === 0) return target
    const bit = BITS[mask >> 1] ?? 0
    if (!isSign((target >>> (24 - bit * 8)) & 0xff)) return target
    source = (target ^ (2 ** (32 - bit * 8) - 1)) >>> 0
  }
}

/** Each byte is packed as its difference from the one `distance` before. In place. */
function undoDelta(bytes: Uint8Array, distance: number): Uint8Array {
  for (let at = distance; at < bytes.length; at++) bytes[at] = (bytes[at] ?? 0) + (bytes[at - distance] ?? 0)
  return bytes
}
